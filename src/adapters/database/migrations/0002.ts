import { type Kysely, sql } from 'kysely';

/*
 * Several services on one store, people who cannot be reached: the gate in front of the Connector (shared pace, pause, breaker),
 * the present run of refusals, and chats opened with people who never wrote.
 */
const steps = [
  `alter table message add column resends_left integer not null default 0`,
  `create index message_owned on message (owner) where state = 'pending' and owner is not null`,
  `alter table message_update add column again integer not null default 0`,
  `create table delivery_gate (name text primary key, tokens bigint not null, counted_at bigint not null, paused_until bigint not null,
    failed integer not null, refused integer not null, opened_at bigint, probe_at bigint not null, closed_at bigint, undone integer not null)`,
  `insert into delivery_gate (name, tokens, counted_at, paused_until, failed, refused, opened_at, probe_at, closed_at, undone)
    values ('connector', 0, 0, 0, 0, 0, null, 0, null, 0)`,
  `create table refusal (id text primary key, message_id text, aad_id text not null, refused_at bigint not null)`,
  `create table chat_opening (id text primary key, aad_id text not null unique, state text not null, why text, attempts integer not null,
    owner text, created_at bigint not null, settled_at bigint)`,
  `create index chat_opening_state on chat_opening (state, created_at)`,
];

const retention: [table: string, kind: string][] = [
  ['delivery_gate', 'operation'],
  ['refusal', 'operation'],
  ['chat_opening', 'roster'],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
  for (const [table, kind] of retention) {
    await sql`insert into retention (table_name, class, days, aged_by, aged_in)
      values (${table}, ${kind}, null, null, null)`.execute(db);
  }
}
