import { type Kysely, sql } from 'kysely';

/** 午後8時: what was answered, asked and acknowledged of an evening, 事前了承, and the counts that stay. */
const tables = [
  `create table late_work_answer (staff text not null, date text not null, answer text not null, reason text, until_minute integer,
    answered_at bigint not null, primary key (staff, date))`,
  `create index late_work_answer_date on late_work_answer (date)`,
  `create table late_work_note (staff text not null, date text not null, note text not null, written_at bigint not null, primary key (staff, date))`,
  `create table late_work_request (staff text not null, date text not null, kind text not null, head text not null, asked_of text, asked_as text,
    optional integer not null, until_minute integer, asked_at bigint not null, primary key (staff, date))`,
  `create index late_work_request_date on late_work_request (date, asked_of)`,
  `create table late_work_decision (staff text not null, date text not null, asked_at bigint not null, head text not null, decision text not null,
    until_minute integer, decided_at bigint not null, later_start_at bigint, primary key (staff, date, asked_at))`,
  `create index late_work_decision_date on late_work_decision (date)`,
  `create table late_work_prior (id text primary key, staff text not null, head text not null, from_date text not null, to_date text not null,
    until_minute integer not null, reason text not null, recorded_at bigint not null, withdrawn_at bigint)`,
  `create index late_work_prior_date on late_work_prior (to_date, from_date)`,
  `create table late_work_prior_note (prior_id text primary key, note text not null, written_at bigint not null)`,
  `create table late_work_count (date text not null, section_id text not null, kind text not null, people integer not null,
    primary key (date, section_id, kind))`,
];

type Aged = [column: string, unit: 'date' | 'instant'] | null;

const retention: [table: string, kind: string, days: number | null, aged: Aged][] = [
  ['late_work_answer', 'answer', 93, ['date', 'date']],
  ['late_work_note', 'answer-text', 31, ['written_at', 'instant']],
  ['late_work_request', 'answer', 93, ['date', 'date']],
  ['late_work_decision', 'acknowledgement', 1096, ['date', 'date']],
  ['late_work_prior', 'acknowledgement', 1096, ['to_date', 'date']],
  ['late_work_prior_note', 'answer-text', 31, ['written_at', 'instant']],
  ['late_work_count', 'count', null, null],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
  for (const [table, kind, days, aged] of retention) {
    const [column, unit] = aged ?? [null, null];
    await sql`insert into retention (table_name, class, days, aged_by, aged_in)
      values (${table}, ${kind}, ${days}, ${column}, ${unit})`.execute(db);
  }
}
