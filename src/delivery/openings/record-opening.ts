import { markUnreachable, rememberOpened } from '../../people/index.ts';
import type { CreateResult } from '../../ports/chat.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import type { ChatOpeningTable } from '../../ports/tables/delivery.ts';
import { holdWaiting } from '../queries.ts';
import { setOpening } from './queries.ts';

/**
 * Writes what came of opening one chat. Opened: what waited for the person may go. Refused or unclear: never asked again by
 * itself, and the person is unreachable until they install the app or write. Throttled: waits.
 */
export async function recordOpening(
  ports: Ports,
  db: Db,
  opening: ChatOpeningTable,
  result: CreateResult,
): Promise<void> {
  const now = ports.clock.now();
  if (result.kind === 'throttled') return setOpening(db, opening.id, { state: 'pending' });
  if (result.kind === 'created') {
    const { serviceUrl, tenantId } = ports.settings;
    const chat = { conversationId: result.conversationId, serviceUrl: serviceUrl ?? '', tenantId };
    await rememberOpened(db, opening.aad_id, chat, now);
    await holdWaiting(db, opening.aad_id, null);
    return setOpening(db, opening.id, { state: 'opened', settled_at: now });
  }
  await setOpening(db, opening.id, { state: result.kind, why: result.why, settled_at: now });
  if (result.kind === 'refused') await markUnreachable(db, opening.aad_id, result.why, now);
}
