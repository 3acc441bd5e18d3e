import { cellsOf, type Problem, problemAt, type TableRow } from '../intake/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import { dateReader, neededTime } from './read-cells.ts';
import type { ClockEntry } from './rules.ts';
import { ClockText } from './schema.ts';

/** A row of the clock file that could be read. */
export interface ClockRow extends ClockEntry {
  line: number;
  staff: string;
  date: LocalDate;
}

/** Reads the rows one by one; what is wrong with a row goes to `problems`, and the row is left out. */
export function readClock(rows: readonly TableRow[], problems: Problem[]): ClockRow[] {
  const dateOf = dateReader();
  const read = rows.flatMap((row) => clockRow(row, dateOf, problems) ?? []);
  for (const same of Map.groupBy(read, (row) => `${row.staff} ${row.date}`).values()) problems.push(...clashes(same));
  return read;
}

function clockRow(row: TableRow, dateOf: ReturnType<typeof dateReader>, problems: Problem[]): ClockRow | null {
  const before = problems.length;
  const cells = cellsOf(row, problems);
  const text = cells.checked(ClockText);
  const date = dateOf(cells, row);
  const start = neededTime(cells, row, '出勤');
  const end = cells.optionalTime('退勤');
  if (text === null || date === null || start === null || problems.length > before) return null;
  if (end !== null && end < start) {
    cells.problem('退勤', '出勤以後の時刻を書いてください。翌日の退勤は 25:30 のように書きます。');
    return null;
  }
  return { line: row.line, staff: text.職員番号, date, start, end };
}

/** Rows of one person's day that cannot all be true: the same 出勤 twice, one within another, one that never ended before the next. */
function clashes(rows: readonly ClockRow[]): Problem[] {
  const inOrder = rows.toSorted((a, b) => a.start - b.start || a.line - b.line);
  return inOrder.flatMap((row, at) => {
    const earlier = inOrder[at - 1];
    const expected = earlier === undefined ? null : clash(earlier, row);
    return expected === null ? [] : [problemAt(row.line, '出勤', written(row), expected)];
  });
}

function clash(earlier: ClockRow, row: ClockRow): string | null {
  const where = `${earlier.line}行目`;
  if (earlier.start === row.start) return `${where}と同じ職員の同じ日の同じ出勤です。1行だけにしてください。`;
  if (earlier.end === null)
    return `${where}は退勤が空です。退勤を空にできるのは、その日の最後の出勤だけです。${where}に退勤を書いてください。`;
  return row.start < earlier.end ? `${where}と時間が重なっています。重ならないように書いてください。` : null;
}

function written({ start }: ClockEntry): string {
  return `${Math.floor(start / 60)}:${String(start % 60).padStart(2, '0')}`;
}
