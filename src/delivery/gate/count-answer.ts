import { markReachable } from '../../people/index.ts';
import type { CreateResult, SendResult } from '../../ports/chat.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import type { DeliveryGateTable } from '../../ports/tables/delivery.ts';
import { refusedOpensAgain } from '../openings/queries.ts';
import { holdWaiting } from '../queries.ts';
import { addRefusal, pauseGate, readGate, refusedWaitsAgain, setGate, takeRefusals } from './queries.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { pauseAfterFailures, probeEvery, refusalsToOpen } from './rules.ts';
import { sharedElapsed } from './shared-time.ts';

/** What came of any call. */
export type Answered = SendResult | CreateResult;

/** Whom a call was for, and the message it carried; null where it opened a chat. */
export interface Called {
  message: string | null;
  aadId: string | null;
}

/** Whether an answer could change anything at the gate: an accepted call does not, while nothing was refused or failed before. */
export function isCalm({ failed, refused, opened_at: opened }: DeliveryGateTable): boolean {
  return failed === 0 && refused === 0 && opened === null;
}

export const isAccepted = (result: Answered) => result.kind === 'sent' || result.kind === 'created';

/**
 * What an answer says of the gate: an accepted call ends a run of refusals, the 20th refusal in a row (403, 404) opens the
 * breaker and tells HR, a Retry-After pauses every service's calls, and so does, longer and longer, a way out that is shut.
 */
export async function countAnswer(ports: Ports, db: Db, { message, aadId }: Called, result: Answered): Promise<void> {
  await countFailures(ports, db, result);
  if (isAccepted(result)) return endRun(ports, db);
  if (result.kind === 'throttled' && result.retryAfter !== null) {
    return pauseGate(db, await sharedElapsed(ports, db), result.retryAfter);
  }
  if (!isUnreachable(result) || aadId === null) return;
  const now = ports.clock.now();
  const inARow = await addRefusal(db, { id: ports.random.id(), message_id: message, aad_id: aadId, refused_at: now });
  if (inARow < refusalsToOpen || (await readGate(db)).opened_at !== null) return;
  await setGate(db, {
    opened_at: now,
    probe_at: (await sharedElapsed(ports, db)) + probeEvery,
    closed_at: null,
    undone: 0,
  });
  ports.log.error('Teams refuses one person after another; sending is held back, one is tried each minute', {
    refused: inARow,
  });
  await raiseAlarm(ports, db, now);
}

/** While nothing leaves the house at all, fewer and fewer requests are tried: one second apart, at last one minute. */
async function countFailures(ports: Ports, db: Db, result: Answered): Promise<void> {
  const { failed } = await readGate(db);
  if (result.kind !== 'throttled' || result.status !== null) {
    if (failed > 0) await setGate(db, { failed: 0 });
    return;
  }
  await setGate(db, { failed: failed + 1 });
  const pause = pauseAfterFailures(failed + 1);
  if (pause > 0) await pauseGate(db, await sharedElapsed(ports, db), pause);
}

/** The statuses after which a person is unreachable. */
export function isUnreachable(result: Answered): boolean {
  return result.kind === 'refused' && (result.status === 403 || result.status === 404);
}

/** When the breaker was open, what was refused in that run is undone: the app, not the people, had been refused. */
async function endRun(ports: Ports, db: Db): Promise<void> {
  const gate = await readGate(db);
  if (gate.refused === 0 && gate.opened_at === null) return;
  const now = ports.clock.now();
  const refusals = await takeRefusals(db);
  const people = new Set(refusals.map((refusal) => refusal.aad_id));
  const closed = gate.opened_at === null ? {} : { opened_at: null, closed_at: now, undone: people.size };
  await setGate(db, { refused: 0, ...closed });
  if (gate.opened_at === null) return;
  for (const { message_id: message } of refusals) if (message !== null) await refusedWaitsAgain(db, message, now);
  const unopened = refusals.filter((refusal) => refusal.message_id === null).map((refusal) => refusal.aad_id);
  await refusedOpensAgain(db, unopened);
  for (const person of people) {
    await markReachable(db, person);
    await holdWaiting(db, person, null);
  }
  ports.log.info('Teams accepts again; what was refused meanwhile is undone', { count: people.size });
}
