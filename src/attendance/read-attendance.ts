import { addDays } from '../calendar/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { OvertimeOrderTable } from '../ports/tables/attendance.ts';
import { clockRows, orderRows } from './queries.ts';
import { type ClockEntry, type DayFacts, type Order, type OrderEvent, type Presence, standingOrders } from './rules.ts';

/** What somebody's clock says of one date. */
export interface ClockDay {
  staff: string;
  date: LocalDate;
  clock: ClockEntry[];
}

/** What somebody applied for on one date, as it stands now, 取消 included. */
export interface OrderDay {
  staff: string;
  date: LocalDate;
  orders: Order[];
}

/** Clock entries of these dates (both included), of these people where they are named, by date and person; in order of their beginning. */
export async function clockOn(db: Db, from: LocalDate, to: LocalDate, staff?: string[]): Promise<ClockDay[]> {
  return byDay(await clockRows(db, from, to, staff)).map(([{ staff, date }, same]) => ({
    staff,
    date,
    clock: same.map((row) => ({ start: row.start_minute, end: row.end_minute })),
  }));
}

/** Applications and orders of these dates (both included) as they stand now, of these people where they are named, by date and person. */
export async function ordersOn(db: Db, from: LocalDate, to: LocalDate, staff?: string[]): Promise<OrderDay[]> {
  return byDay(await orderRows(db, from, to, staff)).map(([{ staff, date }, same]) => ({
    staff,
    date,
    orders: standingOrders(same.map(eventOf)),
  }));
}

/**
 * Clock and orders for one date, of everybody or of these people, read once (two statements); give it a 職員番号. Somebody of
 * whom nothing is known has empty lists.
 */
export async function attendanceOn(db: Db, date: LocalDate, people?: string[]): Promise<(staff: string) => DayFacts> {
  const eve = addDays(date, -1);
  const clock = keyed(await clockOn(db, eve, date, people));
  const orders = keyed(await ordersOn(db, eve, date, people));
  const presence = (staff: string, on: LocalDate): Presence => ({
    clock: clock.get(`${on} ${staff}`)?.clock ?? [],
    orders: orders.get(`${on} ${staff}`)?.orders ?? [],
  });
  return (staff) => ({ date, ...presence(staff, date), before: presence(staff, eve) });
}

/** What a row of the store says of an application. */
export function eventOf(row: OvertimeOrderTable): OrderEvent {
  return { appliedAt: row.applied_at, start: row.start_minute, end: row.end_minute, status: row.status };
}

/** Rows that stand in order of date and person, by both. */
function byDay<T extends { staff: string; date: LocalDate }>(rows: readonly T[]): [T, T[]][] {
  const days: [T, T[]][] = [];
  for (const row of rows) {
    const last = days.at(-1);
    if (last && last[0].staff === row.staff && last[0].date === row.date) last[1].push(row);
    else days.push([row, [row]]);
  }
  return days;
}

function keyed<T extends { staff: string; date: LocalDate }>(days: readonly T[]): Map<string, T> {
  return new Map(days.map((one) => [`${one.date} ${one.staff}`, one]));
}
