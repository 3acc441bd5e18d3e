import { type Kysely, sql } from 'kysely';

/** What every minute asks for: items that wait for their last word, and who begins work then. */
const indexes = [
  `create index item_unnoted on item (rule, last_useful_at) where state = 'open' and note is null`,
  'create index staff_row_start on staff_row (start_minute)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const index of indexes) await sql.raw(index).execute(db);
}
