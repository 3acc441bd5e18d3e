import {
  cellsOf,
  importReport,
  importResult,
  openFile,
  ProblemList,
  problemAt,
  readRows,
  recordImport,
} from '../../intake/index.ts';
import { runImport } from '../../people/index.ts';
import type { Db } from '../../ports/database.ts';
import type { CliResult, Ports } from '../../ports/room.ts';
import { chunksOf, openings } from '../queries.ts';
import { OPENING_REQUIRED, OpeningRow } from '../schema.ts';
import type { HoursFlags } from './import-hours.ts';
import { addFile, fileOf, insertOpenings, knownNumbers, monthsWithDays, withdrawOpening } from './queries.ts';

const mostRows = 2_000_000;
const SAME = '同じ内容のファイルは取込済みです。何も変えていません。';

interface OpeningLine {
  line: number;
  staff: string;
  month: string;
  minutes: number;
}

/**
 * `import hours --opening FILE [--replace] [--dry-run]`: minutes of whole months before the ledger begins (D4). Rows of one
 * person and month add up; a month already loaded is refused without `--replace`, one that stands by day in any case.
 */
export async function importOpening(ports: Ports, path: string, flags: HoursFlags): Promise<CliResult> {
  const bytes = await openFile(path);
  const problems = new ProblemList();
  const { lines, rows, digest } = readOpening(bytes, problems);
  return runImport(ports, flags.dryRun, async (db) => {
    const facts = { rows, digest, dryRun: flags.dryRun };
    if ((await fileOf(db, 'opening', digest)) !== undefined) {
      const nothing = { added: 0, changed: 0, withdrawn: 0, unchanged: rows };
      return importResult(importReport(facts, [], nothing), path, SAME);
    }
    const held = await check(db, lines, flags.replace, problems);
    const counts = { added: rows, changed: 0, withdrawn: held.length, unchanged: 0 };
    if (problems.total === 0 && !flags.dryRun && rows > 0) {
      const id = ports.random.id();
      const file = { import_id: id, kind: 'opening' as const, digest, imported_at: ports.clock.now() };
      const no = await addFile(db, { ...file, first_date: null, last_date: null });
      for (const { staff, month } of held) await withdrawOpening(db, staff, month, no);
      const written = lines.map(({ line: _line, ...row }) => ({ ...row, file_no: no, withdrawn_no: null }));
      await insertOpenings(db, written);
      await recordImport(ports, db, { id, kind: 'hours-opening', effective: null, rows, digest, ...counts });
    }
    return importResult(importReport(facts, problems.shown(), counts, problems.total), path);
  });
}

function readOpening(bytes: Uint8Array, problems: ProblemList) {
  const lines: OpeningLine[] = [];
  const shape = { required: OPENING_REQUIRED, optional: [], maxRows: mostRows };
  const read = readRows(bytes, shape, problems, (line, cells) => {
    const values = Object.fromEntries(OPENING_REQUIRED.map((column, at) => [column, cells[at] ?? '']));
    const found: Parameters<ProblemList['add']> = [];
    const row = cellsOf({ line, values }, found).checked(OpeningRow);
    problems.add(...found);
    if (row !== null) lines.push({ line, staff: row.職員番号, month: row.年月, minutes: row.分 });
  });
  return { lines, ...read };
}

/** The months held that the file takes the place of; what is wrong goes to `problems`. */
async function check(db: Db, lines: readonly OpeningLine[], replace: boolean, problems: ProblemList) {
  const known = await knownNumbers(db);
  const wanted = new Set(lines.map(keyOf));
  const held = (await openings(db, null, { files: null, until: null })).filter((row) => wanted.has(keyOf(row)));
  const loaded = new Set(held.map(keyOf));
  const byDay = new Set<string>();
  for (const some of chunksOf([...new Set(lines.map((one) => one.staff))]))
    for (const month of await monthsWithDays(db, some)) byDay.add(month);
  for (const { line, staff, month } of lines) {
    const key = keyOf({ staff, month });
    const say = (column: string, read: string, expected: string) =>
      problems.add(problemAt(line, column, read, expected));
    if (!known.has(staff)) say('職員番号', staff, '取込済みの職員番号を書いてください。');
    else if (byDay.has(key))
      say('年月', month, 'この月は日ごとの時間を取込済みです。月の合計を取り込むと二重になります。');
    else if (loaded.has(key) && !replace)
      say('年月', month, `${staff} の ${month} は取込済みです。入れ替えるときは --replace を付けてください。`);
  }
  return held;
}

const keyOf = ({ staff, month }: { staff: string; month: string }) => `${staff} ${month}`;
