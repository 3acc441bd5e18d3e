import { type Kysely, sql } from 'kysely';

/*
 * Contact budget and digest: what counts when it goes, the week it was counted in, and messages that carry more than their own
 * item. A message of before counts for nothing and carries nothing.
 */
const steps = [
  `alter table message add column counts integer not null default 0`,
  `alter table message add column counted_week text`,
  `alter table message add column carries integer not null default 0`,
  `alter table message_item add column place integer not null default 0`,
  `create index message_counted on message (counted_week, staff) where counted_week is not null`,
  `create index message_held on message (staff) where state = 'pending' and why in ('budget', 'digest')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
