import { type Kysely, sql } from 'kysely';

/**
 * Updates that wait, oldest first: asked at every step of delivery; and those that belong to a service, which others look after. A
 * pause that was told stands in the gate before what told it is recorded.
 */
const statements = [
  `create index message_update_waiting on message_update (queued_at) where state = 'pending'`,
  'create index message_update_owner on message_update (owner) where owner is not null',
  'alter table delivery_gate add column told_until bigint not null default 0',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
