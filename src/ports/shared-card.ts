import type { CardContent } from './cards.ts';

/** What a card has of its own where it is else the same as many people's. */
export interface Own {
  item: string;
  revision: number;
  /** Teams users for whom it is refreshed. */
  users: readonly string[];
}

/** What stands in the data of a card that many share in place of its own: signs that stand in nobody's text when a card is written. */
export const places = { item: '\ufdd1', revision: '\ufdd2', users: '\ufdd3' } as const satisfies Record<
  keyof Own,
  string
>;

/** Which of its own a card has at a place; null where the text is no place. */
export function placeOf(text: unknown): keyof Own | null {
  if (text === places.item) return 'item';
  if (text === places.revision) return 'revision';
  return text === places.users ? 'users' : null;
}

/**
 * A card of which `drawn` says what many people's have in common. Whoever writes cards writes that once and puts in what is its own;
 * for everybody else it is a card as any other: its data is filled in, and a copy (`{ ...card }` with other data) shares nothing.
 */
export class SharedCard implements CardContent {
  readonly template: string;
  readonly summary: string;
  readonly #drawn: CardContent;
  readonly #own: Own;

  constructor(drawn: CardContent, own: Own) {
    this.template = drawn.template;
    this.summary = drawn.summary;
    this.#drawn = drawn;
    this.#own = own;
  }

  /** The same object for all that share it. */
  get drawn(): CardContent {
    return this.#drawn;
  }

  get own(): Own {
    return this.#own;
  }

  get data(): object {
    return filled(this.#drawn.data, this.#own) as object;
  }

  refreshedFor(users: readonly string[]): SharedCard {
    return new SharedCard(this.#drawn, { ...this.#own, users });
  }
}

function filled(value: unknown, own: Own): unknown {
  if (typeof value === 'string') {
    const place = placeOf(value);
    return place === null ? value : own[place];
  }
  if (Array.isArray(value)) return value.map((entry) => filled(entry, own));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, filled(entry, own)]));
}
