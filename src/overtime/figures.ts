import type { Month } from './months.ts';
import type { Profile } from './profiles.ts';
import type { CountedMonth } from './sums.ts';

/** From when minutes are known: since `ledgerFrom`, and in months loaded by `--opening`; months before the hire month do not matter (D4). */
export interface Known {
  ledgerFrom: Month;
  hired: Month;
  opened: ReadonlySet<Month>;
}

/** The windows of D4, in months. */
export const WINDOWS = [2, 3, 4, 5, 6] as const;

/** What the limits of one profile look at, at the end of one month. Minutes; null is unknown. */
export interface Figures {
  minutes: number;
  /** The month of the person over all 事業場, which a limit that is passed when reached looks at (D9: under 100 h per person). */
  minutesOfPerson: number;
  /** Months of the 年度 so far over 45 h; every one counts as soon as it is crossed (D5). */
  months45: number | null;
  year: number | null;
  /** Sums of the last 2 to 6 months, this one included, exact. Not reset at 4/1 (D4). */
  windows: (number | null)[];
}

type Months = ReadonlyMap<Month, CountedMonth>;

/**
 * The figures at the end of a month. `own` are the months that year, months45 and month add up (of one 事業場 under
 * `workplace`), `person` those of the averages, which are always the person's (D9).
 */
export function figuresAt(
  month: Month,
  yearStart: Month,
  profile: Profile,
  own: Months,
  person: Months,
  known: Known,
): Figures {
  const from = Math.max(yearStart, known.hired);
  const yearKnown = knownSince(month, from, known) <= from;
  const oldest = knownSince(month, month - 5, known);
  const windows = WINDOWS.map((length) => {
    const begin = month - length + 1;
    if (begin < known.hired || begin < oldest) return null;
    return total(begin, month, (one) => person.get(one)?.month ?? 0);
  });
  const over = profile.months45?.over ?? null;
  return {
    minutes: own.get(month)?.month ?? 0,
    minutesOfPerson: person.get(month)?.month ?? 0,
    year: yearKnown ? total(from, month, (one) => own.get(one)?.year ?? 0) : null,
    months45: yearKnown && over !== null ? total(from, month, (one) => Number((own.get(one)?.year ?? 0) > over)) : null,
    windows,
  };
}

/** The earliest month, not before `limit`, from which every month up to this one is known; the month after it where it is not known itself. */
function knownSince(month: Month, limit: Month, { ledgerFrom, opened }: Known): Month {
  let since = month + 1;
  while (since > limit && (since - 1 >= ledgerFrom || opened.has(since - 1))) since -= 1;
  return since;
}

function total(from: Month, to: Month, minutes: (month: Month) => number): number {
  let sum = 0;
  for (let month = from; month <= to; month += 1) sum += minutes(month);
  return sum;
}

/** Sum ÷ n in whole minutes, rounded down; limits are decided on exact sums, never on this. */
export function averageOf(windows: Figures['windows'], length: number): number | null {
  const sum = windows[length - 2];
  return sum === null || sum === undefined ? null : Math.floor(sum / length);
}
