import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { chunks } from '../queries.ts';
import { cancelMessages, messagesOfItems } from './queries.ts';

/** States of a message that has left, or may have. */
const left = new Set(['sending', 'sent', 'unknown']);

/**
 * Takes back what has not left: items of these rules for these people, due from `from` on. What is under way or was sent
 * stays. Gives how many were cancelled, and how many had left (災害モード says so).
 */
export async function cancelWaiting(
  db: Db,
  { rules, staff, from }: { rules: string[]; staff: string[]; from: Instant },
  now: Instant,
): Promise<{ cancelled: number; left: number }> {
  const counts = { cancelled: 0, left: 0 };
  for (const some of chunks(staff)) {
    const messages = await messagesOfItems(db, rules, some, from);
    const waiting = messages.filter((message) => message.state === 'pending');
    counts.left += messages.filter((message) => left.has(message.state)).length;
    counts.cancelled += waiting.length;
    await cancelMessages(db, waiting, now);
  }
  return counts;
}
