import type { News } from '../../ports/database.ts';
import { pauseLeft } from './rules.ts';

const pause = /^pause (\d{1,15})$/;

/**
 * Until when Teams wants no call, in elapsed milliseconds that the services of the store share. They tell each other at once: what
 * came of the call is recorded in its turn, and meanwhile they would call on.
 */
export class ToldPause {
  readonly #news: News | null;
  #until = 0;

  constructor(news: News | null) {
    this.#news = news;
    news?.hear((text) => {
      const [, until] = pause.exec(text) ?? [];
      if (until !== undefined) this.#hold(Number(until));
    });
  }

  get until(): number {
    return this.#until;
  }

  tell(until: number): void {
    this.#hold(Math.ceil(until));
    this.#news?.tell(`pause ${Math.ceil(until)}`);
  }

  /** Whether a call of that moment is not to be made. */
  holds(moment: number): boolean {
    return pauseLeft(this.#until, moment) > 0;
  }

  /** A longer pause is never shortened. */
  #hold(until: number): void {
    this.#until = Math.max(this.#until, until);
  }
}
