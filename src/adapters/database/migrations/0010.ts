import { type Kysely, sql } from 'kysely';

/** What is asked for often: items that wait for their last word, those made since an instant, and who begins work at a minute. */
const indexes = [
  `create index item_unnoted on item (rule, last_useful_at) where state = 'open' and note is null`,
  'create index item_created on item (created_at)',
  'create index staff_row_start on staff_row (start_minute)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const index of indexes) await sql.raw(index).execute(db);
}
