import type { Progress } from '../ports/room.ts';

export { recordImport } from '../intake/index.ts';

/** Rows of one statement: SQLite takes 32,766 parameters. */
const rowsAtOnce = 400;

/** Parts of a long list, one statement each; `watched` hears how far they have come. */
export function* chunks<T>(rows: readonly T[], watched: Progress = () => {}): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    yield rows.slice(from, from + rowsAtOnce);
    watched(Math.min(from + rowsAtOnce, rows.length), rows.length);
  }
}
