import { localAt } from '../../calendar/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import type { MessageTable } from '../../ports/tables.ts';
import { holdForBudget, noteCounted, usedInWeek } from './queries.ts';
import { weekOf } from './rules.ts';

/** The week that runs now in the organisation's time zone, and how many counted pings a person may have in it. */
export async function presentBudget(ports: Ports, db: Db): Promise<{ week: LocalDate; budget: number }> {
  const book = await currentPolicy(db, ports.settings);
  const { date } = localAt(ports.clock.now(), book.timeZone);
  return { week: weekOf(date), budget: book.on(date).contactBudget.pingsPerWeek };
}

/**
 * Which of the messages about to be claimed (at most one a person) are within the budget of their people. The others wait for
 * the next ping from now on. Inside the claim's transaction, so that no two services count past each other; nothing is read
 * where none of them counts.
 */
export async function withinBudget(ports: Ports, db: Db, messages: MessageTable[]): Promise<(id: string) => boolean> {
  const counting = messages.filter((message) => message.counts === 1);
  if (counting.length === 0) return () => true;
  const { week, budget } = await presentBudget(ports, db);
  const staff = counting.map((message) => message.staff);
  const used = await usedInWeek(db, week, staff);
  const over = new Set(counting.filter((one) => (used.get(one.staff) ?? 0) >= budget).map((one) => one.id));
  await holdForBudget(db, [...over]);
  const going = counting.filter((one) => !over.has(one.id)).map((one) => one.id);
  await noteCounted(db, going, week);
  return (id) => !over.has(id);
}
