import { builtInHolidaysOf, type HolidayOverride, type Holidays, holidaysWith, parseDate } from '../calendar/index.ts';
import { type ImportCounts, type Problem, problemAt, type TableRow } from '../intake/index.ts';
import type { LocalDate } from '../ports/clock.ts';

export const DATE_COLUMN = '国民の祝日・休日月日';
export const NAME_COLUMN = '国民の祝日・休日名称';

/** A file that lists 元日 and at least so many days of a year speaks for the whole year. */
const WHOLE_YEAR = 12;

/** The days of a holiday file. An empty name says that the day is an ordinary one. */
export function readHolidays(rows: TableRow[]): { days: HolidayOverride[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const days = new Map<LocalDate, HolidayOverride>();
  for (const { line, values } of rows) {
    const written = values[DATE_COLUMN] ?? '';
    const parsed = parseDate(written);
    if ('problem' in parsed) problems.push(problemAt(line, DATE_COLUMN, written, parsed.problem));
    else if (days.has(parsed.date))
      problems.push(problemAt(line, DATE_COLUMN, written, 'この日は上の行にもあります。1行にしてください。'));
    else days.set(parsed.date, { date: parsed.date, name: values[NAME_COLUMN] || null });
  }
  return { days: [...days.values()], problems };
}

/**
 * What a file changes: for every date the name that holds from now on. Days that a whole year of the file does not name
 * (a moved holiday) become ordinary ones; a short file adds to what holds.
 */
export function holidayChanges(
  days: HolidayOverride[],
  held: HolidayOverride[],
): { changes: HolidayOverride[]; counts: ImportCounts } {
  const before = holidaysWith(held);
  const said = [...days, ...unnamedDays(days, held, before)];
  const changes = said.filter(({ date, name }) => before.nameOf(date) !== name);
  const count = (fits: (old: string | null, now: string | null) => boolean) =>
    changes.filter(({ date, name }) => fits(before.nameOf(date), name)).length;
  const counts = {
    added: count((old) => old === null),
    changed: count((old, now) => old !== null && now !== null),
    withdrawn: count((_, now) => now === null),
    unchanged: said.length - changes.length,
  };
  return { changes, counts };
}

function unnamedDays(days: HolidayOverride[], held: HolidayOverride[], before: Holidays): HolidayOverride[] {
  const named = new Set(days.map((day) => day.date));
  const perYear = Map.groupBy([...named], (date) => date.slice(0, 4));
  const whole = [...perYear].filter(([year, dates]) => named.has(`${year}-01-01`) && dates.length >= WHOLE_YEAR);
  return whole.flatMap(([year]) => {
    const own = held.map((day) => day.date).filter((date) => date.startsWith(`${year}-`));
    const known = new Set([...builtInHolidaysOf(Number(year)), ...own]);
    return [...known]
      .filter((date) => !named.has(date) && before.nameOf(date) !== null)
      .map((date) => ({ date, name: null }));
  });
}
