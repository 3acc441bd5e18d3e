import {
  cellsOf,
  importReport,
  importResult,
  openFile,
  type Problem,
  problemAt,
  readTable,
  recordImport,
  type TableRow,
} from '../../intake/index.ts';
import { runImport } from '../../people/index.ts';
import type { CliResult, Ports } from '../../ports/room.ts';
import type { RestrictionTable } from '../../ports/tables/overtime.ts';
import { allRestrictions, putRestrictions } from '../roster/queries.ts';
import { RESTRICTIONS_REQUIRED, RestrictionText } from '../schema.ts';
import { knownNumbers } from './queries.ts';

type Row = Omit<RestrictionTable, 'import_id'> & { line: number };

/**
 * `import restrictions FILE [--dry-run]` (P4): who may not be asked for overtime, from when to when; never why: a file with
 * any other column is refused. A row takes the place of the one of the same person, 制限 and 開始; rows not in the file stay.
 */
export async function importRestrictions(ports: Ports, path: string, dryRun: boolean): Promise<CliResult> {
  const table = readTable(await openFile(path), { required: RESTRICTIONS_REQUIRED, optional: [] });
  const problems = [...table.problems];
  const rows = table.rows.flatMap((row) => restrictionRow(row, problems) ?? []);
  return runImport(ports, dryRun, async (db) => {
    problems.push(...unknownPeople(rows, await knownNumbers(db)), ...writtenTwice(rows));
    const { fresh, changed } = compare(rows, await allRestrictions(db));
    const counts = {
      added: fresh.length,
      changed: changed.length,
      withdrawn: 0,
      unchanged: rows.length - fresh.length - changed.length,
    };
    const facts = { rows: table.rows.length, digest: table.digest };
    if (problems.length === 0 && !dryRun && fresh.length + changed.length > 0) {
      const id = ports.random.id();
      const written = [...fresh, ...changed].map(({ line: _line, ...row }) => ({ ...row, import_id: id }));
      await putRestrictions(db, written);
      await recordImport(ports, db, { id, kind: 'restrictions', effective: null, ...facts, ...counts });
    }
    return importResult(importReport({ ...facts, dryRun }, problems, counts), path);
  });
}

function restrictionRow(row: TableRow, problems: Problem[]): Row | null {
  const before = problems.length;
  const cells = cellsOf(row, problems);
  const text = cells.checked(RestrictionText);
  const from = cells.date('開始');
  const to = cells.optionalDate('終了');
  if (from !== null && to !== null && to < from) cells.problem('終了', '終了は開始以後の日にしてください。');
  if (text === null || from === null || problems.length > before) return null;
  return { line: row.line, staff: text.職員番号, kind: text.制限, valid_from: from, valid_to: to };
}

function unknownPeople(rows: readonly Row[], known: ReadonlySet<string>): Problem[] {
  return rows
    .filter((row) => !known.has(row.staff))
    .map((row) => problemAt(row.line, '職員番号', row.staff, '取込済みの職員番号を書いてください。'));
}

const keyOf = (row: Omit<RestrictionTable, 'import_id'>) => `${row.staff} ${row.kind} ${row.valid_from}`;

function writtenTwice(rows: readonly Row[]): Problem[] {
  const seen = new Map<string, number>();
  return rows.flatMap((row) => {
    const first = seen.get(keyOf(row));
    seen.set(keyOf(row), row.line);
    if (first === undefined) return [];
    return [problemAt(row.line, '制限', row.kind, `${first}行目と同じ制限です。1行だけにしてください。`)];
  });
}

function compare(rows: readonly Row[], held: readonly RestrictionTable[]): { fresh: Row[]; changed: Row[] } {
  const before = new Map(held.map((row) => [keyOf(row), row]));
  const fresh = rows.filter((row) => !before.has(keyOf(row)));
  const changed = rows.filter((row) => {
    const known = before.get(keyOf(row));
    return known !== undefined && known.valid_to !== row.valid_to;
  });
  return { fresh, changed };
}
