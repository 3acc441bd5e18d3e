import { parseDate } from '../../calendar/index.ts';
import { type ProblemList, problemAt, type RowSchema, readRows } from '../../intake/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { HoursKind, HoursRowTable } from '../../ports/tables/overtime.ts';
import { Flagged, HOURS_OPTIONAL, HOURS_REQUIRED, Kind, Minutes, Reason, StaffNumber } from '../schema.ts';
import { Distinct, Ints } from './hours-columns.ts';

const mostRows = 2_000_000;

/** The rows of a file of hours, column by column: what `staff`, `date` … of a row say is the value of that number. */
export interface HoursFile {
  rows: number;
  digest: string;
  /** How many rows could be read; they are numbered from 0. */
  length: number;
  line: Ints;
  minutes: Ints;
  staff: Column<string>;
  date: Column<LocalDate>;
  kind: Column<HoursKind>;
  /** '' where the file names none. */
  section: Column<string>;
  flag: Column<HoursRowTable['flag']>;
  reason: Column<HoursRowTable['reason']>;
}

export interface Column<T> {
  number: Ints;
  distinct: Distinct<T>;
}

/** The value of one row in a column. */
export function valueAt<T>(column: Column<T>, row: number): T {
  return column.distinct.valueOf(column.number.at(row));
}

/** Reads and checks every row by itself; each wrong cell is a problem with its line. Nothing is asked of the store. */
export function readHours(bytes: Uint8Array, problems: ProblemList): HoursFile {
  const columns = {
    staff: columnOf(StaffNumber),
    date: { number: new Ints(), distinct: new Distinct(dateOf) },
    kind: columnOf<HoursKind>(Kind),
    minutes: columnOf(Minutes),
    section: { number: new Ints(), distinct: new Distinct((text: string) => ({ value: text })) },
    flag: columnOf<HoursRowTable['flag']>(Flagged),
    reason: columnOf<HoursRowTable['reason']>(Reason),
  };
  const inOrder = [
    columns.staff,
    columns.date,
    columns.kind,
    columns.minutes,
    columns.section,
    columns.flag,
    columns.reason,
  ];
  const names = [...HOURS_REQUIRED, ...HOURS_OPTIONAL];
  const line = new Ints();
  const minutes = new Ints();
  const numbers = new Array<number>(inOrder.length).fill(0);
  const shape = { required: HOURS_REQUIRED, optional: HOURS_OPTIONAL, maxRows: mostRows };
  const { rows, digest } = readRows(bytes, shape, problems, (at, cells) => {
    let wrong = false;
    for (let index = 0; index < inOrder.length; index += 1) {
      const cell = cells[index] ?? '';
      const found = inOrder[index]?.distinct.of(cell) ?? 0;
      if (typeof found === 'number') numbers[index] = found;
      else {
        wrong = true;
        problems.add(problemAt(at, names[index] ?? '', cell, found));
      }
    }
    if (wrong) return;
    line.push(at);
    for (let index = 0; index < inOrder.length; index += 1) inOrder[index]?.number.push(numbers[index] ?? 0);
    minutes.push(columns.minutes.distinct.valueOf(numbers[3] ?? 0));
  });
  return { ...columns, rows, digest, length: line.length, line, minutes };
}

function columnOf<T>(schema: RowSchema<T>): Column<T> {
  const read = (text: string) => {
    const result = schema.safeParse(text);
    if (result.success) return { value: result.data };
    return { problem: result.error.issues[0]?.message ?? '' };
  };
  return { number: new Ints(), distinct: new Distinct<T>(read) };
}

function dateOf(text: string): { value: LocalDate } | { problem: string } {
  if (text === '') return { problem: '日付を書いてください。' };
  const parsed = parseDate(text);
  return 'date' in parsed ? { value: parsed.date } : parsed;
}
