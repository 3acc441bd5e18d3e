import type { Clock } from '../../ports/clock.ts';
import { Overdue } from './overdue.ts';

/** Answers that must come within the same time, in milliseconds of elapsed time. */
export class Deadline {
  readonly #overdue: Overdue;

  constructor(clock: Clock, within: number) {
    this.#overdue = new Overdue(clock, within);
  }

  /** The answer of the work, which never rejects, or what `late` says where it takes longer; the work itself goes on. */
  first<T>(work: Promise<T>, late: () => T): Promise<T> {
    return new Promise((resolve) => {
      const inTime = this.#overdue.begin(() => resolve(late()));
      void work.then((answer) => {
        inTime();
        resolve(answer);
      });
    });
  }
}
