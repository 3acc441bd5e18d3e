import { type Kysely, sql } from 'kysely';

/** Statements that mean the same to SQLite and PostgreSQL. */
const tables = [
  `create table meta (key text primary key, value text not null)`,
  `create table retention (table_name text primary key, class text not null, days integer, aged_by text, aged_in text)`,
  `create table policy_version (version integer primary key, digest text not null, yaml text not null, applied_at bigint not null, applied_by text not null)`,
  `create table holiday (date text primary key, name text, import_id text not null)`,
  `create table import_file (id text primary key, kind text not null, digest text not null, effective text, imported_at bigint not null,
    rows integer not null, added integer not null, changed integer not null, withdrawn integer not null, unchanged integer not null)`,
  `create table sealed_file (id text primary key, kind text not null, effective text not null, digest text not null, sealed_at bigint not null,
    content text not null, opened_at bigint)`,
  `create table staff_row (staff text not null, valid_from text not null, name text not null, email text not null, aad_id text,
    bureau text not null, division text not null, unit text not null, section_id text not null, section_code text,
    post text not null, manager integer not null, head text, work_type text not null, start_minute integer, end_minute integer,
    hired_on text not null, left_on text, language text not null,
    staff_class text, appointer text, category text, workplace text, week_minutes integer, terminal text, previous_number text, deputy text,
    telework text, age_band text, gender text, import_id text not null, primary key (staff, valid_from))`,
  `create index staff_row_aad on staff_row (aad_id)`,
  `create index staff_row_head on staff_row (head)`,
  `create table section (id text primary key, code text, bureau text not null, division text not null, unit text not null, path text not null,
    valid_from text, valid_to text, appointer text, schedule_item text, successor_code text, import_id text not null)`,
  `create index section_path on section (path)`,
  `create table post (section_id text not null, role text not null, staff text, kind text not null, valid_from text not null, valid_to text,
    ground text, import_id text not null)`,
  `create index post_section on post (section_id, role)`,
  `create table leave_day (staff text not null, date text not null, kind text not null, minutes integer, start_minute integer,
    category text not null, import_id text not null)`,
  `create index leave_day_date on leave_day (date, staff)`,
  `create table leave_balance (staff text not null, year integer not null, granted_days integer not null, granted_minutes integer not null,
    carried_days integer not null, carried_minutes integer not null, import_id text not null, primary key (staff, year))`,
  `create table conversation (aad_id text primary key, conversation_id text not null, service_url text not null, tenant_id text, user_id text,
    bot_id text, updated_at bigint not null, unreachable_why text, unreachable_since bigint)`,
  `create table language_choice (staff text primary key, language text not null, chosen_at bigint not null)`,
  `create table unknown_sender (aad_id text primary key, first_at bigint not null, last_at bigint not null, times integer not null)`,
  `create table role_grant (staff text not null, role text not null, section_id text, valid_from text not null, valid_to text,
    granted_by text not null, granted_at bigint not null, primary key (staff, role, valid_from))`,
  `create table occasion (rule text not null, date text not null, minute bigint not null, state text not null, fired_at bigint not null,
    policy_version integer not null, planned integer not null, skipped integer not null, primary key (rule, date, minute))`,
  `create table item (id text primary key, rule text not null, occasion text not null, date text not null, staff text not null, card text not null,
    due_at bigint not null, last_useful_at bigint not null, urgency text not null, priority integer not null, state text not null, why text, note text,
    about text, revision integer not null, policy_version integer not null, created_at bigint not null, unique (rule, occasion, staff))`,
  `create index item_staff on item (staff, date)`,
  `create table message (id text primary key, staff text not null, aad_id text, priority integer not null, due_at bigint not null,
    last_useful_at bigint not null, state text not null, why text, attempts integer not null, owner text, activity_id text, created_at bigint not null,
    settled_at bigint, shown_revision integer)`,
  `create index message_waiting on message (priority, due_at) where state = 'pending' and why is null`,
  `create index message_sending on message (state) where state = 'sending'`,
  `create index message_open on message (last_useful_at) where state = 'pending'`,
  `create index message_aad on message (aad_id) where state = 'pending'`,
  `create table message_item (message_id text not null, item_id text not null, revision integer not null, from_at bigint not null, until_at bigint,
    primary key (message_id, item_id, revision))`,
  `create index message_item_item on message_item (item_id)`,
  `create table message_update (message_id text primary key, state text not null, attempts integer not null, owner text, queued_at bigint not null)`,
  `create table attempt (id text primary key, message_id text not null, kind text not null, started_at bigint not null, ended_at bigint, outcome text,
    status integer, why text)`,
  `create index attempt_message on attempt (message_id)`,
  `create table handled_activity (activity_id text primary key, handled_at bigint not null)`,
  `create table no_overtime_answer (item_id text primary key, staff text not null, date text not null, answer text not null, reason text,
    until_minute integer, answered_at bigint not null)`,
  `create index no_overtime_answer_date on no_overtime_answer (date, staff)`,
  `create table no_overtime_note (item_id text primary key, note text not null, written_at bigint not null)`,
  `create table no_overtime_decision (item_id text primary key, staff text not null, date text not null, head text not null, decision text not null,
    until_minute integer, decided_at bigint not null)`,
  `create table no_overtime_count (date text not null, section_id text not null, answer text not null, people integer not null,
    primary key (date, section_id, answer))`,
  `create table audit (seq bigint primary key, at bigint not null, actor text not null, action text not null, subject text not null,
    detail text not null, previous text not null, hash text not null)`,
];

type Aged = [column: string, unit: 'date' | 'instant'] | null;

/**
 * Retention classes of P27, in days (null: as long as what it describes), and the column by which a row's age is told
 * (null: rows are not deleted one by one; the audit is a chain).
 */
const retention: [table: string, kind: string, days: number | null, aged: Aged][] = [
  ['meta', 'operation', null, null],
  ['retention', 'operation', null, null],
  ['policy_version', 'rules', null, null],
  ['holiday', 'rules', null, null],
  ['import_file', 'operation', 1826, ['imported_at', 'instant']],
  ['sealed_file', 'roster', null, null],
  ['staff_row', 'roster', null, null],
  ['section', 'roster', null, null],
  ['post', 'roster', null, null],
  ['leave_day', 'leave', 1826, ['date', 'date']],
  ['leave_balance', 'leave', null, null],
  ['conversation', 'roster', null, null],
  ['language_choice', 'roster', null, null],
  ['unknown_sender', 'operation', 90, ['last_at', 'instant']],
  ['role_grant', 'roster', null, null],
  ['occasion', 'reminder', 90, ['date', 'date']],
  ['item', 'answer', 93, ['date', 'date']],
  ['message', 'reminder', 90, ['created_at', 'instant']],
  ['message_item', 'reminder', 90, ['from_at', 'instant']],
  ['message_update', 'reminder', 90, ['queued_at', 'instant']],
  ['attempt', 'reminder', 90, ['started_at', 'instant']],
  ['handled_activity', 'operation', 7, ['handled_at', 'instant']],
  ['no_overtime_answer', 'answer', 93, ['date', 'date']],
  ['no_overtime_note', 'answer-text', 31, ['written_at', 'instant']],
  ['no_overtime_decision', 'acknowledgement', 1096, ['date', 'date']],
  ['no_overtime_count', 'count', null, null],
  ['audit', 'audit', 1826, null],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
  for (const [table, kind, days, aged] of retention) {
    const [column, unit] = aged ?? [null, null];
    await sql`insert into retention (table_name, class, days, aged_by, aged_in)
      values (${table}, ${kind}, ${days}, ${column}, ${unit})`.execute(db);
  }
}
