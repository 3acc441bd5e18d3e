import type { Books } from './books.ts';
import type { City } from './city.ts';
import { mostUnknown } from './verdict.ts';

/** When one process dies: in its planning or in its send, and so many milliseconds later. */
export interface Death {
  milliseconds: number;
  /** So many people in the books of the campaign, or all of them planned; null where it is to die in its send. */
  planned: number | null;
  /** So many cards after its first. */
  cards: number;
}

/** This part of the kills of a campaign falls into its planning, those before all others. */
const inPlanning = 1 / 3;
/** This part of the cards goes to the lives that are killed; the last process sends the rest. */
const sentByTheKilled = 0.8;
const latestDeath = { planning: 40, sending: 120 };

/** The deaths of one campaign, at moments that a random number in [0, 1) gives for what is left of it. */
export class Deaths {
  #left: number;
  #inPlanning: number;
  readonly #city: Pick<City, 'people' | 'reached'>;
  readonly #random: () => number;

  constructor(kills: number, city: Pick<City, 'people' | 'reached'>, random: () => number) {
    this.#left = kills;
    this.#inPlanning = Math.floor(kills * inPlanning);
    this.#city = city;
    this.#random = random;
  }

  /** The next one, by the books as the death before left them; null where no kill or nobody to be sent a card is left. */
  next(books: Books | null): Death | null {
    const { sent = 0, unknown = 0, sending = 0 } = books?.states ?? {};
    const rest = this.#city.reached.length - sent - unknown - sending;
    if (this.#left === 0 || rest <= 0) return null;
    const planning = books?.planning !== 'done' && this.#inPlanning > 0;
    const death = planning ? this.#whilePlanning(books?.items ?? 0) : this.#whileSending(rest);
    this.#left -= 1;
    if (planning) this.#inPlanning -= 1;
    return death;
  }

  #whilePlanning(planned: number): Death {
    const share = (this.#city.people.length - planned) / (this.#inPlanning + 1);
    const further = Math.floor(this.#random() * 2 * share);
    return { planned: planned + further, cards: 0, milliseconds: this.#within(latestDeath.planning) };
  }

  /** Cards that are under way at a kill belong to its share as well. */
  #whileSending(rest: number): Death {
    const share = Math.max(1, (sentByTheKilled * rest) / this.#left - mostUnknown);
    const cards = Math.min(rest - 1, Math.floor(this.#random() * 2 * share));
    return { planned: null, cards, milliseconds: this.#within(latestDeath.sending) };
  }

  #within(milliseconds: number): number {
    return Math.floor(this.#random() * milliseconds);
  }
}
