import { type Kysely, sql } from 'kysely';

/**
 * The pace (decision 0014): calls go one by one at moments that all services share, the pace that Teams' answers taught, and
 * when each conversation was called last, where several services share a store.
 */
const changes = [
  'alter table delivery_gate drop column tokens',
  'alter table delivery_gate drop column counted_at',
  'alter table delivery_gate add column next_at bigint not null default 0',
  'alter table delivery_gate add column calls bigint not null default 0',
  `alter table delivery_gate add column late text not null default ''`,
  'alter table delivery_gate add column learned bigint',
  'alter table delivery_gate add column raise_at bigint not null default 0',
  'alter table delivery_gate add column hold bigint not null default 0',
  `alter table delivery_gate add column suspects text not null default ''`,
  'create table delivery_chat (chat text primary key, called_at bigint not null, owed_until bigint not null)',
];

const retention: [table: string, kind: string, days: number, aged: [column: string, unit: string]][] = [
  ['delivery_chat', 'operation', 1, ['called_at', 'instant']],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
  for (const [table, kind, days, [column, unit]] of retention) {
    await sql`insert into retention (table_name, class, days, aged_by, aged_in)
      values (${table}, ${kind}, ${days}, ${column}, ${unit})`.execute(db);
  }
}
