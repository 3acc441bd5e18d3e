import type { ImportCounts } from '../intake/index.ts';
import type { Db } from '../ports/database.ts';
import type { CliResult, Ports, Progress } from '../ports/room.ts';
import type { ClockEntryTable } from '../ports/tables/attendance.ts';
import { heldClock, replaceClock } from './queries.ts';
import { type ClockRow, readClock } from './read-clock.ts';
import { CLOCK_COLUMNS } from './schema.ts';
import { type FileIn, type FileKind, takeFile } from './take-file.ts';

const clockFile: FileKind<ClockRow> = { kind: 'clock', columns: CLOCK_COLUMNS, read: readClock, compare };

/** `import clock FILE [--dry-run]` and its feed: what a (職員番号, 日付) pair of the file says takes the place of what was held for it. */
export function importClock(ports: Ports, file: FileIn): Promise<CliResult> {
  return takeFile(ports, clockFile, file);
}

/** Counts are in rows of the file, by what becomes of their pair. */
async function compare(db: Db, rows: ClockRow[]) {
  const pairs = Map.groupBy(rows, pairOf);
  const held = Map.groupBy(await heldClock(db, new Set(rows.map((row) => row.date)), pairs), pairOf);
  const counts: ImportCounts = { added: 0, changed: 0, withdrawn: 0, unchanged: 0 };
  const touched: ClockRow[] = [];
  for (const [pair, now] of pairs) {
    const before = held.get(pair) ?? [];
    const same = textOf(before.map((row) => [row.start_minute, row.end_minute])) === textOf(now.map(spanOf));
    counts[same ? 'unchanged' : before.length === 0 ? 'added' : 'changed'] += now.length;
    if (!same) touched.push(...now);
  }
  const write = (importId: string, watched?: Progress) =>
    replaceClock(
      db,
      touched.map((row) => entryOf(row, importId)),
      watched,
    );
  return { counts, write };
}

/** A person's day, as text. */
function pairOf(row: { staff: string; date: string }): string {
  return `${row.staff} ${row.date}`;
}

type Entry = [start: number, end: number | null];

const spanOf = (row: ClockRow): Entry => [row.start, row.end];

function textOf(entries: Entry[]): string {
  return entries
    .toSorted(([a], [b]) => a - b)
    .map(([start, end]) => `${start}-${end ?? ''}`)
    .join(' ');
}

function entryOf({ staff, date, start, end }: ClockRow, importId: string): ClockEntryTable {
  return { staff, date, start_minute: start, end_minute: end, import_id: importId };
}
