import { type Kysely, sql } from 'kysely';

/** What heads set for their sections, C03, the gap list, the weekly digest and C12. */
const tables = [
  `create table section_setting (section_id text not null, name text not null, value text not null, valid_from text not null,
    set_by text not null, set_at bigint not null, primary key (section_id, name, valid_from))`,
  `create table prior_application_answer (item_id text primary key, staff text not null, date text not null, answer text not null,
    answered_at bigint not null)`,
  `create table clock_gap_answer (staff text not null, date text not null, answer text not null, answered_at bigint not null,
    primary key (staff, date))`,
  `create table weekly_digest_comment (item_id text primary key, staff text not null, date text not null, comment text not null,
    written_at bigint not null)`,
  `create table interval_answer (item_id text primary key, staff text not null, date text not null, answer text not null,
    answered_at bigint not null, asked text, seen_at bigint)`,
  `create table interval_note (item_id text primary key, note text not null, written_at bigint not null)`,
];

type Aged = [column: string, unit: 'date' | 'instant'] | null;

/** Answers live 93 days and free text 31 (P27), as those of the no-overtime day. */
const retention: [table: string, kind: string, days: number | null, aged: Aged][] = [
  ['section_setting', 'rules', null, null],
  ['prior_application_answer', 'answer', 93, ['date', 'date']],
  ['clock_gap_answer', 'answer', 93, ['date', 'date']],
  ['weekly_digest_comment', 'answer-text', 31, ['written_at', 'instant']],
  ['interval_answer', 'answer', 93, ['date', 'date']],
  ['interval_note', 'answer-text', 31, ['written_at', 'instant']],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
  for (const [table, kind, days, aged] of retention) {
    const [column, unit] = aged ?? [null, null];
    await sql`insert into retention (table_name, class, days, aged_by, aged_in)
      values (${table}, ${kind}, ${days}, ${column}, ${unit})`.execute(db);
  }
}
