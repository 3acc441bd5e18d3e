import {
  cellsOf,
  importReport,
  importResult,
  openFile,
  type Problem,
  problemAt,
  readTable,
  type TableRow,
} from '../../intake/index.ts';
import type { Db } from '../../ports/database.ts';
import type { CliResult, Ports, Progress } from '../../ports/room.ts';
import type { LeaveDayTable } from '../../ports/tables.ts';
import { staffOn } from '../queries.ts';
import { chunks, recordImport } from '../record-import.ts';
import { runImport } from '../run-import.ts';
import { LEAVE_OPTIONAL, LEAVE_REQUIRED, LeaveText } from './schema.ts';

type Day = Omit<LeaveDayTable, 'import_id'>;
/** A row of the file; `cancel` empties the person's day. */
type Row = { line: number; staff: string; date: string; cancel: boolean; day: Day | null };

/**
 * `import leave FILE [--dry-run]`: what a (職員番号, 日付) pair of the file says takes the place of what was held for that
 * pair; several rows for one pair stand together; 取消 empties it. Other days stay.
 */
export async function importLeave(ports: Ports, file: string, dryRun: boolean): Promise<CliResult> {
  const table = readTable(await openFile(file), { required: LEAVE_REQUIRED, optional: LEAVE_OPTIONAL });
  const problems = [...table.problems];
  const rows = table.rows.flatMap((row) => leaveRow(row, problems) ?? []);
  problems.push(...twice(rows));
  return runImport(ports, dryRun, async (db, today) => {
    problems.push(...(await unknownStaff(db, rows, today)));
    const pairs = Map.groupBy(rows, pairOf);
    const held = Map.groupBy(await heldDays(db, rows), pairOf);
    const { counts, touched } = compare(pairs, held);
    const report = importReport({ rows: table.rows.length, digest: table.digest, dryRun }, problems, counts);
    if (problems.length === 0 && !dryRun && touched.length > 0) {
      const id = ports.random.id();
      await write(db, touched, pairs, held, id, ports.progress?.('取込み'));
      await recordImport(ports, db, {
        id,
        kind: 'leave',
        effective: null,
        rows: table.rows.length,
        digest: table.digest,
        ...counts,
      });
    }
    return importResult(report, file);
  });
}

function leaveRow(row: TableRow, problems: Problem[]): Row | null {
  const before = problems.length;
  const cells = cellsOf(row, problems);
  const text = cells.checked(LeaveText);
  const date = cells.date('日付');
  const start = cells.optionalTime('開始');
  if (text?.種別 === '時間' && (text.時間 ?? null) === null)
    cells.problem('時間', '種別が時間のときは、長さを分で書いてください。');
  if (text === null || date === null || problems.length > before) return null;
  const { 職員番号: staff, 種別: kind, 区分: category } = text;
  if (kind === '取消') return { line: row.line, staff, date, cancel: true, day: null };
  const hours = kind === '時間';
  const day = {
    staff,
    date,
    kind,
    minutes: hours ? (text.時間 ?? null) : null,
    start_minute: hours ? start : null,
    category,
  };
  return { line: row.line, staff, date, cancel: false, day };
}

function pairOf(row: { staff: string; date: string }): string {
  return `${row.staff} ${row.date}`;
}

/** The same leave written twice for one day, or 取消 beside other rows of that day. */
function twice(rows: Row[]): Problem[] {
  return [...Map.groupBy(rows, pairOf).values()].flatMap((same) => {
    const seen = new Map<string, number>();
    return same.flatMap((row) => {
      const kind = row.cancel ? '取消' : `${row.day?.kind} ${row.day?.start_minute ?? ''}`;
      const first = seen.get(kind);
      seen.set(kind, row.line);
      if (first !== undefined)
        return [
          problemAt(row.line, '種別', kind.trim(), `${first}行目と同じ日の同じ休暇です。1行だけにしてください。`),
        ];
      const other = same.find((one) => one.cancel !== row.cancel);
      if (!row.cancel || other === undefined) return [];
      return [
        problemAt(row.line, '種別', '取消', `${other.line}行目に同じ日の休暇があります。どちらかだけにしてください。`),
      ];
    });
  });
}

async function unknownStaff(db: Db, rows: Row[], today: string): Promise<Problem[]> {
  const known = new Set((await staffOn(db, today)).map((person) => person.staff));
  return rows
    .filter((row) => !known.has(row.staff))
    .map((row) => problemAt(row.line, '職員番号', row.staff, '取込済みの職員番号を書いてください。'));
}

async function heldDays(db: Db, rows: Row[]): Promise<LeaveDayTable[]> {
  const dates = [...new Set(rows.map((row) => row.date))];
  const wanted = new Set(rows.map(pairOf));
  const held: LeaveDayTable[] = [];
  for (const some of chunks(dates))
    held.push(...(await db.selectFrom('leave_day').selectAll().where('date', 'in', some).execute()));
  return held.filter((day) => wanted.has(pairOf(day)));
}

/** Counts are in rows of the file; `withdrawn` are days that a 取消 emptied. */
function compare(pairs: Map<string, Row[]>, held: Map<string, LeaveDayTable[]>) {
  const counts = { added: 0, changed: 0, withdrawn: 0, unchanged: 0 };
  const touched: string[] = [];
  for (const [pair, rows] of pairs) {
    const before = (held.get(pair) ?? []).map(textOf).sort();
    const after = rows.flatMap((row) => (row.day ? [textOf(row.day)] : [])).sort();
    if (before.join('\n') === after.join('\n')) {
      counts.unchanged += rows.length;
      continue;
    }
    touched.push(pair);
    if (after.length === 0) counts.withdrawn += rows.length;
    else counts[before.length === 0 ? 'added' : 'changed'] += rows.length;
  }
  return { counts, touched };
}

function textOf(day: Day): string {
  return [day.kind, day.minutes ?? '', day.start_minute ?? '', day.category].join(' ');
}

async function write(
  db: Db,
  touched: string[],
  pairs: Map<string, Row[]>,
  held: Map<string, LeaveDayTable[]>,
  importId: string,
  watched?: Progress,
): Promise<void> {
  for (const pair of touched) {
    const [old] = held.get(pair) ?? [];
    if (old) await db.deleteFrom('leave_day').where('staff', '=', old.staff).where('date', '=', old.date).execute();
  }
  const days = touched.flatMap((pair) => pairs.get(pair) ?? []).flatMap((row) => row.day ?? []);
  for (const some of chunks(days, watched))
    await db
      .insertInto('leave_day')
      .values(some.map((day) => ({ ...day, import_id: importId })))
      .execute();
}
