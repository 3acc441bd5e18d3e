import { type Figures, figuresAt, type Known, WINDOWS } from './figures.ts';
import { type Month, monthText, yearStartOf } from './months.ts';
import type { Profile } from './profiles.ts';
import { limitsPassed } from './stages.ts';
import type { CountedMonth } from './sums.ts';

/** Minutes and working days of a month so far, apart for ordinary days and for those of a declared peak (P7); a day of leave is none. */
export interface Pace {
  minutes: { ordinary: number; peak: number };
  daysWorked: { ordinary: number; peak: number };
  daysLeft: { ordinary: number; peak: number };
}

/** What the pace so far leads to. It is arithmetic, not a plan: nobody is asked to work it. */
export interface Projection {
  monthEnd: number;
  /** Null where the year is unknown. */
  yearEnd: number | null;
  /** The first month in which each averaging window would pass its limit, the nearest first; only months of the next half year. */
  breaks: { length: number; month: string }[];
}

/** One person's months under one profile, and what is known of them. */
export interface Course {
  month: Month;
  yearStart: string;
  profile: Profile;
  months: ReadonlyMap<Month, CountedMonth>;
  known: Known;
}

const halfYear = 6;

/**
 * End of the month: every day that is left is worked at the pace of the days so far, peak days at the pace of peak days
 * where there were any. Without a day worked yet, the pace is that of the 年度's whole months. Rounded down to minutes.
 */
export function monthEndOf(pace: Pace, course: Course): number {
  const { minutes, daysWorked, daysLeft } = pace;
  const soFar = minutes.ordinary + minutes.peak;
  const left = daysLeft.ordinary + daysLeft.peak;
  const worked = daysWorked.ordinary + daysWorked.peak;
  if (worked === 0) return Math.max(soFar, meanMonth(course) ?? soFar);
  const rest = (sum: number, over: number, days: number) => Math.floor((Math.max(0, sum) * days) / over);
  if (daysWorked.peak === 0 || daysWorked.ordinary === 0) return soFar + rest(soFar, worked, left);
  return (
    soFar +
    rest(minutes.ordinary, daysWorked.ordinary, daysLeft.ordinary) +
    rest(minutes.peak, daysWorked.peak, daysLeft.peak)
  );
}

/** The mean of the whole months of the 年度 before this one; null where there are none that are known. */
function meanMonth({ month, yearStart, months, known }: Course): number | null {
  const first = Math.max(yearStartOf(month, yearStart), known.hired, known.ledgerFrom);
  if (first >= month) return null;
  let sum = 0;
  for (let one = first; one < month; one += 1) sum += months.get(one)?.month ?? 0;
  return Math.floor(sum / (month - first));
}

/** The month and the year at the pace so far, and the windows that would pass, month after month at the mean of the 年度. */
export function projectionOf(pace: Pace, course: Course): Projection {
  const { month, yearStart } = course;
  const monthEnd = monthEndOf(pace, course);
  const each =
    meanMonth({ ...course, month: month + 1, months: withMonth(course.months, month, monthEnd) }) ?? monthEnd;
  const end = yearStartOf(month, yearStart) + 11;
  let months = withMonth(course.months, month, monthEnd);
  let yearEnd: number | null = null;
  const breaks: Projection['breaks'] = [];
  for (let one = month; one <= Math.max(end, month + halfYear); one += 1) {
    if (one > month) months = withMonth(months, one, each);
    const figures = figuresIn(course, one, months);
    if (one === end) yearEnd = figures.year;
    if (one <= month + halfYear) noteBreaks(breaks, course.profile, figures, one);
  }
  return { monthEnd, yearEnd, breaks };
}

function noteBreaks(breaks: Projection['breaks'], { average }: Profile, { windows }: Figures, month: Month): void {
  if (average === null) return;
  for (const [at, length] of WINDOWS.entries()) {
    const sum = windows[at];
    const passed = sum !== null && sum !== undefined && sum > average * length;
    if (passed && !breaks.some((known) => known.length === length)) breaks.push({ length, month: monthText(month) });
  }
}

/** What so many minutes more this month would pass that is not passed now. */
export function whatIf(course: Course, more: number): { minutes: number; newlyPassed: string[]; figures: Figures } {
  const { month, months, profile } = course;
  const minutes = (months.get(month)?.month ?? 0) + more;
  const year = (months.get(month)?.year ?? 0) + more;
  const now = limitsPassed(profile, figuresIn(course, month, months));
  const figures = figuresIn(course, month, new Map(months).set(month, { month: minutes, year }));
  return { minutes, newlyPassed: limitsPassed(profile, figures).filter((name) => !now.includes(name)), figures };
}

/** The month set to a sum; what counts in the year grows by as much. */
function withMonth(months: ReadonlyMap<Month, CountedMonth>, month: Month, minutes: number): Map<Month, CountedMonth> {
  const before = months.get(month) ?? { month: 0, year: 0 };
  return new Map(months).set(month, { month: minutes, year: before.year + minutes - before.month });
}

function figuresIn(course: Course, month: Month, months: ReadonlyMap<Month, CountedMonth>): Figures {
  return figuresAt(month, yearStartOf(month, course.yearStart), course.profile, months, months, course.known);
}
