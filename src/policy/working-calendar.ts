import { fiscalYearOf, holidaysWith, type WorkingCalendar } from '../calendar/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { holidayOverrides } from './queries.ts';
import type { PolicyBook } from './read-policy.ts';

/** The calendar that holds on a date: the closure of the policy on that date, and Japan's holidays with the city's overrides. */
export async function workingCalendar(db: Db, book: PolicyBook, date: LocalDate): Promise<WorkingCalendar> {
  return { holidays: holidaysWith(await holidayOverrides(db)), closure: book.on(date).closure };
}

/** A ワーク・ライフ・バランスデー: the n-th (`round`, from 1) of its 年度. */
export interface WlbDay {
  date: LocalDate;
  fiscalYear: number;
  round: number;
}

const known = new WeakMap<PolicyBook, WlbDay[]>();

/** Every WLB day of the book in order. A day counts where the list that holds on that very day names it. */
export function wlbDaysOf(book: PolicyBook): WlbDay[] {
  const before = known.get(book);
  if (before !== undefined) return before;
  const named = [...new Set(book.periods.flatMap((period) => period.wlbDays))].sort();
  const days = named.filter((date) => book.on(date).wlbDays.includes(date));
  const years = days.map((date) => fiscalYearOf(date, book.on(date).year.start));
  const numbered = days.map((date, at) => {
    const fiscalYear = years[at] ?? 0;
    return { date, fiscalYear, round: years.slice(0, at + 1).filter((year) => year === fiscalYear).length };
  });
  known.set(book, numbered);
  return numbered;
}
