import { type Kysely, sql } from 'kysely';

/** What waits for its person's working hours is looked for every minute. */
const indexes = [`create index message_hours on message (staff) where state = 'pending' and why = 'hours'`];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const index of indexes) await sql.raw(index).execute(db);
}
