import { type Own, placeOf, places } from '../../ports/shared-card.ts';
import { page } from './write-value.ts';

/** Writes a card that many share with what is its own. */
export type Mould = (own: Own) => Uint8Array;

const anyPlace = new RegExp(`[${Object.values(places).join('')}]`);
const quotedPlace = new RegExp(`"(${Object.values(places).join('|')})"`);

/** From the JSON of a card with places. Throws where a place is part of a longer text. */
export function mouldOf(card: Uint8Array): Mould {
  // Texts and places by turns.
  const pieces = new TextDecoder()
    .decode(card)
    .split(quotedPlace)
    .map((piece, at) => {
      const place = at % 2 === 1 ? placeOf(piece) : null;
      if (place === null && anyPlace.test(piece))
        throw new Error('A place of a card that many share stands in a longer text.');
      return place ?? Buffer.from(piece);
    });
  return (own) => {
    const json = { item: JSON.stringify(own.item), revision: String(own.revision), users: JSON.stringify(own.users) };
    page.backTo(0);
    for (const piece of pieces) {
      if (typeof piece === 'string') page.text(json[piece]);
      else page.put(piece);
    }
    return page.copy();
  };
}
