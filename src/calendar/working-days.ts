import type { LocalDate } from '../ports/clock.ts';
import { addDays, type Weekday, weekdayOf, weekStartOf } from './dates.ts';
import type { Holidays } from './holidays.ts';

/** First and last day (MM-DD) of the time the city is closed; it may run over the new year. */
export interface Closure {
  from: string;
  to: string;
}

export interface WorkingCalendar {
  holidays: Holidays;
  closure: Closure | null;
}

export type DayKind = 'working' | 'weekend' | 'holiday' | 'year-end';

/** What kind of day it is. A national holiday wins over the year-end closure, the closure over the weekend (D14). */
export function dayKind(date: LocalDate, calendar: WorkingCalendar): DayKind {
  if (calendar.holidays.nameOf(date) !== null) return 'holiday';
  if (calendar.closure !== null && isClosed(date, calendar.closure)) return 'year-end';
  const weekday = weekdayOf(date);
  return weekday === 'sat' || weekday === 'sun' ? 'weekend' : 'working';
}

function isClosed(date: LocalDate, { from, to }: Closure): boolean {
  const monthDay = date.slice(5);
  return from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to;
}

/** The first working day strictly after the date. */
export function nextWorkingDay(date: LocalDate, calendar: WorkingCalendar): LocalDate {
  return stepToWorkingDay(date, 1, calendar);
}

/** The last working day strictly before the date (D16 `previousBusinessDay`). */
export function previousWorkingDay(date: LocalDate, calendar: WorkingCalendar): LocalDate {
  return stepToWorkingDay(date, -1, calendar);
}

/** Whether the date is the first working day of its week, which begins on that weekday (W3 of the calendar). */
export function isFirstWorkingDayOfWeek(date: LocalDate, calendar: WorkingCalendar, weekStarts: Weekday): boolean {
  return dayKind(date, calendar) === 'working' && previousWorkingDay(date, calendar) < weekStartOf(date, weekStarts);
}

function stepToWorkingDay(date: LocalDate, step: 1 | -1, calendar: WorkingCalendar): LocalDate {
  for (let count = 1; count <= 400; count += 1) {
    const candidate = addDays(date, step * count);
    if (dayKind(candidate, calendar) === 'working') return candidate;
  }
  throw new RangeError(`no working day within 400 days of ${date}`);
}
