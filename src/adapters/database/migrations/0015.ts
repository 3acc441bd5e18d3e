import { type Kysely, sql } from 'kysely';

/** Services tell each other of a pause over the session of their locks, past the store (decision 0027). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table delivery_gate drop column told_until').execute(db);
}
