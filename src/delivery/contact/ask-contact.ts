import { addDays, localAt } from '../../calendar/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import type { ItemTable } from '../../ports/tables.ts';
import { contactRows, usedInWeek } from './queries.ts';
import { type Fate, fateOf, weekOf } from './rules.ts';

/** How far back an item may be dated that still waits. */
const daysBack = 35;

/** One item, what became of it, and the day that happened (that it waits: today). */
export interface ContactItem {
  item: ItemTable;
  fate: Fate;
  on: LocalDate;
}

/** What the contact budget has done for one person this week. */
export interface ContactWeek {
  today: LocalDate;
  monday: LocalDate;
  budget: number;
  /** Counted pings of this week so far. */
  used: number;
  items: ContactItem[];
}

/** What reached a person this week by itself or on another card, what waits for the next ping, and what was left out. */
export async function contactWeekOf(ports: Ports, db: Db, staff: string, at: Instant): Promise<ContactWeek> {
  const book = await currentPolicy(db, ports.settings);
  const dateAt = (instant: Instant) => localAt(instant, book.timeZone).date;
  const today = dateAt(at);
  const monday = weekOf(today);
  const rows = await contactRows(db, staff, addDays(today, -daysBack));
  const items = rows.flatMap(({ item, message }): ContactItem[] => {
    const fate = fateOf(message);
    if (fate === null) return [];
    const on = fate.is === 'held' ? today : dateAt(message.settled ?? item.due_at);
    return on < monday ? [] : [{ item, fate, on }];
  });
  const used = (await usedInWeek(db, monday, [staff])).get(staff) ?? 0;
  return { today, monday, budget: book.on(today).contactBudget.pingsPerWeek, used, items };
}
