/** One printed sheet of a workbook: title, a head row, rows, notes below. Empty cells are null. */
export interface PrintedSheet {
  /** Name of the sheet: at most 31 characters, none of `[]:*?/\`. */
  name: string;
  title: string;
  columns: string[];
  rows: (string | number | null)[][];
  notes: string[];
  /** Always across (横). */
  paper: 'A4' | 'A3';
}

/** Writes workbooks for the person at the command line. */
export interface Sheets {
  /** A new XLSX file, whole or not at all; never over one that is there. Refuses (Refusal) in one sentence what cannot be written. */
  save(path: string, sheets: PrintedSheet[]): Promise<void>;
}

/** Blanks, BOM, zero-width, control and other signs nobody sees, then what a spreadsheet takes for the start of a formula. */
const startsFormula =
  /^[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]*[=+\-@|＝＋－＠｜−﹣﹦﹢﹫]|^[\p{C}\p{Z}]*[\t\r\n]/u;

/** A text that no spreadsheet takes for a formula: one that would begin like one gets a `'` in front; every other is unchanged. */
export function defused(text: string): string {
  return startsFormula.test(text) ? `'${text}` : text;
}

/** One line of a table with tabs between the cells; no cell can begin another cell, another line or a formula. */
export function tabbedLine(cells: readonly (string | number | null)[]): string {
  return cells
    .map((cell) => {
      if (typeof cell !== 'string') return cell === null ? '' : String(cell);
      const text = defused(cell).replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
      return /[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join('\t');
}
