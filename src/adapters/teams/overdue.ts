import type { Clock } from '../../ports/clock.ts';

interface Begun {
  /** Elapsed time at which it is overdue. */
  end: number;
  /** Null once it has ended: nothing of the work is held any more. */
  late: (() => void) | null;
}

/**
 * Work that may take so long each, in milliseconds of elapsed time. One wait of the clock serves all that begins while it lasts, and
 * goes on where everything has ended in time: a timer and an abort for each call cost as much as its JSON. `close` ends it.
 */
export class Overdue {
  readonly #clock: Clock;
  readonly #within: number;
  readonly #closed = new AbortController();
  /** In the order in which they began, which is that of their ends. */
  #begun: Begun[] = [];
  #watched = false;

  constructor(clock: Clock, within: number) {
    this.#clock = clock;
    this.#within = within;
  }

  /** Calls `late` once the time is over; what it gives ends the work before, and does nothing the second time. */
  begin(late: () => void): () => void {
    const begun: Begun = { end: this.#clock.elapsed() + this.#within, late };
    this.#begun.push(begun);
    if (!this.#watched) void this.#watch();
    return () => {
      begun.late = null;
    };
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
        oldest.late = null;
        late?.();
      }
    }
    this.#watched = false;
  }

  #oldest(): Begun | undefined {
    const first = this.#begun.findIndex(({ late }) => late !== null);
    this.#begun = first < 0 ? [] : this.#begun.slice(first);
    return this.#begun[0];
  }
}
