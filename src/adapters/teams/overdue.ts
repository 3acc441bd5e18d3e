import type { Clock } from '../../ports/clock.ts';

/**
 * Work that has not ended, in a ring. What has ended lets go of its neighbours and of all it held: in a list or a Set a buffer for every
 * answer stayed until V8 went through the whole heap (decision 0022).
 */
class Begun {
  /** Elapsed time at which it is overdue. */
  readonly end: number;
  late: (() => void) | null;
  before: Begun = this;
  behind: Begun = this;

  constructor(end: number, late: (() => void) | null) {
    this.end = end;
    this.late = late;
  }

  putBefore(other: Begun): void {
    this.before = other.before;
    this.behind = other;
    this.before.behind = this;
    other.before = this;
  }

  takeOut(): void {
    this.before.behind = this.behind;
    this.behind.before = this.before;
    this.before = this;
    this.behind = this;
    this.late = null;
  }
}

/**
 * Work that may take so long each, in milliseconds of elapsed time. One wait of the clock serves all that begins while it lasts, and
 * goes on where everything has ended in time: a timer and an abort for each call cost as much as its JSON. `close` ends it.
 */
export class Overdue {
  readonly #clock: Clock;
  readonly #within: number;
  readonly #closed = new AbortController();
  /** Behind it stands what began first, which is what ends first. */
  readonly #ring = new Begun(Number.POSITIVE_INFINITY, null);
  #watched = false;

  constructor(clock: Clock, within: number) {
    this.#clock = clock;
    this.#within = within;
  }

  /** Calls `late` once the time is over; what it gives ends the work before, and does nothing the second time. */
  begin(late: () => void): () => void {
    const begun = new Begun(this.#clock.elapsed() + this.#within, late);
    begun.putBefore(this.#ring);
    if (!this.#watched) void this.#watch();
    return () => begun.takeOut();
  }

  close(): void {
    this.#closed.abort('closed');
  }

  async #watch(): Promise<void> {
    this.#watched = true;
    for (let oldest = this.#oldest(); oldest && !this.#closed.signal.aborted; oldest = this.#oldest()) {
      const left = oldest.end - this.#clock.elapsed();
      if (left > 0) await this.#clock.wait(left, this.#closed.signal);
      else {
        const { late } = oldest;
        oldest.takeOut();
        late?.();
      }
    }
    this.#watched = false;
  }

  #oldest(): Begun | null {
    return this.#ring.behind === this.#ring ? null : this.#ring.behind;
  }
}
