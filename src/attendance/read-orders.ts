import { instantAt, parseDate, parseInstant, parseTimeOfDay } from '../calendar/index.ts';
import { cellsOf, type Problem, problemAt, type TableRow } from '../intake/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import { dateReader, neededTime } from './read-cells.ts';
import type { OrderEvent } from './rules.ts';
import { OrderText } from './schema.ts';

/** A row of the orders file that could be read. */
export interface OrderRow extends OrderEvent {
  line: number;
  staff: string;
  date: LocalDate;
}

/** Reads the rows one by one; 申請日時 without an offset is of that time zone. What is wrong goes to `problems`. */
export function readOrders(rows: readonly TableRow[], problems: Problem[], timeZone: string): OrderRow[] {
  const dateOf = dateReader();
  const read = rows.flatMap((row) => orderRow(row, dateOf, problems, timeZone) ?? []);
  problems.push(...twice(read));
  return read;
}

function orderRow(
  row: TableRow,
  dateOf: ReturnType<typeof dateReader>,
  problems: Problem[],
  timeZone: string,
): OrderRow | null {
  const before = problems.length;
  const cells = cellsOf(row, problems);
  const text = cells.checked(OrderText);
  const date = dateOf(cells, row);
  const appliedAt = momentOf(row.values.申請日時 ?? '', timeZone);
  if (appliedAt === null) cells.problem('申請日時', '2026-11-18 16:20 のように、日付と時刻を書いてください。');
  const start = neededTime(cells, row, '開始');
  const end = neededTime(cells, row, '終了');
  if (text === null || date === null || appliedAt === null) return null;
  if (start === null || end === null || problems.length > before) return null;
  if (end <= start) {
    cells.problem('終了', '開始より後の時刻を書いてください。翌日の終了は 25:30 のように書きます。');
    return null;
  }
  return { line: row.line, staff: text.職員番号, date, appliedAt, start, end, status: text.状態 };
}

/** `2026-11-18 16:20`, `2026/11/18 16:20:05`, `令和8年11月18日 16:20`, or ISO with its offset; seconds are dropped. */
function momentOf(text: string, timeZone: string): Instant | null {
  const written = text.normalize('NFKC').trim();
  const iso = parseInstant(written);
  if ('instant' in iso) return iso.instant - (iso.instant % 60_000);
  const [, day, clock] = /^(.+?)(?:T|\s+)(\d{1,2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?$/.exec(written) ?? [];
  if (day === undefined || clock === undefined) return null;
  const date = parseDate(day);
  const time = parseTimeOfDay(clock);
  if (!('date' in date) || !('minute' in time) || time.minute >= 1440) return null;
  return instantAt(date.date, time.minute, timeZone);
}

function twice(rows: readonly OrderRow[]): Problem[] {
  const lines = new Map<string, number>();
  return rows.flatMap((row) => {
    const key = `${row.staff} ${row.date} ${row.appliedAt} ${row.start} ${row.status}`;
    const first = lines.get(key);
    lines.set(key, first ?? row.line);
    return first === undefined
      ? []
      : [problemAt(row.line, '申請日時', row.status, `${first}行目と同じ申請の同じ状態です。1行だけにしてください。`)];
  });
}
