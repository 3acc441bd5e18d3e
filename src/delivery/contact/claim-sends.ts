import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import type { MessageTable } from '../../ports/tables.ts';
import { unload } from '../links/queries.ts';
import { claimMessages, returnMessage } from '../queries.ts';
import type { Waiting } from '../waiting.ts';
import { carryHeld } from './carry-held.ts';
import { withinBudget } from './keep-within-budget.ts';
import { withinHours } from './own-hours.ts';

/**
 * Claims those messages among what was chosen that may ring now and are within the contact budget, and puts what waits for a
 * ping onto them. What is beyond the budget waits for a ping itself from now on. `usefulAfter`: when the last of them leaves.
 */
export async function claimSends(
  ports: Ports,
  db: Db,
  chosen: Waiting[],
  owner: string,
  usefulAfter: Instant,
): Promise<MessageTable[]> {
  const sends = chosen.flatMap((one) => (one.kind === 'send' ? [one.message] : []));
  const mayRing = await withinHours(ports, db, sends);
  const ringing = sends.filter((message) => mayRing(message.id));
  const goes = await withinBudget(ports, db, ringing);
  const ids = ringing.map((message) => message.id).filter(goes);
  const claimed = await claimMessages(db, ids, owner, usefulAfter);
  await carryHeld(db, claimed, ports.clock.now());
  return claimed;
}

/** Undoes such a claim: the message waits as before, and so does what was put onto it. */
export async function returnSend(db: Db, message: MessageTable): Promise<void> {
  await returnMessage(db, message.id);
  if (message.carries === 1) await unload(db, [message.id]);
}
