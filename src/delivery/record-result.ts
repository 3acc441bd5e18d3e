import { markUnreachable } from '../people/index.ts';
import type { SendResult } from '../ports/chat.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { MessageTable } from '../ports/tables.ts';
import type { Claim } from './claim.ts';
import type { Drawing } from './draw-message.ts';
import { countAnswer, isUnreachable } from './gate/count-answer.ts';
import { endAttempt, holdWaiting, itemById, messageById, noteShownRevision, setMessage } from './queries.ts';
import { attemptsOfUpdate, endUpdate, queueUpdate, returnUpdate } from './updates/queries.ts';

const updateAttemptsAllowed = 5;

/** A claimed message and the attempt that was committed before its request. */
type MessageClaim = Claim & { kind: 'send' | 'update' };

/**
 * Writes what came of one send. `throttled` puts the message back to wait; 403 and 404 also hold back what else waits for
 * that chat. A press that came first has proven that the card arrived: no unclear answer undoes that.
 */
export async function recordSend(
  ports: Ports,
  claim: MessageClaim,
  result: SendResult,
  drawing: Drawing | null,
): Promise<void> {
  const now = ports.clock.now();
  await ports.database.transaction(async (db) => {
    await close(db, claim, result, now);
    await countAnswer(ports, db, claim.message, result);
    const { id } = claim.message;
    if (result.kind === 'sent') {
      const known = result.activityId === null ? {} : { activity_id: result.activityId };
      await setMessage(db, id, { state: 'sent', ...known, settled_at: now, why: null });
      if (drawing) await noteShown(db, claim.message, drawing, now);
      return;
    }
    await unlessProven(db, id, () => settleUnsent(db, claim, result, now));
    if (isUnreachable(result)) await holdUnreachable(db, claim.message, result.why, now);
  });
}

async function settleUnsent(
  db: Db,
  { message }: MessageClaim,
  result: Exclude<SendResult, { kind: 'sent' }>,
  now: number,
): Promise<void> {
  if (result.kind === 'throttled') return setMessage(db, message.id, { state: 'pending' });
  if (result.kind === 'unknown' && message.resends_left > 0) {
    return setMessage(db, message.id, { state: 'pending', resends_left: message.resends_left - 1 });
  }
  await setMessage(db, message.id, { state: result.kind, why: result.why, settled_at: now });
}

async function unlessProven(db: Db, id: string, write: () => Promise<void>): Promise<void> {
  if ((await messageById(db, id))?.state !== 'sent') await write();
}

/** Writes what came of one update. It only repeats itself, so an unclear answer is tried again, a few times. */
export async function recordUpdate(
  ports: Ports,
  claim: MessageClaim,
  result: SendResult,
  drawing: Drawing | null,
): Promise<void> {
  const now = ports.clock.now();
  await ports.database.transaction(async (db) => {
    await close(db, claim, result, now);
    const gone = result.kind === 'refused' && result.status === 404;
    if (!gone) await countAnswer(ports, db, claim.message, result);
    if (result.kind === 'throttled') return returnUpdate(db, claim.message.id);
    if (result.kind === 'unknown' && (await attemptsOfUpdate(db, claim.message.id)) < updateAttemptsAllowed) {
      return returnUpdate(db, claim.message.id);
    }
    await endUpdate(db, claim.message.id);
    if (result.kind === 'sent' && drawing) await noteShown(db, claim.message, drawing, now);
    if (result.kind === 'refused' && result.status === 403) await holdUnreachable(db, claim.message, result.why, now);
  });
}

async function close(db: Db, claim: MessageClaim, result: SendResult, now: number): Promise<void> {
  const why = 'why' in result ? result.why : null;
  await endAttempt(db, claim.attempt, { ended_at: now, outcome: result.kind, status: result.status, why });
}

/** What was drawn may be older than the item by now: then one update follows. */
async function noteShown(db: Db, message: MessageTable, drawing: Drawing, now: number): Promise<void> {
  await setMessage(db, message.id, { shown_revision: drawing.item.revision });
  await noteShownRevision(db, message.id, drawing.item.id, drawing.item.revision);
  const present = await itemById(db, drawing.item.id);
  if (present && present.revision > drawing.item.revision) await queueUpdate(db, message.id, now);
}

async function holdUnreachable(db: Db, message: MessageTable, why: string, now: number): Promise<void> {
  if (!message.aad_id) return;
  await markUnreachable(db, message.aad_id, why, now);
  await holdWaiting(db, message.aad_id, 'unreachable');
}
