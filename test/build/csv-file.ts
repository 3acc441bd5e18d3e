import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STAFF_REQUIRED } from '../../src/people/roster/schema.ts';
import { aadOf } from './staff-member.ts';

export type Row = Record<string, string>;

/** One line of a staff file: an office worker of the invented 見本課, with what a test says otherwise. */
export function aStaffRow(number: string, differs: Row = {}): Row {
  return {
    職員番号: number,
    氏名: `見本 ${number}`,
    メール: `s${number}@example.jp`,
    AADオブジェクトID: aadOf(number),
    局区: '見本局',
    部: '見本部',
    課: '見本課',
    職位: '職員',
    管理職: '0',
    所属長: '',
    勤務区分: '日勤',
    始業: '08:30',
    終業: '17:15',
    採用日: '2015-04-01',
    退職日: '',
    言語: 'ja',
    ...differs,
  };
}

/** CSV text with a header of every column that a row has, the staff file's own columns where there is no row. */
export function csvOf(rows: Row[]): string {
  const named = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = named.length > 0 ? named : [...STAFF_REQUIRED];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

let count = 0;

/** Writes a file into the folder of the test and gives its path. */
export function aFile(folder: string, content: string | Uint8Array | Row[]): string {
  count += 1;
  const path = join(folder, `file-${count}.csv`);
  writeFileSync(path, Array.isArray(content) ? csvOf(content) : content);
  return path;
}
