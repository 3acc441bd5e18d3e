import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { decodeText } from './decode-text.ts';
import { type Problem, problemAt } from './problem.ts';
import type { ProblemList } from './problem-list.ts';
import { readHeader } from './read-header.ts';
import { LARGEST_FILE, tooLarge, tooManyRows, wrongCell } from './read-table.ts';
import { delimiterOf, splitRecords, type TextRecord } from './split-records.ts';
import type { TableShape } from './table.ts';

const PIECE = 1 << 16;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/** Takes one row: its line, and its cells in the order of `[...required, ...optional]`; a column the file does not have is empty. */
export type TakeRow = (line: number, cells: string[]) => void;

/**
 * Reads a file of millions of rows piece by piece, by the same rules as `readTable`, without keeping the rows. What is wrong
 * goes to `problems`; with problems in the header no row is given, with a broken quotation none behind it.
 */
export function readRows(
  bytes: Uint8Array,
  shape: TableShape & { maxRows: number },
  problems: ProblemList,
  take: TakeRow,
): { rows: number; digest: string } {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const text = utf8Of(bytes, shape, problems);
  if (text === null) return { rows: 0, digest };
  const reader = new RowReader(shape, problems, take);
  for (const piece of piecesOf(text)) if (!reader.read(piece)) break;
  return { rows: reader.end(), digest };
}

/** The bytes as UTF-8 without BOM, or null where they are no text that can be read. */
function utf8Of(bytes: Uint8Array, shape: TableShape, problems: ProblemList): Buffer | null {
  const own = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > LARGEST_FILE) {
    problems.add(tooLarge(bytes.length));
    return null;
  }
  if (isUtf8(own)) return own[0] === 0xef && own[1] === 0xbb && own[2] === 0xbf ? own.subarray(3) : own;
  const decoded = decodeText(bytes, [...shape.required, ...shape.optional]);
  if ('text' in decoded) return Buffer.from(decoded.text, 'utf8');
  problems.add(decoded.problem);
  return null;
}

/** Pieces of about 64 KB that end with a record: at a line feed outside of quotation marks. */
function* piecesOf(bytes: Buffer): Generator<string> {
  for (let start = 0; start < bytes.length; ) {
    const end = endOfPiece(bytes, start);
    yield bytes.toString('utf8', start, end);
    start = end;
  }
}

function endOfPiece(bytes: Buffer, start: number): number {
  let quotes = 0;
  let counted = start;
  for (let from = start + PIECE; from < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, from);
    if (feed === -1) break;
    quotes += quotesBetween(bytes, counted, feed);
    if (quotes % 2 === 0) return feed + 1;
    counted = feed;
    from = feed + 1;
  }
  return bytes.length;
}

function quotesBetween(bytes: Buffer, from: number, to: number): number {
  const some = bytes.subarray(from, to);
  let count = 0;
  for (let at = some.indexOf(QUOTE); at !== -1; at = some.indexOf(QUOTE, at + 1)) count += 1;
  return count;
}

/** A file of Linux has no carriage returns: one plain character is found several times faster than one of three ends. */
const linesOf = (piece: string) => piece.split(piece.includes('\r') ? /\r\n|\n|\r/ : '\n');

/** Reads one piece after the other; the first record of the first one is the header. */
class RowReader {
  readonly #shape: TableShape & { maxRows: number };
  readonly #problems: ProblemList;
  readonly #take: TakeRow;
  #line = 1;
  #rows = 0;
  #delimiter: ',' | '\t' = ',';
  /** Where each column of the shape stands in the file; null before the header was read. */
  #places: number[] | null = null;
  #columns: string[] = [];
  #stopped = false;

  constructor(shape: TableShape & { maxRows: number }, problems: ProblemList, take: TakeRow) {
    this.#shape = shape;
    this.#problems = problems;
    this.#take = take;
  }

  /** False when nothing more is to be read. */
  read(piece: string): boolean {
    if (this.#places === null) this.#delimiter = delimiterOf(piece);
    if (piece.includes('"')) this.#readQuoted(piece);
    else this.#readPlain(piece);
    return !this.#stopped;
  }

  end(): number {
    if (this.#places === null && !this.#stopped)
      this.#problems.add(problemAt(1, '', '空のファイル', '1行目に列の名前、2行目から内容を書いてください。'));
    return this.#rows;
  }

  #readPlain(piece: string): void {
    const lines = linesOf(piece);
    const last = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    for (let at = 0; at < last && !this.#stopped; at += 1) {
      const line = lines[at] ?? '';
      if (line !== '') this.#record({ line: this.#line, cells: line.split(this.#delimiter) });
      this.#line += 1;
    }
  }

  #readQuoted(piece: string): void {
    const { records, problem } = splitRecords(piece, Number.POSITIVE_INFINITY, this.#delimiter);
    const before = this.#line - 1;
    if (problem !== null) this.#stop({ ...problem, line: problem.line + before });
    for (const { line, cells } of records) if (!this.#stopped) this.#record({ line: line + before, cells });
    this.#line += linesOf(piece).length - 1;
  }

  #record(record: TextRecord): void {
    if (record.cells.every((cell) => cell.trim() === '')) return;
    if (this.#places === null) {
      this.#header(record);
      return;
    }
    this.#rows += 1;
    if (this.#rows > this.#shape.maxRows) {
      this.#stop(tooManyRows(record.line, this.#shape.maxRows));
      return;
    }
    if (record.cells.length !== this.#columns.length) {
      const expected = `列の数は1行目と同じ${this.#columns.length}個にしてください。`;
      this.#problems.add(problemAt(record.line, '', `${record.cells.length}個`, expected));
      return;
    }
    this.#take(record.line, this.#cells(record, this.#places));
  }

  #header(record: TextRecord): void {
    const { columns, problems } = readHeader(record, this.#shape);
    this.#columns = columns;
    this.#places = [...this.#shape.required, ...this.#shape.optional].map((column) => columns.indexOf(column));
    if (problems.length > 0) this.#stop(...problems);
  }

  #cells({ line, cells }: TextRecord, places: readonly number[]): string[] {
    return places.map((place) => {
      const cell = (cells[place] ?? '').trim();
      const wrong = wrongCell(cell);
      if (wrong === null) return cell;
      this.#problems.add(problemAt(line, this.#columns[place] ?? '', cell, wrong));
      return '';
    });
  }

  #stop(...why: Problem[]): void {
    this.#problems.add(...why);
    this.#stopped = true;
  }
}
