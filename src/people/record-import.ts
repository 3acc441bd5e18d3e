export { recordImport } from '../intake/index.ts';

/** Rows of one statement: SQLite takes 32,766 parameters. */
const rowsAtOnce = 400;

export function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce);
}
