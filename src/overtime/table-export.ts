import { noteAct } from '../audit/index.ts';
import { type CliResult, type Ports, Refusal } from '../ports/room.ts';
import { tabbedLine } from '../ports/sheets.ts';
import type { Sheet } from './sheets.ts';

/** A table as lines with tabs, for the screen or to paste into a spreadsheet: no cell is taken for a formula. */
export function linesOf({ title, columns, rows, notes }: Sheet): string[] {
  return [[title], columns, ...rows, ...notes.map((note) => [note])].map(tabbedLine);
}

/** Writes a table to a new XLSX file and an `export` line, with counts only, to the audit chain: both or neither. */
export async function exportTable(ports: Ports, sheet: Sheet, path: string): Promise<CliResult> {
  const { sheets, database } = ports;
  if (sheets === undefined) throw new Refusal('usage', 'ここではファイルを書けません。', '--out');
  if (!path.toLowerCase().endsWith('.xlsx'))
    throw new Refusal('usage', '--out には .xlsx で終わるファイル名を書いてください。', '--out');
  const rows = sheet.rows.length;
  await database.transaction(async (db) => {
    const detail = { table: sheet.name, sheets: 1, rows };
    await noteAct(ports, db, { actor: 'cli', action: 'export', subject: 'overtime', detail });
    await sheets.save(path, [{ ...sheet, paper: sheet.name === 'E' ? 'A3' : 'A4' }]);
  });
  return { document: { file: path, sheets: 1, rows }, lines: [`${path}: ${sheet.title}（${rows}行）を書きました。`] };
}
