import type { Clock } from '../../ports/clock.ts';

interface Waiting {
  /** Elapsed time at which somebody else answers. */
  end: number;
  answered: boolean;
  late(): void;
}

/**
 * Answers that must come within the same time, in milliseconds of elapsed time. One wait of the clock serves all that are under
 * way, the oldest first: a timer and an abort for each cost as much as reading it.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #within: number;
  /** In the order in which they began, which is that of their ends. */
  readonly #waiting: Waiting[] = [];
  #watch: AbortController | null = null;
  #open = 0;

  constructor(clock: Clock, within: number) {
    this.#clock = clock;
    this.#within = within;
  }

  /** The answer of the work, which never rejects, or what `late` says where it takes longer; the work itself goes on. */
  first<T>(work: Promise<T>, late: () => T): Promise<T> {
    return new Promise((resolve) => {
      const entry = { end: this.#clock.elapsed() + this.#within, answered: false, late: () => resolve(late()) };
      this.#waiting.push(entry);
      this.#open += 1;
      void work.then((answer) => {
        resolve(answer);
        this.#settle(entry);
      });
      if (this.#watch === null) void this.#watchOver();
    });
  }

  #settle(entry: Waiting): void {
    if (entry.answered) return;
    entry.answered = true;
    this.#open -= 1;
    if (this.#open === 0) this.#watch?.abort('answered');
  }

  async #watchOver(): Promise<void> {
    const watch = new AbortController();
    this.#watch = watch;
    for (let oldest = this.#oldest(); oldest && !watch.signal.aborted; oldest = this.#oldest()) {
      const left = oldest.end - this.#clock.elapsed();
      if (left > 0) await this.#clock.wait(left, watch.signal);
      else {
        this.#settle(oldest);
        oldest.late();
      }
    }
    this.#watch = null;
    if (this.#oldest()) void this.#watchOver();
  }

  #oldest(): Waiting | undefined {
    while (this.#waiting[0]?.answered) this.#waiting.shift();
    return this.#waiting[0];
  }
}
