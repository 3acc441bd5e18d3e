import { type ClockEntry, clockOn, type Order, ordersOn } from '../attendance/index.ts';
import { membersNamed, type Planned } from '../people/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';

/** What the city's systems say of one past date, and who everybody was on it, by 職員番号. */
export interface DayRecords {
  date: LocalDate;
  clocks: Map<string, ClockEntry[]>;
  orders: Map<string, Order[]>;
  members: ReadonlyMap<string, Planned>;
}

/** These people (at most some thousands) as the roster of a date knows them. */
export async function rosterFor(db: Db, date: LocalDate, staff: readonly string[]): Promise<Map<string, Planned>> {
  return new Map((await membersNamed(db, date, staff)).map((member) => [member.staff, member]));
}

/** Clock, orders and roster of one date, of these people. `roster` is that of the date or of a later one. */
export async function recordsOn(
  db: Db,
  date: LocalDate,
  roster: ReadonlyMap<string, Planned>,
  staff: string[],
): Promise<DayRecords> {
  const clocks = await clockOn(db, date, date, staff);
  const orders = await ordersOn(db, date, date, staff);
  return {
    date,
    clocks: new Map(clocks.map((one) => [one.staff, one.clock])),
    orders: new Map(orders.map((one) => [one.staff, one.orders])),
    members: clocks.length + orders.length === 0 ? roster : await asOf(db, date, roster),
  };
}

/** A row that was in force before the date is the row of the date; only people who changed since are read again. */
async function asOf(
  db: Db,
  date: LocalDate,
  roster: ReadonlyMap<string, Planned>,
): Promise<ReadonlyMap<string, Planned>> {
  const changed = [...roster.values()].filter((member) => member.valid_from > date).map((member) => member.staff);
  if (changed.length === 0) return roster;
  return new Map([...roster, ...(await rosterFor(db, date, changed))]);
}
