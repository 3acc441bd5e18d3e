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
import type { SectionTable } from '../../ports/tables.ts';
import { chunks, recordImport } from '../record-import.ts';
import { runImport } from '../run-import.ts';
import { isHeld, pathOf } from './find-section.ts';
import { giveWay } from './give-way.ts';
import { allSections } from './queries.ts';
import { SECTIONS_OPTIONAL, SECTIONS_REQUIRED, SectionText } from './schema.ts';

type Row = SectionTable & { line: number };

/** `import sections FILE [--dry-run]`: codes, names and successors, each from its 開始 to its 終了. Rows not in the file stay. */
export async function importSections(ports: Ports, file: string, dryRun: boolean): Promise<CliResult> {
  const table = readTable(await openFile(file), { required: SECTIONS_REQUIRED, optional: SECTIONS_OPTIONAL });
  const problems = [...table.problems];
  const id = ports.random.id();
  const rows = table.rows.flatMap((row) => sectionRow(row, id, problems) ?? []);
  return runImport(ports, dryRun, async (db, today) => {
    const held = await allSections(db);
    problems.push(...overlaps(rows), ...overlapsWithHeld(rows, held), ...unknownSuccessors(rows, held));
    const { fresh, changed, unchanged } = compare(rows, held);
    const counts = { added: fresh.length, changed: changed.length, withdrawn: 0, unchanged };
    const report = importReport({ rows: table.rows.length, digest: table.digest, dryRun }, problems, counts);
    if (problems.length === 0 && !dryRun && fresh.length + changed.length > 0) {
      await write(db, [...fresh, ...changed], today);
      await recordImport(ports, db, {
        id,
        kind: 'sections',
        effective: null,
        rows: table.rows.length,
        digest: table.digest,
        ...counts,
      });
    }
    return importResult(report, file);
  });
}

function sectionRow(row: TableRow, importId: string, problems: Problem[]): Row | null {
  const before = problems.length;
  const cells = cellsOf(row, problems);
  const text = cells.checked(SectionText);
  const from = cells.optionalDate('開始');
  const to = cells.optionalDate('終了');
  if (from !== null && to !== null && to < from) cells.problem('終了', '終了は開始以後の日にしてください。');
  if (text !== null && text.局区 === '' && text.部 !== '')
    cells.problem('局区', '部を書くときは、局区も書いてください。');
  if (text === null || problems.length > before) return null;
  const levels = levelsOf(text);
  const { 所属コード: code } = text;
  return {
    line: row.line,
    id: `${code}@${from ?? ''}`,
    code,
    ...levels,
    path: pathOf(levels),
    valid_from: from,
    valid_to: to,
    appointer: text.任命権者,
    schedule_item: text.別表第一の号,
    successor_code: text.後継コード,
    import_id: importId,
  };
}

/** 名称 is the lowest level: a 局区 where it stands alone, a 部 under a 局区 without 部 is written by its name alone as well. */
function levelsOf(text: { 名称: string; 局区: string; 部: string }): {
  bureau: string;
  division: string;
  unit: string;
} {
  if (text.局区 === '' || (text.部 === '' && text.名称 === text.局区))
    return { bureau: text.名称, division: '', unit: '' };
  if (text.部 === text.名称) return { bureau: text.局区, division: text.部, unit: '' };
  return { bureau: text.局区, division: text.部, unit: text.名称 };
}

function overlaps(rows: Row[]): Problem[] {
  const byCode = Map.groupBy(rows, (row) => row.code ?? '');
  return [...byCode.values()].flatMap((same) => {
    const ordered = same.toSorted((a, b) => ((a.valid_from ?? '') < (b.valid_from ?? '') ? -1 : 1));
    return ordered.flatMap((row, index) => {
      const before = ordered[index - 1];
      if (!before || (before.valid_to !== null && before.valid_to < (row.valid_from ?? ''))) return [];
      return [problemAt(row.line, '所属コード', row.code ?? '', `${before.line}行目と期間が重なっています。`)];
    });
  });
}

/** A period of the store that the file does not speak of must not be cut silently: the operator closes it in the file. */
function overlapsWithHeld(rows: Row[], held: SectionTable[]): Problem[] {
  const inFile = new Set(rows.map((row) => row.id));
  const others = Map.groupBy(
    held.filter((section) => section.id !== section.code && !inFile.has(section.id)),
    (section) => section.code,
  );
  return rows.flatMap((row) => {
    const other = (others.get(row.code) ?? []).find((section) => overlap(row, section));
    if (!other) return [];
    const period = `取込済みの期間（${other.valid_from ?? '初め'}から${other.valid_to ?? ''}）`;
    const expected = `${period}と重なっています。その期間の行も、終了を書いてこのファイルに入れてください。`;
    return [problemAt(row.line, '開始', row.valid_from ?? '', expected)];
  });
}

function overlap(a: SectionTable, b: SectionTable): boolean {
  const begins = (one: SectionTable, other: SectionTable) =>
    one.valid_from === null || other.valid_to === null || one.valid_from <= other.valid_to;
  return begins(a, b) && begins(b, a);
}

function unknownSuccessors(rows: Row[], held: SectionTable[]): Problem[] {
  const codes = new Set([...rows, ...held].map((section) => section.code));
  return rows
    .filter((row) => row.successor_code !== null && !codes.has(row.successor_code))
    .map((row) =>
      problemAt(
        row.line,
        '後継コード',
        row.successor_code ?? '',
        'このファイルか、取込済みの所属コードを書いてください。',
      ),
    );
}

function compare(
  rows: Row[],
  held: SectionTable[],
): { fresh: SectionTable[]; changed: SectionTable[]; unchanged: number } {
  const byId = new Map(held.map((section) => [section.id, section]));
  const fresh: SectionTable[] = [];
  const changed: SectionTable[] = [];
  for (const { line: _line, ...row } of rows) {
    const known = byId.get(row.id);
    if (!known) fresh.push(row);
    else if (!isSame(row, known)) changed.push(row);
  }
  return { fresh, changed, unchanged: rows.length - fresh.length - changed.length };
}

function isSame(a: SectionTable, b: SectionTable): boolean {
  const { import_id: _a, ...one } = a;
  const { import_id: _b, ...other } = b;
  return Object.entries(one).every(([column, value]) => value === other[column as keyof typeof other]);
}

/** What a staff file made by path goes to the code that has the path today, where several have it in turn. */
async function write(db: Db, rows: SectionTable[], today: LocalDate): Promise<void> {
  for (const some of chunks(rows)) {
    const ids = some.map((row) => row.id);
    await db.deleteFrom('section').where('id', 'in', ids).execute();
    await db.insertInto('section').values(some).execute();
  }
  const presentFirst = rows.toSorted((a, b) => Number(isHeld(b, today)) - Number(isHeld(a, today)));
  for (const { code, path, import_id } of presentFirst) if (code !== null) await giveWay(db, { code, path, import_id });
}
