// Not the package's main file: its types import the TypeScript sources of `adaptivecards`, which our compiler settings refuse.
import { createRequire } from 'node:module';
import type { Template } from 'adaptivecards-templating/lib/template-engine.js';
import type { CardContent, Cards } from '../../ports/cards.ts';
import { loadLayout, loadMarks } from './load-layout.ts';

/** The template engine takes a fifth of a second to load: at the first card, so that commands that draw none start sooner. */
function engine(): typeof import('adaptivecards-templating/lib/template-engine.js') {
  return createRequire(import.meta.url)('adaptivecards-templating/lib/template-engine.js');
}

/** Teams takes no larger card; measured as UTF-16 JSON (reliability.md). */
const MOST_BYTES = 80 * 1024;

/** Stands for the dollar of a `${` in data while a template is expanded, so that what is left afterwards is the template's own. */
const DOLLAR = '\ufdd0';

/**
 * The cards drawn from the layouts in `folder`. A layout is read and parsed at its first use and kept; the data is never
 * parsed as a template. `expand` throws, naming the card, where a binding finds nothing in the data or the card is too large.
 */
export function cardsFrom(folder: string): Cards {
  const marks = loadMarks(folder);
  const templates = new Map<string, Template>();
  const templateOf = (name: string): Template => {
    const known = templates.get(name);
    if (known) return known;
    const template = new (engine().Template)(loadLayout(folder, name));
    templates.set(name, template);
    return template;
  };
  return {
    expand(content: CardContent): object {
      const expanded: unknown = templateOf(content.template).expand({
        $root: guarded(content),
        $host: { marks },
      });
      const json = JSON.stringify(expanded);
      refuseUnresolved(content.template, json);
      const card = json.replaceAll(`${DOLLAR}{`, '${');
      if (card.length * 2 > MOST_BYTES) {
        throw new Error(
          `The card ${content.template} has ${card.length * 2} bytes; at most ${MOST_BYTES} were expected.`,
        );
      }
      return withoutNull(JSON.parse(card)) as object;
    },
  };
}

/** The data with every `${` out of the engine's sight. A null is refused: the engine would leave its place out without a word. */
function guarded({ template, data }: CardContent): object {
  const json = JSON.stringify(data).replaceAll(DOLLAR, '').replaceAll('${', `${DOLLAR}{`);
  return JSON.parse(json, (key, value) => {
    if (value === null) throw new Error(`The card ${template} was given null as ${key}; a value was expected.`);
    return value;
  }) as object;
}

function refuseUnresolved(name: string, json: string): void {
  const at = json.indexOf('${');
  if (at < 0) return;
  const binding = /^\$\{[^}]*\}?/.exec(json.slice(at, at + 60))?.[0] ?? '${';
  throw new Error(`The card ${name} has the unresolved binding ${binding}; its data must hold that value.`);
}

/** Drops the `null` that the engine leaves where a part of the layout was not wanted. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((entry) => entry !== null).map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => [key, withoutNull(entry)]),
  );
}
