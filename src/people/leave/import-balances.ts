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
import type { CliResult, Ports } from '../../ports/room.ts';
import type { LeaveBalanceTable } from '../../ports/tables.ts';
import { staffOn } from '../queries.ts';
import { chunks, recordImport } from '../record-import.ts';
import { runImport } from '../run-import.ts';
import { BALANCE_REQUIRED, BalanceText } from './schema.ts';

type Row = Omit<LeaveBalanceTable, 'import_id'> & { line: number };

/** `import leave --balances FILE [--dry-run]`: days granted and carried over, by person and year; other years stay. */
export async function importBalances(ports: Ports, file: string, dryRun: boolean): Promise<CliResult> {
  const table = readTable(await openFile(file), { required: BALANCE_REQUIRED, optional: [] });
  const problems = [...table.problems];
  const rows = table.rows.flatMap((row) => balanceRow(row, problems) ?? []);
  return runImport(ports, dryRun, async (db, today) => {
    const known = new Set((await staffOn(db, today)).map((person) => person.staff));
    problems.push(...twice(rows));
    for (const row of rows) {
      if (!known.has(row.staff))
        problems.push(problemAt(row.line, '職員番号', row.staff, '取込済みの職員番号を書いてください。'));
    }
    const held = new Map((await db.selectFrom('leave_balance').selectAll().execute()).map((row) => [keyOf(row), row]));
    const fresh = rows.filter((row) => !held.has(keyOf(row)));
    const changed = rows.filter((row) => held.has(keyOf(row)) && textOf(row) !== textOf(held.get(keyOf(row)) ?? row));
    const counts = {
      added: fresh.length,
      changed: changed.length,
      withdrawn: 0,
      unchanged: rows.length - fresh.length - changed.length,
    };
    const report = importReport({ rows: table.rows.length, digest: table.digest, dryRun }, problems, counts);
    if (problems.length === 0 && !dryRun && fresh.length + changed.length > 0) {
      const id = ports.random.id();
      await write(db, fresh, changed, id);
      await recordImport(ports, db, {
        id,
        kind: 'balances',
        effective: null,
        rows: table.rows.length,
        digest: table.digest,
        ...counts,
      });
    }
    return importResult(report, file);
  });
}

function balanceRow(row: TableRow, problems: Problem[]): Row | null {
  const text = cellsOf(row, problems).checked(BalanceText);
  if (text === null) return null;
  const { 職員番号, 年度, 付与, 繰越 } = text;
  return {
    line: row.line,
    staff: 職員番号,
    year: 年度,
    granted_days: 付与.days,
    granted_minutes: 付与.minutes,
    carried_days: 繰越.days,
    carried_minutes: 繰越.minutes,
  };
}

function keyOf(row: { staff: string; year: number }): string {
  return `${row.staff} ${row.year}`;
}

function textOf(row: Omit<Row, 'line'>): string {
  return [row.granted_days, row.granted_minutes, row.carried_days, row.carried_minutes].join(' ');
}

function twice(rows: Row[]): Problem[] {
  const lines = new Map<string, number>();
  return rows.flatMap((row) => {
    const first = lines.get(keyOf(row));
    lines.set(keyOf(row), first ?? row.line);
    return first === undefined
      ? []
      : [
          problemAt(
            row.line,
            '年度',
            String(row.year),
            `${first}行目と同じ職員の同じ年度です。1行だけにしてください。`,
          ),
        ];
  });
}

async function write(db: Db, fresh: Row[], changed: Row[], importId: string): Promise<void> {
  for (const row of changed)
    await db.deleteFrom('leave_balance').where('staff', '=', row.staff).where('year', '=', row.year).execute();
  const rows = [...fresh, ...changed].map(({ line: _line, ...row }) => ({ ...row, import_id: importId }));
  for (const some of chunks(rows)) await db.insertInto('leave_balance').values(some).execute();
}
