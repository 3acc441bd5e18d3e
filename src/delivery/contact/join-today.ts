import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { type Boarding, board } from '../links/queries.ts';
import { chunks } from '../queries.ts';
import { queueUpdates } from '../updates/queries.ts';

/** Puts items onto cards that stand in the chat already: each gets one update in place, which rings nowhere. */
export async function joinToday(db: Db, boardings: Boarding[], now: Instant): Promise<void> {
  if (boardings.length === 0) return;
  await board(db, boardings, now);
  const cards = [...new Set(boardings.map((one) => one.carrier))];
  for (const some of chunks(cards)) {
    await db.updateTable('message').set({ carries: 1 }).where('id', 'in', some).execute();
  }
  await queueUpdates(db, cards, now);
}
