import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { MessageTable } from '../../ports/tables.ts';
import { type Boarding, board } from '../links/queries.ts';
import { heldOf } from './queries.ts';
import { mostCarried } from './rules.ts';

/**
 * Puts what waits for a ping onto the messages that leave now, inside the transaction that claims them. What does not reach
 * its person with them is given back (links/). Nothing is read where no message was planned to carry anything.
 */
export async function carryHeld(db: Db, leaving: MessageTable[], now: Instant): Promise<void> {
  const carriers = new Map(leaving.filter((one) => one.carries === 1).map((one) => [one.staff, one.id]));
  if (carriers.size === 0) return;
  const loads = new Map<string, Boarding[]>();
  for (const { staff, message, item } of await heldOf(db, [...carriers.keys()], now)) {
    const carrier = carriers.get(staff);
    const load = loads.get(staff) ?? [];
    if (carrier === undefined || load.length === mostCarried) continue;
    loads.set(staff, [...load, { item, own: message, carrier }]);
  }
  await board(db, [...loads.values()].flat(), now);
}
