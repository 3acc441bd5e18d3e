import type { DeliveryGateTable } from '../../ports/tables/delivery.ts';

/** So many answers 403 or 404 in a row mean that the app, not a person, is refused: the breaker opens. */
export const refusalsToOpen = 20;
/** While it is open one person is tried this often, in elapsed milliseconds. */
export const probeEvery = 60_000;

/** More tokens than any bucket holds: a full one, for a service whose elapsed time begins anew. */
export const full = 1_000_000;
const leastBurst = 5;
/** A pause longer than this comes from a clock that stepped, not from Teams. */
const longestPause = 24 * 60 * 60_000;

const failuresBorne = 10;
const longestFailurePause = 60_000;

/** How long all calls wait, in elapsed milliseconds, after so many requests in a row that never left. */
export function pauseAfterFailures(inARow: number): number {
  if (inARow < failuresBorne) return 0;
  return Math.min(longestFailurePause, 1000 * 2 ** Math.min(6, Math.floor((inARow - failuresBorne) / 5)));
}

/** What may pass now: so many calls, or none for `wait` elapsed milliseconds. `tokens` (thousandths of a call) is what there is now. */
export interface Passage {
  calls: number;
  wait: number;
  tokens: number;
  /** Held by the open breaker: nothing but the next probe can go. */
  held: boolean;
}

/**
 * A bucket of `perSecond` calls a second, all kinds together, with a burst of at most 5 (of a fiftieth of the pace where that is
 * more), which stands during a pause (Retry-After); while the breaker is open, one probe a minute. `now` is the elapsed time
 * all services share.
 */
export function passage(gate: DeliveryGateTable, now: number, perSecond: number): Passage {
  const pausedUntil = gate.paused_until - now > longestPause ? 0 : gate.paused_until;
  const from = Math.min(now, Math.max(gate.counted_at, pausedUntil));
  const most = Math.min(perSecond, Math.max(leastBurst, Math.ceil(perSecond / 50))) * 1000;
  const grown = gate.counted_at > now ? 0 : (now - from) * perSecond;
  const tokens = Math.min(most, gate.tokens + grown);
  const refused = (wait: number, held: boolean) => ({ calls: 0, wait, tokens, held });
  if (now < pausedUntil) return refused(pausedUntil - now, false);
  const probeIn = Math.min(gate.probe_at - now, probeEvery);
  if (gate.opened_at !== null && probeIn > 0) return refused(probeIn, true);
  if (tokens < 1000) return refused(Math.max(1, Math.ceil((1000 - tokens) / perSecond)), false);
  return { calls: gate.opened_at === null ? Math.floor(tokens / 1000) : 1, wait: 0, tokens, held: false };
}
