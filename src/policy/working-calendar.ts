import { fiscalYearOf, holidaysWith, type WorkingCalendar } from '../calendar/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Settings } from '../ports/room.ts';
import { holidayOverrides } from './queries.ts';
import type { PolicyBook } from './read-policy.ts';

/** What a piece of work has read: the same to its end. */
const seen = new WeakMap<object, Promise<WorkingCalendar['holidays']>>();

/**
 * The calendar that holds on a date: the closure of the policy on that date, and Japan's holidays with the city's overrides,
 * which are read once for one `moment`.
 */
export async function workingCalendar(
  db: Db,
  book: PolicyBook,
  date: LocalDate,
  { moment }: Pick<Settings, 'moment'> = {},
): Promise<WorkingCalendar> {
  const holidays = moment ? holidaysAt(db, moment) : holidaysOf(db);
  return { holidays: await holidays, closure: book.on(date).closure };
}

function holidaysAt(db: Db, moment: object): Promise<WorkingCalendar['holidays']> {
  const known = seen.get(moment);
  if (known) return known;
  const holidays = holidaysOf(db);
  seen.set(moment, holidays);
  // Whoever does the same work again reads again.
  holidays.catch(() => seen.delete(moment));
  return holidays;
}

async function holidaysOf(db: Db): Promise<WorkingCalendar['holidays']> {
  return holidaysWith(await holidayOverrides(db));
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
