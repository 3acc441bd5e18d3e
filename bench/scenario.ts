import { loadavg } from 'node:os';

/** One row of the table. */
export interface Result {
  scenario: string;
  measured: string;
  /** What the figure should stay under; a guide, never a test. */
  guide: string;
}

/** A figure of one piece of work, with the machine's load while it was taken. */
export interface Scenario {
  name: string;
  run(): Promise<Result[]>;
}

/** The value below which that share of the numbers lies. */
export function quantile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** `0.8 1.2 1.1`: the last 1, 5 and 15 minutes. Figures taken at a load over the number of cores say little. */
export const loadAverage = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');
