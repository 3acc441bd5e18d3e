import { type Kysely, sql } from 'kysely';

/** The overtime ledger: files taken in, minutes by person and day, minutes of months before it begins, restrictions. */
const tables = [
  `create table hours_file (no integer primary key, import_id text not null, kind text not null, digest text not null, imported_at bigint not null,
    first_date text, last_date text)`,
  `create table hours_row (staff text not null, date text not null, kind text not null, minutes integer not null, section_id text, flag text,
    reason text, file_no integer not null, withdrawn_no integer)`,
  `create index hours_row_staff on hours_row (staff, date)`,
  `create index hours_row_file on hours_row (file_no)`,
  `create index hours_row_withdrawn on hours_row (withdrawn_no) where withdrawn_no is not null`,
  `create table hours_opening (staff text not null, month text not null, minutes integer not null, file_no integer not null, withdrawn_no integer)`,
  `create index hours_opening_staff on hours_opening (staff, month)`,
  `create table restriction (staff text not null, kind text not null, valid_from text not null, valid_to text, import_id text not null,
    primary key (staff, kind, valid_from))`,
];

type Aged = [column: string, unit: 'date' | 'instant'] | null;

/** Seven years: the published table shows six years side by side. A restriction is kept a year after its end. */
const retention: [table: string, kind: string, days: number | null, aged: Aged][] = [
  ['hours_file', 'operation', null, null],
  ['hours_row', 'hours', 2557, ['date', 'date']],
  ['hours_opening', 'hours', 2557, ['month', 'date']],
  ['restriction', 'restriction', 366, ['valid_to', 'date']],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
  for (const [table, kind, days, aged] of retention) {
    const [column, unit] = aged ?? [null, null];
    await sql`insert into retention (table_name, class, days, aged_by, aged_in)
      values (${table}, ${kind}, ${days}, ${column}, ${unit})`.execute(db);
  }
}
