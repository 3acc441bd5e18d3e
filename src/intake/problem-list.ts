import { PROBLEMS_SHOWN } from './import-report.ts';
import type { Problem } from './problem.ts';

/** How many problems are held before all but the first lines are let go. */
const heldAtMost = 20 * PROBLEMS_SHOWN;

/** Problems of a file with millions of rows: all are counted, those of the first lines are kept to be shown. */
export class ProblemList {
  #kept: Problem[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(...problems: Problem[]): void {
    this.#total += problems.length;
    this.#kept.push(...problems);
    if (this.#kept.length > heldAtMost) this.#kept = this.shown();
  }

  /** As many as a report shows, by line. */
  shown(): Problem[] {
    return this.#kept.toSorted((a, b) => a.line - b.line).slice(0, PROBLEMS_SHOWN);
  }
}
