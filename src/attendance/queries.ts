import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { kept, keptOfMany, type Slots } from '../ports/kept-query.ts';
import type { Progress } from '../ports/room.ts';
import type { ClockEntryTable, OvertimeOrderTable } from '../ports/tables/attendance.ts';

/** Rows of one statement: SQLite takes 32,766 parameters. */
const rowsAtOnce = 400;

/** Clock entries of these dates (both included), of these people (at most some thousands) where they are named, by date, person and beginning. */
export function clockRows(db: Db, from: LocalDate, to: LocalDate, staff?: string[]): Promise<ClockEntryTable[]> {
  return staff ? clockOf(db, { from, to }, staff).then((rows) => rows.sort(byStart)) : allClock(db, { from, to });
}

interface Between {
  from: LocalDate;
  to: LocalDate;
}

const clockBetween = (db: Db, is: Slots<Between>) =>
  db.selectFrom('clock_entry').selectAll().where('date', '>=', is('from')).where('date', '<=', is('to'));

const clockOf = keptOfMany((db, is: Slots<Between>, staff) => clockBetween(db, is).where('staff', 'in', staff));

const allClock = kept((db, is: Slots<Between>) =>
  clockBetween(db, is).orderBy('date').orderBy('staff').orderBy('start_minute'),
);

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

const byDay = (one: { staff: string; date: LocalDate }, other: { staff: string; date: LocalDate }) =>
  compare(one.date, other.date) || compare(one.staff, other.staff);

const byStart = (one: ClockEntryTable, other: ClockEntryTable) =>
  byDay(one, other) || one.start_minute - other.start_minute;

/** Everything told of applications for these dates (both included), of these people where they are named, by date and person in the order in which it was told. */
export function orderRows(db: Db, from: LocalDate, to: LocalDate, staff?: string[]): Promise<OvertimeOrderTable[]> {
  return staff ? ordersOf(db, { from, to }, staff).then((rows) => rows.sort(bySeq)) : allOrders(db, { from, to });
}

const ordersBetween = (db: Db, is: Slots<Between>) =>
  db.selectFrom('overtime_order').selectAll().where('date', '>=', is('from')).where('date', '<=', is('to'));

const ordersOf = keptOfMany((db, is: Slots<Between>, staff) => ordersBetween(db, is).where('staff', 'in', staff));

const allOrders = kept((db, is: Slots<Between>) =>
  ordersBetween(db, is).orderBy('date').orderBy('staff').orderBy('seq'),
);

const bySeq = (one: OvertimeOrderTable, other: OvertimeOrderTable) => byDay(one, other) || one.seq - other.seq;

/** Entries held for these person-days. */
export async function heldClock(
  db: Db,
  dates: ReadonlySet<LocalDate>,
  pairs: Pick<ReadonlyMap<string, unknown>, 'has'>,
): Promise<ClockEntryTable[]> {
  const held: ClockEntryTable[] = [];
  for (const some of chunks([...dates]))
    held.push(...(await db.selectFrom('clock_entry').selectAll().where('date', 'in', some).execute()));
  return held.filter((row) => pairs.has(`${row.staff} ${row.date}`));
}

/** Puts these entries in the place of everything held for their person-days. */
export async function replaceClock(db: Db, entries: ClockEntryTable[], watched?: Progress): Promise<void> {
  for (const [date, rows] of Map.groupBy(entries, (row) => row.date)) {
    for (const staff of chunks([...new Set(rows.map((row) => row.staff))]))
      await db.deleteFrom('clock_entry').where('date', '=', date).where('staff', 'in', staff).execute();
  }
  for (const some of chunks(entries, watched)) await db.insertInto('clock_entry').values(some).execute();
}

/** Everything told of these person-days, in the order in which it was told. */
export async function heldOrders(
  db: Db,
  dates: ReadonlySet<LocalDate>,
  pairs: Pick<ReadonlyMap<string, unknown>, 'has'>,
): Promise<OvertimeOrderTable[]> {
  const held: OvertimeOrderTable[] = [];
  for (const some of chunks([...dates])) {
    const told = db.selectFrom('overtime_order').selectAll().where('date', 'in', some);
    held.push(...(await told.orderBy('staff').orderBy('date').orderBy('seq').execute()));
  }
  return held.filter((row) => pairs.has(`${row.staff} ${row.date}`));
}

export async function addOrders(db: Db, states: OvertimeOrderTable[], watched?: Progress): Promise<void> {
  for (const some of chunks(states, watched)) await db.insertInto('overtime_order').values(some).execute();
}

function* chunks<T>(rows: readonly T[], watched: Progress = () => {}): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    yield rows.slice(from, from + rowsAtOnce);
    watched(Math.min(from + rowsAtOnce, rows.length), rows.length);
  }
}
