import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../src/intake/index.ts';
import { peopleRoom } from '../../src/people/index.ts';
import type { CliResult, Ports } from '../../src/ports/room.ts';
import { aadOf } from '../build/staff-member.ts';

/** What `import … --json` prints. */
export interface Printed {
  rows: number;
  added: number;
  changed: number;
  withdrawn: number;
  unchanged: number;
  problems: Problem[];
  problemsTotal: number;
  dryRun: boolean;
  digest: string;
}

type Options = Record<string, string | boolean>;

export const STAFF_COLUMNS =
  '職員番号,氏名,メール,AADオブジェクトID,局区,部,課,職位,管理職,所属長,勤務区分,始業,終業,採用日,退職日,言語'.split(
    ',',
  );

export type Row = Record<string, string>;

/** A row of a staff file: an office worker of 見本局/見本部/見本課 with no head, with what a test says otherwise. */
export function staffRow(differs: Row & { 職員番号: string }): Row {
  const number = differs.職員番号;
  return {
    氏名: `見本 ${number}`,
    メール: `s${number}@example.jp`,
    AADオブジェクトID: /^\d+$/.test(number) ? aadOf(number) : '',
    局区: '見本局',
    部: '見本部',
    課: '見本課',
    職位: '職員',
    管理職: '0',
    勤務区分: '日勤',
    始業: '8:30',
    終業: '17:15',
    採用日: '2020-04-01',
    言語: 'ja',
    ...differs,
  };
}

/** Rows as CSV with the given columns first, then whatever else the rows have. */
export function csvOf(columns: readonly string[], rows: readonly Row[]): string {
  const all = [...new Set([...columns, ...rows.flatMap((row) => Object.keys(row))])];
  return [all, ...rows.map((row) => all.map((column) => row[column] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}

export const staffCsv = (...rows: (Row & { 職員番号: string })[]): string => csvOf(STAFF_COLUMNS, rows.map(staffRow));

let files = 0;

/** Runs `import <kind>` of the room on a file with that content. */
export async function take(
  ports: Ports,
  kind: string,
  content: string | Uint8Array,
  options: Options = {},
): Promise<CliResult & { printed: Printed }> {
  files += 1;
  const file = join(ports.settings.dataFolder, `${kind}-${files}.csv`);
  writeFileSync(file, content);
  const command = peopleRoom.cli?.find((one) => one.name === `import ${kind}`);
  if (command === undefined) throw new Error(`The room has no command import ${kind}.`);
  const result = await command.run(ports, [file], options);
  return { ...result, printed: result.document as Printed };
}

/** The same, for a file a test needs to be taken in. */
export async function taken(ports: Ports, kind: string, content: string, options: Options = {}): Promise<Printed> {
  const { failed, lines, printed } = await take(ports, kind, content, options);
  if (failed) throw new Error(`${failed.message} ${lines.join(' ')}`);
  return printed;
}

/** Everything an import may write, to compare before and after. */
export async function everything({ database: { db } }: Ports): Promise<Record<string, object[]>> {
  return {
    staff: await db.selectFrom('staff_row').selectAll().orderBy('staff').orderBy('valid_from').execute(),
    sections: await db.selectFrom('section').selectAll().orderBy('id').execute(),
    posts: await db.selectFrom('post').selectAll().orderBy('section_id').orderBy('role').orderBy('staff').execute(),
    leave: await db.selectFrom('leave_day').selectAll().orderBy('date').orderBy('staff').orderBy('kind').execute(),
    balances: await db.selectFrom('leave_balance').selectAll().orderBy('staff').orderBy('year').execute(),
    sealed: await db.selectFrom('sealed_file').selectAll().orderBy('id').execute(),
    files: await db.selectFrom('import_file').selectAll().orderBy('id').execute(),
    audit: await db.selectFrom('audit').selectAll().orderBy('seq').execute(),
  };
}

export async function importedFiles({ database: { db } }: Ports): Promise<string[]> {
  const rows = await db.selectFrom('import_file').select('kind').orderBy('imported_at').execute();
  return rows.map((row) => row.kind);
}
