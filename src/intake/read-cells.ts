import { parseDate, parseTimeOfDay } from '../calendar/index.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import { type Problem, problemAt } from './problem.ts';
import type { TableRow } from './table.ts';

/** The part of a zod schema that rows are checked with. */
export interface RowSchema<T> {
  safeParse(values: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

interface Issue {
  path: readonly PropertyKey[];
  message: string;
}

/** Reads the cells of one row; what is wrong goes to the list it was given, and the answer is then null. */
export interface Cells {
  /** Everything a schema says of the row; its messages are what was expected. */
  checked<T>(schema: RowSchema<T>): T | null;
  /** A date that must be there. */
  date(column: string): LocalDate | null;
  /** A date that may be empty (then null). */
  optionalDate(column: string): LocalDate | null;
  /** A time of day that may be empty (then null). */
  optionalTime(column: string): MinuteOfDay | null;
  problem(column: string, expected: string): void;
}

export function cellsOf(row: TableRow, problems: Problem[]): Cells {
  const read = (column: string) => row.values[column] ?? '';
  const problem = (column: string, expected: string) => {
    problems.push(problemAt(row.line, column, read(column), expected));
  };
  const optionalDate = (column: string): LocalDate | null => {
    if (read(column) === '') return null;
    const parsed = parseDate(read(column));
    if ('date' in parsed) return parsed.date;
    problem(column, parsed.problem);
    return null;
  };
  return {
    problem,
    optionalDate,
    date(column) {
      if (read(column) === '') problem(column, '日付を書いてください。');
      return optionalDate(column);
    },
    optionalTime(column) {
      if (read(column) === '') return null;
      const parsed = parseTimeOfDay(read(column));
      if ('minute' in parsed) return parsed.minute;
      problem(column, parsed.problem);
      return null;
    },
    checked(schema) {
      const result = schema.safeParse(row.values);
      if (result.success) return result.data;
      for (const issue of result.error.issues) problem(String(issue.path[0] ?? ''), issue.message);
      return null;
    },
  };
}
