import type { CardContent, Cards } from '../../ports/cards.ts';
import { DOLLAR, expansionOf } from './expand.ts';
import { fillOf, type Scope, type Sight, Unresolved } from './fill.ts';
import { loadLayout, loadMarks } from './load-layout.ts';
import { writerOf } from './write.ts';

/** Teams takes no larger card; measured as UTF-16 JSON (reliability.md). */
const MOST_BYTES = 80 * 1024;

/** A layout that was compiled: as a function that draws, and as one that writes where it can. */
interface Compiled {
  draw(scope: Omit<Scope, '$data'>): unknown;
  write: ((scope: Omit<Sight, '$data'>) => string) | null;
}

/**
 * The cards drawn from the layouts in `folder`. A layout is read and compiled at its first use and kept; the data is never
 * parsed as a template. `expand` and `write` throw, naming the card, where a binding finds nothing in the data or the card is
 * too large.
 */
export function cardsFrom(folder: string): Required<Cards> {
  const $host = { marks: loadMarks(folder) };
  const known = new Map<string, Compiled>();
  const compiled = (name: string): Compiled => {
    const made = known.get(name) ?? compiledFrom(loadLayout(folder, name));
    known.set(name, made);
    return made;
  };
  function expand(content: CardContent): object {
    const { draw } = compiled(content.template);
    const written = { most: 0 };
    const card = resolved(content, ($root) => draw({ $root, $host, written }) as object);
    if (written.most * 2 > MOST_BYTES) fits(content, JSON.stringify(card));
    return card;
  }
  function write(content: CardContent): string {
    const { write: writes } = compiled(content.template);
    if (writes === null) return JSON.stringify(expand(content));
    const card = resolved(content, ($root) => writes({ $root, $host }));
    fits(content, card);
    return card;
  }
  return { expand, write };
}

function compiledFrom(layout: object): Compiled {
  return { draw: fillOf(layout) ?? expansionOf(layout), write: writerOf(layout) };
}

function fits({ template }: CardContent, { length }: string): void {
  if (length * 2 <= MOST_BYTES) return;
  throw new Error(`The card ${template} has ${length * 2} bytes; at most ${MOST_BYTES} were expected.`);
}

function resolved<T>({ template, data }: CardContent, draw: ($root: object) => T): T {
  const isPlain = withoutNulls(template, data, 'the data');
  const $root = isPlain ? data : (JSON.parse(JSON.stringify(data).replaceAll(DOLLAR, '')) as object);
  try {
    return draw($root);
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    const message = `The card ${template} has the unresolved binding ${error.binding}; its data must hold that value.`;
    throw new Error(message, { cause: error });
  }
}

/** A null is refused: its place would be left out without a word. False where a text holds the sign that stands for a dollar. */
function withoutNulls(template: string, value: unknown, key: string): boolean {
  if (typeof value === 'string') return !value.includes(DOLLAR);
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) {
    throw new Error(`The card ${template} was given null as ${key}; a value was expected.`);
  }
  if (typeof value !== 'object') return true;
  let isPlain = true;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1)
      isPlain = withoutNulls(template, value[at] === undefined ? null : value[at], `${at}`) && isPlain;
    return isPlain;
  }
  const held = value as Record<string, unknown>;
  for (const name in held) isPlain = withoutNulls(template, held[name], name) && isPlain;
  return isPlain;
}
