import type { HoursKind } from '../ports/tables/overtime.ts';
import type { Month } from './months.ts';
import type { Flag, Portion } from './portions.ts';
import type { Profile } from './profiles.ts';

/** The class a profile counts by (D6): 週休日振替他週 is weekoff. */
export function classOf(kind: HoursKind): Exclude<HoursKind, 'weekoff_other_week'> {
  return kind === 'weekoff_other_week' ? 'weekoff' : kind;
}

/** How one profile counts: classes of its year and months45, and of its month and averages. */
export interface Counting {
  inYear(portion: Portion): boolean;
  inMonth(portion: Portion): boolean;
}

/** `holidayExtraCounts: false` takes 休日時間外 out of every profile. */
export function countingOf(profile: Profile, holidayExtraCounts: boolean): Counting {
  const among = (classes: readonly string[]) => {
    const counted = new Set(classes.filter((one) => holidayExtraCounts || one !== 'holiday_extra'));
    return ({ kind }: Portion) => kind === 'opening' || counted.has(classOf(kind));
  };
  return { inYear: among(profile.counts), inMonth: among(profile.countsMonthAndAverage) };
}

/** Minutes that limits are held against: not flagged (D11), not worked as 管理職 (D8). */
export interface CountedMonth {
  /** By the classes of month and average. */
  month: number;
  /** By the classes of the year. */
  year: number;
}

/** Sums by month; a month without minutes is not in it. */
export function countedMonths(portions: readonly Portion[], counting: Counting): Map<Month, CountedMonth> {
  const sums = new Map<Month, CountedMonth>();
  for (const portion of portions) {
    if (portion.manager || portion.flag !== null) continue;
    let sum = sums.get(portion.month);
    if (sum === undefined) {
      sum = { month: 0, year: 0 };
      sums.set(portion.month, sum);
    }
    if (counting.inMonth(portion)) sum.month += portion.minutes;
    if (counting.inYear(portion)) sum.year += portion.minutes;
  }
  return sums;
}

/** Counted minutes of one month without 災害 and 選挙: every average is shown with and without them (P7). */
export function ordinaryMinutes(portions: readonly Portion[], month: Month, counting: Counting): number {
  let sum = 0;
  for (const portion of portions) {
    const counted = portion.month === month && !portion.manager && portion.flag === null && counting.inMonth(portion);
    if (counted && portion.reason !== '災害' && portion.reason !== '選挙') sum += portion.minutes;
  }
  return sum;
}

/** What stands beside the counted minutes of one month; the shares add up to all of them, largest first. */
export interface MonthBeside {
  flagged: Record<Flag, number>;
  managerMinutes: number;
  shares: { section: string; minutes: number }[];
}

/** A flagged minute of a 管理職 stands in `managerMinutes` only. */
export function besideOf(portions: readonly Portion[], month: Month, counting: Counting): MonthBeside {
  const beside: MonthBeside = { flagged: { '33条': 0, 特例業務: 0 }, managerMinutes: 0, shares: [] };
  const bySection = new Map<string, number>();
  for (const portion of portions) {
    if (portion.month !== month || !counting.inMonth(portion)) continue;
    if (portion.manager) beside.managerMinutes += portion.minutes;
    else if (portion.flag !== null) beside.flagged[portion.flag] += portion.minutes;
    bySection.set(portion.section, (bySection.get(portion.section) ?? 0) + portion.minutes);
  }
  beside.shares = [...bySection]
    .filter(([, minutes]) => minutes !== 0)
    .map(([section, minutes]) => ({ section, minutes }))
    .sort((a, b) => b.minutes - a.minutes || (a.section < b.section ? -1 : 1));
  return beside;
}
