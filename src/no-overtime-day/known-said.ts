import type { Said } from './queries.ts';

/** What a press has found or written, on its way to the card that answers it. */
export class KnownSaid {
  readonly said: Said;

  constructor(said: Said) {
    this.said = said;
  }
}
