import { CsvError, parse } from 'csv-parse/sync';
import { type Problem, problemAt } from './problem.ts';

export interface TextRecord {
  /** Line of the file on which the record begins; the header is line 1. */
  line: number;
  cells: string[];
}

/** `,` or TAB: whichever stands more often in the first line. */
export function delimiterOf(text: string): ',' | '\t' {
  const first = text.split(/\r|\n/, 1)[0] ?? '';
  return first.split('\t').length > first.split(',').length ? '\t' : ',';
}

/**
 * Splits a text into records and keeps the first `most`; records of empty cells only are left out and not counted. A
 * broken quotation is a problem with its line, and the records before it are lost with it.
 */
export function splitRecords(
  text: string,
  most: number,
  delimiter = delimiterOf(text),
): { records: TextRecord[]; problem: Problem | null } {
  const bytes = Buffer.from(text, 'utf8');
  const records: TextRecord[] = [];
  const lines = lineCounter(bytes);
  try {
    parse(bytes, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      on_record: (cells: string[], info) => {
        const line = lines.beginOfRecordEndingAt(info.bytes);
        if (records.length < most && cells.some((cell) => cell.trim() !== '')) records.push({ line, cells });
        return null;
      },
    });
    return { records, problem: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records: [], problem: brokenQuotation(error, lines) };
  }
}

/** The parser's own line numbers count a quoted CRLF twice; these are counted from the bytes. */
function lineCounter(bytes: Buffer) {
  let at = 0;
  let line = 1;
  const pass = (end: number) => {
    for (; at < end; at += 1) if (isLineEnd(bytes, at)) line += 1;
  };
  const passBlankLines = () => {
    while (bytes[at] === 0x0a || bytes[at] === 0x0d) pass(at + 1);
  };
  return {
    beginOfRecordEndingAt(end: number): number {
      passBlankLines();
      const begin = line;
      pass(end);
      return begin;
    },
    nextBegin(): number {
      passBlankLines();
      return line;
    },
  };
}

function isLineEnd(bytes: Buffer, at: number): boolean {
  if (bytes[at] === 0x0a) return true;
  return bytes[at] === 0x0d && bytes[at + 1] !== 0x0a;
}

function brokenQuotation(error: CsvError, lines: { nextBegin(): number }): Problem {
  const expected =
    error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? '開いた引用符（"）は同じ項目の中で閉じてください。'
      : '引用符（"）は項目の最初と最後にだけ置き、項目の中の引用符は "" と重ねてください。';
  return problemAt(lines.nextBegin(), '', '引用符（"）の使い方', expected);
}
