import { type Kysely, sql } from 'kysely';

/** Which 終業 occur in the roster is asked each day; that of 始業 stands since 0010 (decision 0017). */
const indexes = ['create index staff_row_end on staff_row (end_minute)'];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const index of indexes) await sql.raw(index).execute(db);
}
