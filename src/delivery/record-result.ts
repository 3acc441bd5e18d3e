import { markUnreachable } from '../people/index.ts';
import type { SendResult } from '../ports/chat.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { MessageTable } from '../ports/tables.ts';
import { type Arrived, noteChanged, noteSent, noteShownRevision } from './arrived/queries.ts';
import { endAttempts } from './attempts/queries.ts';
import type { Drawing } from './draw-together.ts';
import { type Answered, type Called, countAnswer, isAccepted, isCalm, isUnreachable } from './gate/count-answer.ts';
import { learnPace } from './gate/learn-pace.ts';
import { readGate } from './gate/queries.ts';
import { moveItem, unload } from './links/queries.ts';
import { recordOpening } from './openings/record-opening.ts';
import { holdWaiting, messageById, messageShowing, revisionsOf, setMessage } from './queries.ts';
import { attemptsOfUpdate, endUpdate, queueUpdate, returnUpdate } from './updates/queries.ts';
import type { Claim } from './waiting.ts';

const updateAttemptsAllowed = 5;

/** What came of one call: what was drawn for it, and how many calls had been accepted in the second before. */
export interface Answer {
  claim: Claim;
  result: Answered;
  drawing: Drawing | null;
  load(): number;
}

/** A claimed message and the attempt that was committed before its request. */
type MessageClaim = Claim & { kind: 'send' | 'update' };

/**
 * Writes what came of some calls: their attempts, what it says of the gate and the pace, and each message's new state. True where
 * something waits for it that did not wait before.
 */
export async function recordAnswers(ports: Ports, db: Db, answers: Answer[]): Promise<boolean> {
  const now = ports.clock.now();
  await endAttempts(db, answers.map(endOf), now);
  const gate = await readGate(db);
  await learnPace(ports, db, gate, answers);
  const revisions = await revisionsOf(
    db,
    answers.flatMap(({ drawing }) => drawing?.items.map((item) => item.id) ?? []),
  );
  let calm = isCalm(gate);
  const plain = calm && answers.every(({ result }) => result.kind === 'sent');
  const present: Present = { now, revisions, moreWaits: !plain };
  await noteSent(
    db,
    answers.flatMap((answer) => arrivedBy(answer, now)),
  );
  for (const answer of answers) {
    const { claim, result } = answer;
    const gone = claim.kind === 'update' && result.kind === 'refused' && result.status === 404;
    if (!gone && !(calm && isAccepted(result))) {
      await countAnswer(ports, db, calledBy(claim), result);
      calm = false;
    }
    await settle(ports, db, answer, present);
  }
  return present.moreWaits;
}

/** The message that a send brought there. */
function arrivedBy({ claim, result, drawing }: Answer, now: number): Arrived[] {
  if (claim.kind !== 'send' || result.kind !== 'sent') return [];
  const revision = drawing?.items[0]?.revision ?? null;
  return [{ id: claim.message.id, activity_id: result.activityId, settled_at: now, revision }];
}

const endOf = ({ claim, result }: Answer) => {
  const why = 'why' in result ? result.why : null;
  return { id: claim.attempt, outcome: result.kind, status: result.status, why };
};

function calledBy(claim: Claim): Called {
  if (claim.kind === 'create') return { message: null, aadId: claim.opening.aad_id };
  return { message: claim.message.id, aadId: claim.message.aad_id };
}

/** When it is written, the present revisions of what was drawn, and whether more waits now. */
interface Present {
  now: number;
  revisions: Map<string, number>;
  moreWaits: boolean;
}

function settle(ports: Ports, db: Db, { claim, result, drawing }: Answer, present: Present): Promise<void> {
  if (claim.kind === 'create')
    return result.kind === 'sent' ? Promise.resolve() : recordOpening(ports, db, claim.opening, result);
  if (result.kind === 'created') return Promise.resolve();
  const settleOne = claim.kind === 'send' ? settleSend : settleUpdate;
  return settleOne(db, claim, result, drawing, present);
}

/**
 * What came of one send. `throttled` puts the message back to wait; 403 and 404 also hold back what else waits for that chat.
 * A press that came first has proven that the card arrived: no unclear answer undoes that.
 */
async function settleSend(
  db: Db,
  claim: MessageClaim,
  result: SendResult,
  drawing: Drawing | null,
  present: Present,
): Promise<void> {
  const { now } = present;
  const { id } = claim.message;
  if (result.kind === 'sent') {
    if (drawing) await noteShown(db, claim.message, drawing, present, 0);
    if (drawing && claim.message.carries === 1) await settleCarried(db, claim.message, drawing, present);
    return;
  }
  await unlessProven(db, id, () => settleUnsent(db, claim, result, now));
  if (isUnreachable(result)) await holdUnreachable(db, claim.message, result.why, now);
}

async function settleUnsent(
  db: Db,
  { message }: MessageClaim,
  result: Exclude<SendResult, { kind: 'sent' }>,
  now: number,
): Promise<void> {
  const again = result.kind === 'unknown' && message.resends_left > 0;
  if (message.carries === 1 && (again || result.kind !== 'unknown')) await unload(db, [message.id]);
  if (result.kind === 'throttled') return setMessage(db, message.id, { state: 'pending' });
  if (again) {
    return setMessage(db, message.id, { state: 'pending', resends_left: message.resends_left - 1 });
  }
  await setMessage(db, message.id, { state: result.kind, why: result.why, settled_at: now });
}

async function unlessProven(db: Db, id: string, write: () => Promise<void>): Promise<void> {
  if ((await messageById(db, id))?.state !== 'sent') await write();
}

/** What came of one update. It only repeats itself, so an unclear answer is tried again, a few times. */
async function settleUpdate(
  db: Db,
  { message }: MessageClaim,
  result: SendResult,
  drawing: Drawing | null,
  present: Present,
): Promise<void> {
  if (result.kind === 'throttled') return returnUpdate(db, message.id);
  if (result.kind === 'unknown' && (await attemptsOfUpdate(db, message.id)) < updateAttemptsAllowed) {
    return returnUpdate(db, message.id);
  }
  if (await endUpdate(db, message.id)) present.moreWaits = true;
  if (result.kind !== 'sent' && message.carries === 1) await unload(db, [message.id]);
  if (result.kind === 'sent' && drawing) {
    const [first] = drawing.items;
    if (first) await noteChanged(db, { id: message.id, revision: first.revision });
    await noteShown(db, message, drawing, present, null);
  }
  if (result.kind === 'refused' && result.status === 403) await holdUnreachable(db, message, result.why, present.now);
}

/** What was drawn may be older than the items by now: then one update follows. `planned`: the revision that stands already. */
async function noteShown(
  db: Db,
  message: MessageTable,
  { items }: Drawing,
  present: Present,
  planned: number | null,
): Promise<void> {
  for (const { id: item, revision } of items) {
    const stands = message.carries === 0 && revision === planned;
    if (!stands) await noteShownRevision(db, { message: message.id, item, revision });
    if ((present.revisions.get(item) ?? 0) <= revision) continue;
    present.moreWaits = true;
    await queueUpdate(db, message.id, present.now);
  }
}

/**
 * A card with several items arrived. What it could not show waits again; what an older message showed stands here from now
 * on, and that message becomes one line.
 */
async function settleCarried(db: Db, message: MessageTable, { items }: Drawing, present: Present): Promise<void> {
  const { now } = present;
  present.moreWaits = true;
  await unload(db, [message.id], new Set(items.map((item) => item.id)));
  if ((await messageById(db, message.id))?.activity_id === null) return;
  for (const item of items) {
    const showing = await messageShowing(db, item.id);
    if (!showing || showing.id === message.id || !['sent', 'unknown'].includes(showing.state)) continue;
    await moveItem(db, item, showing.id, message.id, now);
    if (showing.activity_id !== null) await queueUpdate(db, showing.id, now);
  }
}

async function holdUnreachable(db: Db, message: MessageTable, why: string, now: number): Promise<void> {
  if (!message.aad_id) return;
  await markUnreachable(db, message.aad_id, why, now);
  await holdWaiting(db, message.aad_id, 'unreachable');
}
