import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../ports/clock.ts';

export type Weekday = 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';

/** Sunday first, as `getDay` and the city's week (D6). */
const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Read once: nearly every card and every question is about one of a few days. */
const known = new Map<LocalDate, Temporal.PlainDate>();

function dayOf(date: LocalDate): Temporal.PlainDate {
  const before = known.get(date);
  if (before !== undefined) return before;
  const day = Temporal.PlainDate.from(date);
  if (known.size >= 1000) known.clear();
  known.set(date, day);
  return day;
}

/** Within the days that every month has, a date is only written down anew: most questions are about a neighbouring day. */
const shortestMonth = 28;
/** `YYYY-MM-DD`. */
const written = 10;

/** The date `days` later (earlier when negative). Expects a real date; throws a RangeError otherwise. */
export function addDays(date: LocalDate, days: number): LocalDate {
  const known = dayOf(date);
  const day = Number(date.slice(8)) + days;
  if (day >= 1 && day <= shortestMonth && date.length === written) {
    return `${date.slice(0, 8)}${day < 10 ? '0' : ''}${day}`;
  }
  return known.add({ days }).toString();
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return dayOf(a).until(dayOf(b), { largestUnit: 'day' }).days;
}

/** The weekday of a date. It is always computed, never read from a file (D27). */
export function weekdayOf(date: LocalDate): Weekday {
  return WEEKDAYS[dayOf(date).dayOfWeek % 7] ?? 'sun';
}

/** The first day of the week in which a date stands, where weeks begin on that weekday (D6). */
export function weekStartOf(date: LocalDate, weekStarts: Weekday): LocalDate {
  const since = WEEKDAYS.indexOf(weekdayOf(date)) - WEEKDAYS.indexOf(weekStarts);
  return addDays(date, -((since + 7) % 7));
}

/** The date of these numbers, or null where the calendar has no such day (2021-02-30). */
export function dateOf(year: number, month: number, day: number): LocalDate | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return null;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return day <= first.daysInMonth ? first.with({ day }).toString() : null;
}

/** Year, month and day of a date as numbers. */
export function partsOf(date: LocalDate): { year: number; month: number; day: number } {
  const { year, month, day } = dayOf(date);
  return { year, month, day };
}
