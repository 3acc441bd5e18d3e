import type { ImportCounts } from '../intake/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';

/** One line for a file that changed something, in the transaction that wrote its rows. */
export async function recordImport(
  ports: Ports,
  db: Db,
  file: ImportCounts & { id: string; kind: string; digest: string; effective: LocalDate | null; rows: number },
): Promise<void> {
  await db
    .insertInto('import_file')
    .values({ ...file, imported_at: ports.clock.now() })
    .execute();
}

/** Rows of one statement: SQLite takes 32,766 parameters. */
const rowsAtOnce = 400;

export function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce);
}
