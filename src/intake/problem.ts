/** What is wrong with one cell, for the operator: where, what was read, and what was expected there (a Japanese sentence). */
export interface Problem {
  line: number;
  column: string;
  read: string;
  expected: string;
}

const LONGEST_SHOWN = 100;

/** A problem whose `read` is cut to what fits a line of a terminal; control characters are shown as 「?」. */
export function problemAt(line: number, column: string, read: string, expected: string): Problem {
  const shown = read.length > LONGEST_SHOWN ? `${read.slice(0, LONGEST_SHOWN)}…` : read;
  return { line, column, read: shown.replaceAll(/\p{Cc}/gu, '?'), expected };
}
