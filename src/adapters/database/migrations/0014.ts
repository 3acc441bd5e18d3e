import { type Kysely, sql } from 'kysely';

/** Every minute asks whether the roster has been imported anew; files of clock punches come by the hundred. */
const indexes = ['create index import_file_kind on import_file (kind, imported_at)'];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const index of indexes) await sql.raw(index).execute(db);
}
