import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

export const cardsFolder = fileURLToPath(new URL('../cards/', import.meta.url));

/** One row of the table: a figure of ours beside its peer's, and how the two compare. */
export interface Row {
  /** Number in the table of scenarios (docs/performance.md). */
  number: number;
  scenario: string;
  ours: string;
  peer: string;
  /** What is compared: a ratio, a share, or a figure with its unit. */
  ratio: string;
  gate: string;
  moonshot: string;
  /** Whether ours meets each; null where there is none. */
  meets: { gate: boolean | null; moonshot: boolean | null };
}

/** What a scenario works with. */
export interface Bench {
  /** Shorter rounds, for development: the figures are rough. */
  quick: boolean;
  signal: AbortSignal;
  /** Says what is being done. */
  say(doing: string): void;
  /** Ends the scenario: something it needs has gone. */
  fail(error: Error): void;
  /** Runs when the scenario ends or is interrupted; the last comes first. */
  later(close: () => Promise<void> | void): void;
}

/** A figure of one piece of work, beside its peer. */
export interface Scenario {
  name: string;
  /** Its rows in the table. */
  numbers: number[];
  /** How long it takes, about, in seconds: in full and with `--quick`. */
  seconds: { full: number; quick: number };
  /** Needs what `npm run bench:setup` installs, or a PostgreSQL server. */
  needs?: 'peers' | 'postgresql';
  run(bench: Bench): Promise<Row[]>;
}

/** A gate that a figure must reach: at least, or at most. */
export interface Limit {
  atLeast?: number;
  atMost?: number;
}

export function meets(figure: number, limit: Limit): boolean {
  return figure >= (limit.atLeast ?? Number.NEGATIVE_INFINITY) && figure <= (limit.atMost ?? Number.POSITIVE_INFINITY);
}

/** The row of a figure whose gate and moonshot are numbers; `as` writes each of them. */
export function row(
  about: Pick<Row, 'number' | 'scenario' | 'ours' | 'peer'>,
  figure: number,
  gate: Limit | null,
  moonshot: Limit | null,
  as: (value: number) => string = times,
): Row {
  const written = (limit: Limit | null) => {
    if (limit === null) return '-';
    return limit.atLeast === undefined ? `≤ ${as(limit.atMost ?? 0)}` : `≥ ${as(limit.atLeast)}`;
  };
  return {
    ...about,
    ratio: as(figure),
    gate: written(gate),
    moonshot: written(moonshot),
    meets: { gate: gate && meets(figure, gate), moonshot: moonshot && meets(figure, moonshot) },
  };
}

/** `2.31x`; three digits are enough for any claim. */
export const times = (ratio: number): string => `${ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3)}x`;

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
