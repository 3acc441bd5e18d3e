import { type Cells, cellsOf, type Problem, problemAt, type TableRow } from '../../intake/index.ts';
import type { StaffRowTable } from '../../ports/tables.ts';
import { findCircles } from './find-circles.ts';
import { StaffText } from './schema.ts';

/** What a staff file says of one person; sections are still names, and from when it holds is not decided. */
export type RosterRow = Omit<StaffRowTable, 'valid_from' | 'section_id' | 'import_id'> & { line: number };

/**
 * Reads every row of a staff file and checks the file against itself: numbers and ids unique, 所属長 and 代決者 in the file,
 * no circle of 所属長. Problems are added to the list; rows that cannot be read are left out.
 */
export function readRoster(rows: readonly TableRow[], problems: Problem[]): RosterRow[] {
  const roster = rows.flatMap((row) => rosterRow(row, problems) ?? []);
  const byStaff = uniqueNumbers(roster, problems);
  problems.push(...sharedIds(roster));
  checkReferences(roster, new Set(rows.map((row) => (row.values.職員番号 ?? '').normalize('NFKC'))), problems);
  for (const circle of findCircles(new Map([...byStaff].map(([staff, row]) => [staff, row.head])))) {
    const line = byStaff.get(circle[0] ?? '')?.line ?? 1;
    problems.push(
      problemAt(
        line,
        '所属長',
        circle.join(' → '),
        '所属長の関係が一回りしています。最上位の職員の所属長は空にしてください。',
      ),
    );
  }
  return roster;
}

function rosterRow(row: TableRow, problems: Problem[]): RosterRow | null {
  const before = problems.length;
  const cells = cellsOf(row, problems);
  const text = cells.checked(StaffText);
  const when = datesOf(cells);
  if (text === null || when.hired_on === null || problems.length > before) return null;
  return { line: row.line, ...personOf(text), ...when, hired_on: when.hired_on };
}

function datesOf(cells: Cells) {
  const start_minute = cells.optionalTime('始業');
  const end_minute = cells.optionalTime('終業');
  const hired_on = cells.date('採用日');
  const left_on = cells.optionalDate('退職日');
  if (start_minute !== null && end_minute !== null && end_minute <= start_minute) {
    cells.problem('終業', '終業は始業より後にしてください。翌日になるときは 25:30 のように書きます。');
  }
  if (hired_on !== null && left_on !== null && left_on < hired_on) {
    cells.problem('退職日', '退職日は採用日以後にしてください。');
  }
  return { start_minute, end_minute, hired_on, left_on };
}

function personOf(text: StaffText) {
  return {
    staff: text.職員番号,
    name: text.氏名,
    email: text.メール,
    aad_id: text.AADオブジェクトID,
    bureau: text.局区,
    division: text.部,
    unit: text.課,
    section_code: text.所属コード,
    post: text.職位,
    manager: text.管理職 === '1' ? (1 as const) : (0 as const),
    head: text.所属長,
    work_type: text.勤務区分,
    language: text.言語,
    staff_class: text.職員区分,
    appointer: text.任命権者,
    category: text.適用区分,
    workplace: text.事業場,
    week_minutes: text.週勤務分 ?? null,
    terminal: text.端末,
    previous_number: text.前職員番号,
    deputy: text.代決者,
    telework: text.在宅,
    age_band: text.年齢区分,
    gender: text.性別,
  };
}

function uniqueNumbers(roster: readonly RosterRow[], problems: Problem[]): Map<string, RosterRow> {
  const first = new Map<string, RosterRow>();
  for (const row of roster) {
    const held = first.get(row.staff);
    if (held === undefined) first.set(row.staff, row);
    else
      problems.push(problemAt(row.line, '職員番号', row.staff, `${held.line}行目と同じです。1人1行にしてください。`));
  }
  return first;
}

/** An id belongs to one person at a time; a re-appointed person keeps it under the new number (P9). */
function sharedIds(roster: readonly RosterRow[]): Problem[] {
  const byId = Map.groupBy(
    roster.filter((row) => row.aad_id !== null),
    (row) => row.aad_id,
  );
  return [...byId.values()].flatMap((same) =>
    same.flatMap((row, at) => {
      const other = same.slice(0, at).find((earlier) => earlier.staff !== row.staff && serveTogether(earlier, row));
      if (other === undefined) return [];
      const expected = `${other.line}行目と同じです。同じ時期に在籍する職員では1人に1つだけにしてください。`;
      return [problemAt(row.line, 'AADオブジェクトID', row.aad_id ?? '', expected)];
    }),
  );
}

function serveTogether(a: RosterRow, b: RosterRow): boolean {
  const begins = (one: RosterRow, other: RosterRow) => other.left_on === null || one.hired_on <= other.left_on;
  return begins(a, b) && begins(b, a);
}

function checkReferences(roster: readonly RosterRow[], numbers: ReadonlySet<string>, problems: Problem[]): void {
  for (const row of roster) {
    const unknown = (number: string | null) => number !== null && !numbers.has(number);
    const expected = 'このファイルにいる職員の職員番号を書いてください。';
    if (unknown(row.head))
      problems.push(problemAt(row.line, '所属長', row.head ?? '', `${expected}最上位の職員は空にします。`));
    if (unknown(row.deputy))
      problems.push(problemAt(row.line, '代決者', row.deputy ?? '', `${expected}いなければ空にします。`));
  }
}
