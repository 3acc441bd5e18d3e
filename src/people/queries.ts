import { type Expression, type ExpressionBuilder, sql } from 'kysely';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { kept, keptOfMany, keptOne, type Slots } from '../ports/kept-query.ts';
import type { Reader } from '../ports/room.ts';
import type { LeaveDayTable, StaffRowTable, Tables } from '../ports/tables.ts';

type Held = StaffRowTable & { notHired?: boolean };

type Column = `r.${keyof StaffRowTable}`;

/** One row per number, with these columns: the one in force on that date, else the earliest (held only from later on). */
export function heldOn<C extends Column>(db: Db, date: LocalDate | Expression<LocalDate>, columns: readonly C[]) {
  return held(db, date).select(columns);
}

function held(db: Db, date: LocalDate | Expression<LocalDate>) {
  return db.selectFrom('staff_row as r').where(
    'r.valid_from',
    '=',
    sql<string>`coalesce(
        (select max(h.valid_from) from staff_row h where h.staff = r.staff and h.valid_from <= ${date}),
        (select min(h.valid_from) from staff_row h where h.staff = r.staff))`,
  );
}

function inService(date: LocalDate | Expression<LocalDate>) {
  return (where: ExpressionBuilder<Tables & { r: StaffRowTable }, 'r'>) =>
    where.and([
      where('r.valid_from', '<=', date),
      where('r.hired_on', '<=', date),
      where.or([where('r.left_on', 'is', null), where('r.left_on', '>=', date)]),
    ]);
}

export const memberAsOf = <Row extends Pick<StaffRowTable, 'valid_from'>>(
  row: Row,
  date: LocalDate,
): Row & { notHired?: boolean } => (row.valid_from > date ? { ...row, notHired: true } : row);

const everybody = kept((db, is: Slots<{ date: LocalDate }>) => held(db, is('date')).selectAll('r').orderBy('r.staff'));

/** Everyone ever held, by 職員番号; a number first held later than the date comes with its earliest row and `notHired`. */
export async function staffOn(db: Db, date: LocalDate): Promise<Held[]> {
  return (await everybody(db, { date })).map((row) => memberAsOf(row, date));
}

/** Every number ever held, whoever is in service. */
export async function staffEverHeld(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('staff_row').select('staff').distinct().execute();
  return new Set(rows.map((row) => row.staff));
}

const rowOnDate = keptOne((db, is: Slots<{ staff: string; date: LocalDate }>) =>
  held(db, is('date')).selectAll('r').where('r.staff', '=', is('staff')),
);

/** One person as held on that date, or null for a number the store never held. */
export async function staffMemberOn(db: Db, staff: string, date: LocalDate): Promise<Held | null> {
  const row = await rowOnDate(db, { staff, date });
  return row === undefined ? null : memberAsOf(row, date);
}

/** What a card and a press on it have to know of a person: the whole row costs three times as much. */
const ofReader = ['r.staff', 'r.valid_from', 'r.left_on', 'r.language', 'r.head', 'r.end_minute'] as const;

/** A person as the roster says, for a card that is read. */
export type ReadingPerson = Pick<Held, 'staff' | 'valid_from' | 'left_on' | 'language' | 'head' | 'end_minute'>;

const rowsOfAad = kept((db, is: Slots<{ aadId: string; date: LocalDate }>) =>
  heldOn(db, is('date'), ofReader)
    .leftJoin('language_choice as own', 'own.staff', 'r.staff')
    .select(['own.language as chosen', 'r.hired_on'])
    .where('r.aad_id', '=', is('aadId')),
);

/**
 * Who owns that AADオブジェクトID on that date: a person in service, else one still to be hired. Null for nobody, an empty
 * id and somebody who has left (re-appointed people carry their id under a new number, P9).
 */
export async function staffByAad(db: Db, aadId: string, date: LocalDate): Promise<ReadingPerson | null> {
  return (await readerByAad(db, aadId, date))?.person ?? null;
}

/** The same with the language in which the person reads, in one look at the store. */
export async function readerByAad(
  db: Db,
  aadId: string,
  date: LocalDate,
): Promise<{ person: ReadingPerson; reader: Reader } | null> {
  if (aadId === '') return null;
  const rows = await rowsOfAad(db, { aadId: aadId.toLowerCase(), date });
  // Nearly always there is one; to have the store sort them takes longer than to find it.
  const [first, ...others] = rows.filter((one) => one.left_on === null || one.left_on >= date);
  if (first === undefined) return null;
  const row = others.reduce((one, other) => (other.hired_on < one.hired_on ? other : one), first);
  return { person: memberAsOf(row, date), reader: { staff: row.staff, language: row.chosen ?? row.language } };
}

/** Those in service on that date whose 所属長 is this number, by 職員番号. */
export async function directReports(db: Db, head: string, date: LocalDate): Promise<Held[]> {
  return reports(db, { head, date });
}

const reports = kept((db, is: Slots<{ head: string; date: LocalDate }>) =>
  held(db, is('date'))
    .selectAll('r')
    .where('r.head', '=', is('head'))
    .where(inService(is('date')))
    .orderBy('r.staff'),
);

/** Numbers that are 所属長 of somebody in service on that date, in order. */
export async function headsOn(db: Db, date: LocalDate): Promise<string[]> {
  const rows = await heldOn(db, date, ['r.head']).where('r.head', 'is not', null).where(inService(date)).execute();
  return [...new Set(rows.flatMap((row) => row.head ?? []))].sort();
}

/** Leave of everybody on one local date, by 職員番号. */
export async function leaveOn(db: Db, date: LocalDate): Promise<Map<string, LeaveDayTable[]>> {
  const rows = await db.selectFrom('leave_day').selectAll().where('date', '=', date).execute();
  return Map.groupBy(rows, (row) => row.staff);
}

/** Leave of one person on one local date. */
export async function leaveOf(db: Db, staff: string, date: LocalDate): Promise<LeaveDayTable[]> {
  return leave(db, { staff, date });
}

const leave = kept((db, is: Slots<{ staff: string; date: LocalDate }>) =>
  db.selectFrom('leave_day').selectAll().where('staff', '=', is('staff')).where('date', '=', is('date')),
);

const ownLanguage = keptOne((db, is: Slots<{ staff: string }>) =>
  db.selectFrom('language_choice').select('language').where('staff', '=', is('staff')),
);

/** In which language a person reads: the own choice in the chat, else the column 言語, else Japanese. */
export async function readerOf(db: Db, staff: string, date: LocalDate): Promise<Reader> {
  const member = (await ownLanguage(db, { staff })) ?? (await staffMemberOn(db, staff, date));
  return { staff, language: member?.language ?? 'ja' };
}

const readersNamed = keptOfMany((db, is: Slots<{ date: LocalDate }>, staff) =>
  heldOn(db, is('date'), ofReader)
    .leftJoin('language_choice as own', 'own.staff', 'r.staff')
    .select('own.language as chosen')
    .where('r.staff', 'in', staff),
);

/** These people as held on a date, and in which language each reads; a number the store never held is missing. */
export async function readersOn(
  db: Db,
  date: LocalDate,
  staff: readonly string[],
): Promise<Map<string, { person: ReadingPerson; reader: Reader }>> {
  const rows = await readersNamed(db, { date }, staff);
  return new Map(
    rows.map((row) => {
      const reader: Reader = { staff: row.staff, language: row.chosen ?? row.language };
      return [row.staff, { person: memberAsOf(row, date), reader }];
    }),
  );
}

/** Keeps a person's own choice of language; it wins over every later import. */
export async function setLanguage(db: Db, staff: string, language: Reader['language'], now: Instant): Promise<void> {
  await db
    .insertInto('language_choice')
    .values({ staff, language, chosen_at: now })
    .onConflict((held) => held.column('staff').doUpdateSet({ language, chosen_at: now }))
    .execute();
}

const rosterKinds = ['staff', 'sections', 'posts', 'leave', 'holidays'];

/** A text that is another one after every import that could change who is asked, and the same as long as there was none. */
export async function importsRevision(db: Db): Promise<string> {
  const { count = 0, latest = null } = (await imports(db, {})) ?? {};
  return `${count}:${latest ?? 0}`;
}

const imports = keptOne((db) =>
  db
    .selectFrom('import_file')
    .select((row) => [row.fn.countAll().as('count'), row.fn.max('imported_at').as('latest')])
    .where('kind', 'in', rosterKinds),
);
