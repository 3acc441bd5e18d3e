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
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { CliResult, Ports } from '../../ports/room.ts';
import type { PostTable } from '../../ports/tables.ts';
import { staffOn } from '../queries.ts';
import { chunks, recordImport } from '../record-import.ts';
import { runImport } from '../run-import.ts';
import { findSection } from '../sections/find-section.ts';
import { allSections } from '../sections/queries.ts';
import { POSTS_OPTIONAL, POSTS_REQUIRED, PostText } from './schema.ts';

type Row = Omit<PostTable, 'import_id'> & { line: number };

/** `import posts FILE [--dry-run]`: who holds which duty of a section from when to when (P3); rows not in the file stay. */
export async function importPosts(ports: Ports, file: string, dryRun: boolean): Promise<CliResult> {
  const table = readTable(await openFile(file), { required: POSTS_REQUIRED, optional: POSTS_OPTIONAL });
  const problems = [...table.problems];
  const read = table.rows.flatMap((row) => postRow(row, problems) ?? []);
  return runImport(ports, dryRun, async (db, today) => {
    const rows = await placed(db, read, today, problems);
    const held = await db.selectFrom('post').selectAll().execute();
    const { fresh, changed, unchanged } = compare(rows, held, problems);
    const counts = { added: fresh.length, changed: changed.length, withdrawn: 0, unchanged };
    const report = importReport({ rows: table.rows.length, digest: table.digest, dryRun }, problems, counts);
    if (problems.length === 0 && !dryRun && fresh.length + changed.length > 0) {
      const id = ports.random.id();
      await write(db, fresh, changed, id);
      await recordImport(ports, db, {
        id,
        kind: 'posts',
        effective: null,
        rows: table.rows.length,
        digest: table.digest,
        ...counts,
      });
    }
    return importResult(report, file);
  });
}

function postRow(row: TableRow, problems: Problem[]): Row | null {
  const before = problems.length;
  const cells = cellsOf(row, problems);
  const text = cells.checked(PostText);
  const from = cells.date('開始');
  const to = cells.optionalDate('終了');
  if (from !== null && to !== null && to < from) cells.problem('終了', '終了は開始以後の日にしてください。');
  if (text === null || from === null || problems.length > before) return null;
  const { 所属コード, 役割, 職員番号, 種別, 根拠 } = text;
  return {
    line: row.line,
    section_id: 所属コード,
    role: 役割,
    staff: 職員番号,
    kind: 種別,
    valid_from: from,
    valid_to: to,
    ground: 根拠,
  };
}

/** Finds section and person of each row; what the store does not hold is a problem. */
async function placed(db: Db, rows: Row[], today: string, problems: Problem[]): Promise<Row[]> {
  const known = new Set((await staffOn(db, today)).map((person) => person.staff));
  const sections = await allSections(db);
  const found: Row[] = [];
  for (const row of rows) {
    const section = findSection(sections, row.section_id, dayWithin(row, today));
    if ('problem' in section) problems.push(problemAt(row.line, '所属コード', row.section_id, section.problem));
    else found.push({ ...row, section_id: section.key });
    if (row.staff !== null && !known.has(row.staff)) {
      problems.push(
        problemAt(row.line, '職員番号', row.staff, '取込済みの職員番号を書くか、空席のときは空にしてください。'),
      );
    }
  }
  return found;
}

/** Today where the duty holds today, else its day nearest to today: names are read as of that day. */
function dayWithin(row: Row, today: LocalDate): LocalDate {
  if (row.valid_from > today) return row.valid_from;
  return row.valid_to !== null && row.valid_to < today ? row.valid_to : today;
}

/** A duty is the same when section, role, kind, beginning and, for 代理 and 庶務担当 (of whom there may be several), the person are. */
function keyOf(row: Omit<PostTable, 'import_id'>): string {
  const several = row.role === '代理' || row.role === '庶務担当';
  return [row.section_id, row.role, row.kind, row.valid_from, several ? row.staff : ''].join('\u0000');
}

function compare(
  rows: Row[],
  held: PostTable[],
  problems: Problem[],
): { fresh: Row[]; changed: Row[]; unchanged: number } {
  const before = new Map(held.map((post) => [keyOf(post), post]));
  const lines = new Map<string, number>();
  const fresh: Row[] = [];
  const changed: Row[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    const twice = lines.get(key);
    if (twice !== undefined)
      problems.push(problemAt(row.line, '役割', row.role, `${twice}行目と同じ役割です。1つだけにしてください。`));
    lines.set(key, row.line);
    const known = before.get(key);
    if (!known) fresh.push(row);
    else if (known.staff !== row.staff || known.valid_to !== row.valid_to || known.ground !== row.ground)
      changed.push(row);
  }
  return { fresh, changed, unchanged: rows.length - fresh.length - changed.length };
}

async function write(db: Db, fresh: Row[], changed: Row[], importId: string): Promise<void> {
  for (const { line: _line, ...row } of changed) {
    const same = db.deleteFrom('post').where('section_id', '=', row.section_id).where('role', '=', row.role);
    const begun = same.where('kind', '=', row.kind).where('valid_from', '=', row.valid_from);
    const several = row.role === '代理' || row.role === '庶務担当';
    await (several ? begun.where('staff', row.staff === null ? 'is' : '=', row.staff) : begun).execute();
  }
  const rows = [...fresh, ...changed].map(({ line: _line, ...row }) => ({ ...row, import_id: importId }));
  for (const some of chunks(rows)) await db.insertInto('post').values(some).execute();
}
