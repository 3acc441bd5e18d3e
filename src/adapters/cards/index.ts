import type { CardContent, Cards } from '../../ports/cards.ts';
import { DOLLAR, expansionOf } from './expand.ts';
import { fillOf, type Scope, Unresolved } from './fill.ts';
import { loadLayout, loadMarks } from './load-layout.ts';

/** Teams takes no larger card; measured as UTF-16 JSON (reliability.md). */
const MOST_BYTES = 80 * 1024;

type Draw = (scope: Omit<Scope, '$data'>) => unknown;

/**
 * The cards drawn from the layouts in `folder`. A layout is read and compiled at its first use and kept; the data is never
 * parsed as a template. `expand` throws, naming the card, where a binding finds nothing in the data or the card is too large.
 */
export function cardsFrom(folder: string): Cards {
  const marks = loadMarks(folder);
  const drawings = new Map<string, Draw>();
  const drawingOf = (name: string): Draw => {
    const known = drawings.get(name);
    if (known) return known;
    const layout = loadLayout(folder, name);
    const made = fillOf(layout) ?? expansionOf(layout);
    drawings.set(name, made);
    return made;
  };
  return {
    expand(content: CardContent): object {
      const written = { most: 0 };
      const card = drawn(content, drawingOf(content.template), { $host: { marks }, written });
      if (written.most * 2 <= MOST_BYTES) return card;
      const { length } = JSON.stringify(card);
      if (length * 2 <= MOST_BYTES) return card;
      throw new Error(`The card ${content.template} has ${length * 2} bytes; at most ${MOST_BYTES} were expected.`);
    },
  };
}

function drawn({ template, data }: CardContent, draw: Draw, rest: Pick<Scope, '$host' | 'written'>): object {
  const isPlain = withoutNulls(template, data, 'the data');
  const $root = isPlain ? data : (JSON.parse(JSON.stringify(data).replaceAll(DOLLAR, '')) as object);
  try {
    return draw({ $root, ...rest }) as object;
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    const message = `The card ${template} has the unresolved binding ${error.binding}; its data must hold that value.`;
    throw new Error(message, { cause: error });
  }
}

/** A null is refused: its place would be left out without a word. False where a text holds the sign that stands for a dollar. */
function withoutNulls(template: string, value: unknown, key: string): boolean {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) {
    throw new Error(`The card ${template} was given null as ${key}; a value was expected.`);
  }
  if (typeof value === 'string') return !value.includes(DOLLAR);
  if (typeof value !== 'object') return true;
  let isPlain = true;
  for (const [name, entry] of Object.entries(value)) {
    const written = entry === undefined && Array.isArray(value) ? null : entry;
    isPlain = withoutNulls(template, written, name) && isPlain;
  }
  return isPlain;
}
