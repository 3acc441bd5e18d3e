import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Sender } from '../../ports/incoming.ts';
import { markUnreachable } from './queries.ts';

/** The bot was uninstalled: nothing is posted to this person until they install it or write again. */
export async function takeRemoval(db: Db, sender: Sender, now: Instant): Promise<void> {
  if (!sender.personal || sender.aadObjectId === '') return;
  await markUnreachable(db, sender.aadObjectId, 'uninstalled', now);
}
