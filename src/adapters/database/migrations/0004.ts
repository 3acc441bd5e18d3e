import { type Kysely, sql } from 'kysely';

/** What keeps a card back (src/pauses): 災害モード, a person's own stops and settings, and the answers after an election. */
const tables = [
  `create table emergency_mode (id text primary key, section_key text not null, path text not null, reason text not null,
    started_at bigint not null, started_by text not null, started_as text not null, ends_at bigint not null,
    extended_by text, extended_at bigint, ended_at bigint, ended_by text, stopped integer not null, had_left integer not null,
    told_at bigint)`,
  `create index emergency_mode_ends on emergency_mode (ends_at)`,
  `create table programme_stop (staff text not null, programme text not null, stopped_at bigint not null, primary key (staff, programme))`,
  `create table receive_setting (staff text primary key, outside_hours integer not null, set_at bigint not null)`,
  `create table rest_plan_answer (item_id text primary key, staff text not null, date text not null, answer text not null,
    answered_at bigint not null)`,
];

type Aged = [column: string, unit: 'date' | 'instant'] | null;

/** A mode is kept as the cases are (5 years); a person's own settings as long as the person; answers 93 days (P27). */
const retention: [table: string, kind: string, days: number | null, aged: Aged][] = [
  ['emergency_mode', 'case', 1826, ['started_at', 'instant']],
  ['programme_stop', 'roster', null, null],
  ['receive_setting', 'roster', null, null],
  ['rest_plan_answer', 'answer', 93, ['date', 'date']],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
  for (const [table, kind, days, aged] of retention) {
    const [column, unit] = aged ?? [null, null];
    await sql`insert into retention (table_name, class, days, aged_by, aged_in)
      values (${table}, ${kind}, ${days}, ${column}, ${unit})`.execute(db);
  }
}
