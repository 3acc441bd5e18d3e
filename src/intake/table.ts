import type { Problem } from './problem.ts';

/** Which columns a file may and must have, and how many rows it may hold. */
export interface TableShape {
  required: readonly string[];
  optional: readonly string[];
  /** Rows below the header; 200,000 where the contract names no other number. */
  maxRows?: number;
}

/** A row as it was written: cells by column, blanks around them cut off. Columns the file does not have are not in it. */
export interface TableRow {
  line: number;
  values: Record<string, string>;
}

export interface Table {
  rows: TableRow[];
  problems: Problem[];
  /** SHA-256 of the bytes, hex. */
  digest: string;
}
