import { markUnreachable } from '../people/index.ts';
import type { SendResult } from '../ports/chat.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { MessageTable } from '../ports/tables.ts';
import type { Drawing } from './draw-message.ts';
import {
  endAttempt,
  endUpdate,
  holdWaiting,
  itemById,
  noteShownRevision,
  queueUpdate,
  returnUpdate,
  setMessage,
} from './queries.ts';

const updateAttemptsAllowed = 5;

/** A claimed message and the attempt that was committed before its request. */
export interface Claim {
  message: MessageTable;
  attempt: string;
  kind: 'send' | 'update';
}

/** Writes what came of one send. `throttled` puts the message back to wait; 403 and 404 also hold back what else waits for that chat. */
export async function recordSend(
  ports: Ports,
  claim: Claim,
  result: SendResult,
  drawing: Drawing | null,
): Promise<void> {
  const now = ports.clock.now();
  await ports.database.transaction(async (db) => {
    await close(db, claim, result, now);
    const { id } = claim.message;
    if (result.kind === 'throttled') return setMessage(db, id, { state: 'pending', owner: null });
    if (result.kind === 'sent') {
      await setMessage(db, id, { state: 'sent', activity_id: result.activityId, settled_at: now, why: null });
      if (drawing) await noteShown(db, claim.message, drawing, now);
      return;
    }
    await setMessage(db, id, { state: result.kind, why: result.why, settled_at: now });
    if (result.kind === 'refused' && (result.status === 403 || result.status === 404)) {
      await holdUnreachable(db, claim.message, result.why, now);
    }
  });
}

/** Writes what came of one update. It only repeats itself, so an unclear answer is tried again, a few times. */
export async function recordUpdate(
  ports: Ports,
  claim: Claim,
  result: SendResult,
  drawing: Drawing | null,
): Promise<void> {
  const now = ports.clock.now();
  await ports.database.transaction(async (db) => {
    await close(db, claim, result, now);
    if (result.kind === 'throttled') return returnUpdate(db, claim.message.id);
    if (result.kind === 'unknown' && (await attemptsOfUpdate(db, claim.message.id)) < updateAttemptsAllowed) {
      return returnUpdate(db, claim.message.id);
    }
    await endUpdate(db, claim.message.id);
    if (result.kind === 'sent' && drawing) await noteShown(db, claim.message, drawing, now);
    if (result.kind === 'refused' && result.status === 403) await holdUnreachable(db, claim.message, result.why, now);
  });
}

async function close(db: Db, claim: Claim, result: SendResult, now: number): Promise<void> {
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

async function attemptsOfUpdate(db: Db, message: string): Promise<number> {
  const row = await db
    .selectFrom('message_update')
    .select('attempts')
    .where('message_id', '=', message)
    .executeTakeFirst();
  return row?.attempts ?? updateAttemptsAllowed;
}
