import type { Cells, TableRow } from '../intake/index.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';

/** A time of day that must be there; past midnight as 25:30. Null where it is not, with the problem told. */
export function neededTime(cells: Cells, row: TableRow, column: string): MinuteOfDay | null {
  if ((row.values[column] ?? '') === '') cells.problem(column, '時刻を 17:15 のように書いてください。');
  return cells.optionalTime(column);
}

/** Reads 日付. A file has few dates and many rows: a text that was read once is not read again. */
export function dateReader(): (cells: Cells, row: TableRow) => LocalDate | null {
  const known = new Map<string, LocalDate>();
  return (cells, row) => {
    const text = row.values.日付 ?? '';
    const date = known.get(text) ?? cells.date('日付');
    if (date !== null && known.size < 1000) known.set(text, date);
    return date;
  };
}
