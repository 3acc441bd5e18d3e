import type { Clock } from '../../ports/clock.ts';
import { StoreUnavailable } from '../../ports/database.ts';
import type { Log } from '../../ports/log.ts';

/** Milliseconds of elapsed time between two tries, and how long they go on. */
const pause = 2_000;
const goesOnFor = 10 * 60_000;
/** A service that has so many to try again takes up no more. */
const mostAtOnce = 1_000;

/**
 * Does again what Teams was told is taken although it was not done yet, and what a store that was away has kept from being done:
 * Teams will not repeat it. Every 2 s for 10 minutes at most; then, and where too many wait, the log says that one was lost.
 */
export class Acknowledged {
  readonly #clock: Clock;
  readonly #log: Log;
  #open = 0;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Never rejects. The work must do no harm when it is done twice. */
  async finish(work: () => Promise<unknown>): Promise<void> {
    if (this.#open >= mostAtOnce) return this.#lost('too many wait');
    this.#open += 1;
    const end = this.#clock.elapsed() + goesOnFor;
    const failed = await this.#until(end, work);
    this.#open -= 1;
    if (failed !== null) this.#lost(failed);
  }

  /** Null when it is done, else the name of what kept it from being done. */
  async #until(end: number, work: () => Promise<unknown>): Promise<string | null> {
    for (;;) {
      await this.#clock.wait(pause);
      try {
        await work();
        return null;
      } catch (error) {
        const over = !(error instanceof StoreUnavailable) || this.#clock.elapsed() >= end;
        if (over) return error instanceof Error ? error.name : typeof error;
      }
    }
  }

  #lost(error: string): void {
    this.#log.error('An acknowledged activity was lost', { error });
  }
}
