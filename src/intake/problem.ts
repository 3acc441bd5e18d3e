/** What is wrong with one cell, for the operator: where, what was read, and what was expected there (a Japanese sentence). */
export interface Problem {
  line: number;
  column: string;
  read: string;
  expected: string;
}

const LONGEST_SHOWN = 100;

/** What would move the cursor of a terminal or turn the direction of the text around it. */
const UNPRINTABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A problem that fits a terminal: of the names and cells of the file only the beginning is shown, and control characters
 * are shown as 「?」 wherever they stand, also where a sentence repeats what was read.
 */
export function problemAt(line: number, column: string, read: string, expected: string): Problem {
  return { line, column: shown(column), read: shown(read), expected: printable(expected) };
}

function shown(text: string): string {
  return printable(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
}

function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, '?');
}
