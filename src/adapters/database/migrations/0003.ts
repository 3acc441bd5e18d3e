import { type Kysely, sql } from 'kysely';

/** What the city's systems say of who is at work (src/attendance). Statements that mean the same to SQLite and PostgreSQL. */
const tables = [
  `create table clock_entry (staff text not null, date text not null, start_minute integer not null, end_minute integer,
    import_id text not null, primary key (staff, date, start_minute))`,
  `create index clock_entry_date on clock_entry (date, staff)`,
  `create table overtime_order (staff text not null, date text not null, seq integer not null, applied_at bigint not null,
    start_minute integer not null, end_minute integer not null, status text not null, taken_at bigint not null, import_id text not null,
    primary key (staff, date, seq))`,
  `create index overtime_order_date on overtime_order (date, staff)`,
];

/**
 * The clock lives as long as the answers it is laid beside (P27: 93 days); orders as long as the 了承 they are compared with
 * (3 years).
 */
const retention: [table: string, kind: string, days: number, aged: [column: string, unit: 'date']][] = [
  ['clock_entry', 'attendance', 93, ['date', 'date']],
  ['overtime_order', 'acknowledgement', 1096, ['date', 'date']],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
  for (const [table, kind, days, [column, unit]] of retention) {
    await sql`insert into retention (table_name, class, days, aged_by, aged_in)
      values (${table}, ${kind}, ${days}, ${column}, ${unit})`.execute(db);
  }
}
