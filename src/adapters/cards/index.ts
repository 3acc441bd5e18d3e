import type { CardContent, Cards } from '../../ports/cards.ts';
import { SharedCard } from '../../ports/shared-card.ts';
import { type Sight, Unresolved } from './bindings.ts';
import { expansionOf } from './expand.ts';
import { loadLayout, loadMarks } from './load-layout.ts';
import { type Mould, mouldOf } from './mould.ts';
import { writerOf } from './write.ts';
import { NullGiven } from './write-value.ts';

/** Teams takes no larger card; measured as UTF-16 JSON (reliability.md). */
const MOST_BYTES = 80 * 1024;

type Writer = (scope: Omit<Sight, '$data'>) => Uint8Array;

/**
 * The cards drawn from the layouts in `folder`. A layout is read and compiled at its first use and kept; the data is never
 * parsed as a template. `expand` and `write` throw, naming the card, where a binding finds nothing in the data or the card is
 * too large.
 */
export function cardsFrom(folder: string): Required<Cards> {
  const $host = { marks: loadMarks(folder) };
  const known = new Map<string, Writer>();
  const writer = (name: string): Writer => {
    const made = known.get(name) ?? compiled(loadLayout(folder, name));
    known.set(name, made);
    return made;
  };
  const moulds = new WeakMap<CardContent, Mould>();
  const mould = (drawn: CardContent): Mould => {
    const made = moulds.get(drawn) ?? mouldOf(writer(drawn.template)({ $root: drawn.data, $host }));
    moulds.set(drawn, made);
    return made;
  };
  function write(content: CardContent): Uint8Array {
    const { template } = content;
    const writes = writer(template);
    try {
      const shared = content instanceof SharedCard;
      const card = shared ? mould(content.drawn)(content.own) : writes({ $root: content.data, $host });
      fits(template, card);
      return card;
    } catch (error) {
      throw refusalOf(template, error);
    }
  }
  return { expand: (content) => JSON.parse(textOf(write(content))) as object, write };
}

function compiled(layout: object): Writer {
  return writerOf(layout) ?? expansionOf(layout);
}

/** No text has more signs of UTF-16 than bytes of UTF-8. */
function fits(template: string, card: Uint8Array): void {
  if (card.length * 2 <= MOST_BYTES) return;
  const bytes = textOf(card).length * 2;
  if (bytes > MOST_BYTES)
    throw new Error(`The card ${template} has ${bytes} bytes; at most ${MOST_BYTES} were expected.`);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

function refusalOf(template: string, error: unknown): unknown {
  if (error instanceof Unresolved) {
    const message = `The card ${template} has the unresolved binding ${error.binding}; its data must hold that value.`;
    return new Error(message, { cause: error });
  }
  if (error instanceof NullGiven)
    return new Error(`The card ${template} was given null as ${error.key}; a value was expected.`, { cause: error });
  return error;
}
