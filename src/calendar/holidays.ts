import holidayJp from '@holiday-jp/holiday_jp';
import type { LocalDate } from '../ports/clock.ts';

export interface Holidays {
  /** The name of the national holiday on that date, or null. */
  nameOf(date: LocalDate): string | null;
}

/** What the city says instead of the built-in table; `name: null` makes the day an ordinary one. */
export interface HolidayOverride {
  date: LocalDate;
  name: string | null;
}

/*
 * Only the table of the package is used, with dates as text: its functions compare Date objects, whose day depends on
 * the time zone of the process.
 */
const BUILT_IN: ReadonlyMap<LocalDate, string> = new Map(
  Object.values(holidayJp.holidays).map((day): [LocalDate, string] => [day.date, day.name]),
);

/** Japan's national holidays (振替休日 and 国民の休日 included) with the city's overrides on top. */
export function holidaysWith(overrides: readonly HolidayOverride[]): Holidays {
  const own = new Map(overrides.map((day) => [day.date, day.name]));
  return {
    nameOf(date) {
      const name = own.get(date);
      return name === undefined ? (BUILT_IN.get(date) ?? null) : name;
    },
  };
}

/** Dates of the built-in holidays of a calendar year, in order. */
export function builtInHolidaysOf(year: number): LocalDate[] {
  return [...BUILT_IN.keys()].filter((date) => date.startsWith(`${year}-`)).sort();
}
