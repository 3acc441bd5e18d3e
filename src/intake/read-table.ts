import { createHash } from 'node:crypto';
import { decodeText } from './decode-text.ts';
import { type Problem, problemAt } from './problem.ts';
import { readHeader } from './read-header.ts';
import { splitRecords, type TextRecord } from './split-records.ts';
import type { Table, TableRow, TableShape } from './table.ts';

export const LARGEST_FILE = 50 * 1024 * 1024;
export const LARGEST_FIELD = 10 * 1024;
const MOST_ROWS = 200_000;

/**
 * Reads a CSV or TSV file as a city exports it (contracts.md 3). Never throws: whatever the bytes are, the answer is rows
 * or problems in sentences for the operator. With problems in the header or the quotation there are no rows.
 */
export function readTable(bytes: Uint8Array, shape: TableShape): Table {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const refused = (...problems: Problem[]): Table => ({ rows: [], problems, digest });
  if (bytes.length > LARGEST_FILE) return refused(tooLarge(bytes.length));
  const decoded = decodeText(bytes, [...shape.required, ...shape.optional]);
  if ('problem' in decoded) return refused(decoded.problem);
  if (decoded.text.trim() === '')
    return refused(problemAt(1, '', '空のファイル', '1行目に列の名前、2行目から内容を書いてください。'));
  const maxRows = shape.maxRows ?? MOST_ROWS;
  const { records, problem } = splitRecords(decoded.text, maxRows + 2);
  const [first, ...rest] = records;
  if (problem !== null || first === undefined) return refused(problem ?? noHeader());
  const header = readHeader(first, shape);
  if (header.problems.length > 0) return refused(...header.problems);
  if (rest.length > maxRows) return refused(tooManyRows(rest[maxRows]?.line ?? 1, maxRows));
  const problems: Problem[] = [];
  const rows = rest.map((record) => rowOf(record, header.columns, problems));
  return { rows, problems, digest };
}

function rowOf(record: TextRecord, columns: string[], problems: Problem[]): TableRow {
  const values: Record<string, string> = {};
  if (record.cells.length !== columns.length) {
    const expected = `列の数は1行目と同じ${columns.length}個にしてください。`;
    problems.push(problemAt(record.line, '', `${record.cells.length}個`, expected));
  }
  columns.forEach((column, at) => {
    const cell = (record.cells[at] ?? '').trim();
    const wrong = wrongCell(cell);
    if (wrong !== null) problems.push(problemAt(record.line, column, cell, wrong));
    values[column] = wrong === null ? cell : '';
  });
  return { line: record.line, values };
}

/** Why a cell cannot be taken as it is; null where it can. */
export function wrongCell(cell: string): string | null {
  if (cell.length * 3 > LARGEST_FIELD && Buffer.byteLength(cell) > LARGEST_FIELD) {
    return `1つの項目は${LARGEST_FIELD / 1024} KB以内にしてください。`;
  }
  return cell.includes('\0') ? 'NUL文字を取り除いてください。' : null;
}

const noHeader = () => problemAt(1, '', '列の名前がありません', '1行目に列の名前を書いてください。');

export const tooLarge = (size: number) =>
  problemAt(1, '', `${size}バイト`, `ファイルは${LARGEST_FILE / 1024 / 1024} MB以内にしてください。`);

export const tooManyRows = (line: number, most: number) =>
  problemAt(
    line,
    '',
    `${most.toLocaleString('ja-JP')}行を超えています`,
    `1つのファイルは${most.toLocaleString('ja-JP')}行以内にしてください。`,
  );
