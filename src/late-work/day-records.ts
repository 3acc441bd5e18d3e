import { type ClockEntry, clockOn, type Order, ordersOn } from '../attendance/index.ts';
import { type StaffMember, staffMemberOn, staffOn } from '../people/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';

/** What the city's systems say of one past date, and who everybody was on it, by 職員番号. */
export interface DayRecords {
  date: LocalDate;
  clocks: Map<string, ClockEntry[]>;
  orders: Map<string, Order[]>;
  members: ReadonlyMap<string, StaffMember>;
}

/** Up to this many people are read one by one; more in one reading of the roster. */
const fewPeople = 200;

/** The roster of a date as the records of that date and of dates before it are read from; of a few people where they are named. */
export async function rosterFor(db: Db, date: LocalDate, staff?: string[]): Promise<Map<string, StaffMember>> {
  if (staff === undefined || staff.length > fewPeople) {
    const named = staff && new Set(staff);
    const all = (await staffOn(db, date)).filter((member) => named === undefined || named.has(member.staff));
    return new Map(all.map((member) => [member.staff, member]));
  }
  const found = await Promise.all(staff.map((person) => staffMemberOn(db, person, date)));
  return new Map(found.flatMap((member) => (member ? [[member.staff, member]] : [])));
}

/** Clock, orders and roster of one date, of these people or of everybody. `roster` is that of the date or of a later one. */
export async function recordsOn(
  db: Db,
  date: LocalDate,
  roster: ReadonlyMap<string, StaffMember>,
  staff?: string[],
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
  roster: ReadonlyMap<string, StaffMember>,
): Promise<ReadonlyMap<string, StaffMember>> {
  const changed = [...roster.values()].filter((member) => member.valid_from > date).map((member) => member.staff);
  if (changed.length === 0) return roster;
  return new Map([...roster, ...(await rosterFor(db, date, changed))]);
}
