import type { Ports } from '../../ports/room.ts';
import { noteTold } from './queries.ts';

/**
 * Tells the other services of the store of a Retry-After at once: what came of the call is recorded in its turn, and meanwhile
 * they would call on. Where the store does not take it, the record tells them.
 */
export async function tellPause(
  ports: Ports,
  claim: { at: number; sharedAt: number },
  retryAfter: number,
): Promise<void> {
  if (ports.database.sharedElapsed === null) return;
  const until = Math.ceil(ports.clock.elapsed() - claim.at + claim.sharedAt + retryAfter);
  await noteTold(ports.database.db, { until }).catch(() => {});
}
