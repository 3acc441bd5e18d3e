import { createRequire } from 'node:module';

interface Objection {
  message: string;
}

interface Parsed {
  parse(card: object, context: Context): void;
  validateProperties(): { validationEvents: Objection[] };
}

interface Context {
  readonly eventCount: number;
  getEventAt(index: number): Objection;
}

interface Renderer {
  AdaptiveCard: new () => Parsed;
  SerializationContext: new () => Context;
}

const renderer = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Renderer;

/**
 * What Microsoft's own renderer has to say against a card. It does not know Icon and takes the fallback, which is meant; and
 * it calls every second `lang` wrong, because its pattern for it keeps its place between cards.
 */
export function rendererObjections(card: object): string[] {
  const context = new renderer.SerializationContext();
  const parsed = new renderer.AdaptiveCard();
  parsed.parse(card, context);
  const read = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return [...read, ...parsed.validateProperties().validationEvents]
    .map(({ message }) => message)
    .filter((message) => !/element type "Icon"\. Fallback|for property "lang"/.test(message));
}
