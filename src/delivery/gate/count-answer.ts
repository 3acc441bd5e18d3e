import { markReachable } from '../../people/index.ts';
import type { SendResult } from '../../ports/chat.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import type { MessageTable } from '../../ports/tables.ts';
import { holdWaiting } from '../queries.ts';
import { addRefusal, pauseGate, readGate, refusedWaitsAgain, setGate, takeRefusals } from './queries.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { pauseAfterFailures, probeEvery, refusalsToOpen } from './rules.ts';

/**
 * What an answer says of the gate: an accepted call ends a run of refusals, the 20th refusal in a row (403, 404) opens the
 * breaker and tells HR, a Retry-After pauses every service's calls, and so does, longer and longer, a way out that is shut.
 */
export async function countAnswer(ports: Ports, db: Db, message: MessageTable, result: SendResult): Promise<void> {
  await countFailures(ports, db, result);
  if (result.kind === 'sent') return endRun(ports, db);
  if (result.kind === 'throttled' && result.retryAfter !== null) {
    return pauseGate(db, await sharedElapsed(ports, db), result.retryAfter);
  }
  if (result.kind !== 'refused' || !isUnreachable(result) || message.aad_id === null) return;
  const now = ports.clock.now();
  const refusal = { id: ports.random.id(), message_id: message.id, aad_id: message.aad_id, refused_at: now };
  const inARow = await addRefusal(db, refusal);
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
async function countFailures(ports: Ports, db: Db, result: SendResult): Promise<void> {
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
export function isUnreachable(result: SendResult): boolean {
  return result.kind === 'refused' && (result.status === 403 || result.status === 404);
}

/** Elapsed milliseconds that all services of the store share; a store of one service has that service's own. */
export async function sharedElapsed(ports: Ports, db: Db): Promise<number> {
  const shared = ports.database.sharedElapsed;
  return shared === null ? Math.floor(ports.clock.elapsed()) : shared(db);
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
  for (const person of people) {
    await markReachable(db, person);
    await holdWaiting(db, person, null);
  }
  ports.log.info('Teams accepts again; what was refused meanwhile is undone', { count: people.size });
}
