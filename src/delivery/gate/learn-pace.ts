import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import type { DeliveryGateTable } from '../../ports/tables/delivery.ts';
import { type Answered, isAccepted } from './count-answer.ts';
import { afterAccepted, afterRefusal, type Taught } from './learned-pace.ts';
import { setGate } from './queries.ts';
import { sharedElapsed } from './shared-time.ts';

const tooManyCalls = 429;

/** What came of a call, its moment in shared elapsed time, and how many calls were accepted in the second before it. */
export interface PacedAnswer {
  claim: { sharedAt: number };
  load(): number;
  result: Answered;
}

/**
 * Learns from answers how many calls a second Teams takes. What was under way when a pause was told says nothing more: only
 * the first refusal of a pause counts.
 */
export async function learnPace(ports: Ports, db: Db, gate: DeliveryGateTable, answers: PacedAnswer[]): Promise<void> {
  if (gate.suspects === '' && !answers.some(({ result }) => result.status === tooManyCalls)) return;
  const now = await sharedElapsed(ports, db);
  let pausedUntil = gate.paused_until;
  let taught: Taught = gate;
  for (const { claim, load, result } of answers) {
    if (isAccepted(result) && taught.suspects !== '') taught = afterAccepted(taught, load()) ?? taught;
    if (result.kind !== 'throttled' || result.status !== tooManyCalls || claim.sharedAt < pausedUntil) continue;
    taught = afterRefusal(taught, load(), now) ?? taught;
    if (result.retryAfter !== null) pausedUntil = Math.max(pausedUntil, now + result.retryAfter);
  }
  if (taught === gate) return;
  const { learned, raise_at, hold, suspects } = taught;
  await setGate(db, { learned, raise_at, hold, suspects });
  if (learned === gate.learned || learned === null) return;
  ports.log.warn('Teams takes fewer calls a second than are configured; calls go more slowly', {
    pace: learned / 1000,
  });
}
