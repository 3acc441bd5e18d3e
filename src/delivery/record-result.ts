import { markUnreachable } from '../people/index.ts';
import type { SendResult } from '../ports/chat.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { MessageTable } from '../ports/tables.ts';
import { type Arrived, type Changed, noteChanged, noteSent, noteShown, type Shown } from './arrived/queries.ts';
import { endAttempts } from './attempts/queries.ts';
import type { Drawing } from './draw-together.ts';
import { type Answered, type Called, countAnswer, isAccepted, isCalm, isUnreachable } from './gate/count-answer.ts';
import { learnPace } from './gate/learn-pace.ts';
import { readGate } from './gate/queries.ts';
import { moveItem, unload } from './links/queries.ts';
import { recordOpening } from './openings/record-opening.ts';
import { holdWaiting, messageById, messageShowing, revisionsOf, setMessage } from './queries.ts';
import { attemptsOfUpdate, endUpdates, queueUpdate, returnUpdate } from './updates/queries.ts';
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
  // What needs no answer of the other is asked at once: on a server that is one way there and back.
  const [gate, revisions, again] = await Promise.all([
    readGate(db),
    revisionsOf(
      db,
      answers.flatMap(({ drawing }) => drawing?.items.map((item) => item.id) ?? []),
    ),
    updatesTriedAgain(db, answers),
    endAttempts(db, answers.map(endOf), now),
  ]);
  await learnPace(ports, db, gate, answers);
  let calm = isCalm(gate);
  const plain = calm && answers.every(({ result }) => result.kind === 'sent');
  const ended = updatesOf(answers, (one) => !again.has(one.claim.message.id));
  const [followed] = await Promise.all([endUpdates(db, ended), noteArrivals(db, answers, now)]);
  const present: Present = { now, revisions, again, moreWaits: !plain || followed };
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

type UpdateAnswer = Answer & { claim: { kind: 'update' } };

/** The messages of these updates. */
function updatesOf(answers: Answer[], holds: (answer: UpdateAnswer) => boolean): string[] {
  const isUpdate = (one: Answer): one is UpdateAnswer => one.claim.kind === 'update';
  return answers
    .filter(isUpdate)
    .filter(holds)
    .map(({ claim }) => claim.message.id);
}

/** An update only repeats itself, so one that Teams puts off is tried again, and an unclear one a few times. */
async function updatesTriedAgain(db: Db, answers: Answer[]): Promise<Set<string>> {
  const again = updatesOf(answers, ({ result }) => result.kind === 'throttled');
  for (const message of updatesOf(answers, ({ result }) => result.kind === 'unknown'))
    if ((await attemptsOfUpdate(db, message)) < updateAttemptsAllowed) again.push(message);
  return new Set(again);
}

/** Which messages are there now, and which revision of its items each of them shows. */
async function noteArrivals(db: Db, answers: Answer[], now: number): Promise<void> {
  const [arrived, changed, shown]: [Arrived[], Changed[], Shown[]] = [[], [], []];
  for (const { claim, result, drawing } of answers) {
    if (claim.kind === 'create' || result.kind !== 'sent') continue;
    const { id } = claim.message;
    const first = drawing?.items[0]?.revision ?? null;
    if (claim.kind === 'send') arrived.push({ id, activity_id: result.activityId, settled_at: now, revision: first });
    else if (first !== null) changed.push({ id, revision: first });
    // What a message with one item was planned with is revision 0, and stands there already.
    const isPlanned = (revision: number) => claim.kind === 'send' && claim.message.carries === 0 && revision === 0;
    for (const { id: item, revision } of drawing?.items ?? [])
      if (!isPlanned(revision)) shown.push({ message: id, item, revision });
  }
  await Promise.all([noteSent(db, arrived), noteChanged(db, changed), noteShown(db, shown)]);
}

const endOf = ({ claim, result }: Answer) => {
  const why = 'why' in result ? result.why : null;
  return { id: claim.attempt, outcome: result.kind, status: result.status, why };
};

function calledBy(claim: Claim): Called {
  if (claim.kind === 'create') return { message: null, aadId: claim.opening.aad_id };
  return { message: claim.message.id, aadId: claim.message.aad_id };
}

/** When it is written, the present revisions of what was drawn, updates that are tried again, and whether more waits now. */
interface Present {
  now: number;
  revisions: Map<string, number>;
  again: ReadonlySet<string>;
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
    if (drawing) await updateOutdated(db, claim.message, drawing, present);
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

/** What came of one update. */
async function settleUpdate(
  db: Db,
  { message }: MessageClaim,
  result: SendResult,
  drawing: Drawing | null,
  present: Present,
): Promise<void> {
  if (present.again.has(message.id)) return returnUpdate(db, message.id);
  if (result.kind !== 'sent' && message.carries === 1) await unload(db, [message.id]);
  if (result.kind === 'sent' && drawing) await updateOutdated(db, message, drawing, present);
  if (result.kind === 'refused' && result.status === 403) await holdUnreachable(db, message, result.why, present.now);
}

/** What was drawn may be older than the items by now: then one update follows. */
async function updateOutdated(db: Db, message: MessageTable, { items }: Drawing, present: Present): Promise<void> {
  if (items.every(({ id, revision }) => (present.revisions.get(id) ?? 0) <= revision)) return;
  present.moreWaits = true;
  await queueUpdate(db, message.id, present.now);
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
