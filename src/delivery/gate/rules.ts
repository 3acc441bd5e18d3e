import type { DeliveryGateTable } from '../../ports/tables/delivery.ts';
import { presentPace } from './learned-pace.ts';

/** So many answers 403 or 404 in a row mean that the app, not a person, is refused: the breaker opens. */
export const refusalsToOpen = 20;
/** While it is open one person is tried this often, in elapsed milliseconds. */
export const probeEvery = 60_000;

/**
 * Calls are given out so far ahead of their moment, in elapsed milliseconds, and more when what was given ends within `lead`:
 * claimed and drawn, they leave in time. Services that share a store wait for each other's transactions.
 */
export const aheadOfTime = { alone: { most: 160, lead: 25 }, among: { most: 300, lead: 120 } };
/** Calls stand this much further apart than the pace asks, so that a second on the way never holds one more (decision 0014). */
const slack = 1.006;
/** A call stands so many milliseconds over a second behind the one that left as many calls before as a second holds. */
const overASecond = 1005;
/** So much of what passed unused is made up for, in milliseconds: a call may stand so far behind its turn without putting off those that follow. */
const madeUp = 250;
/** After so many milliseconds without calls, a pause apart, nothing waited, and nothing is made up for: even calls need fewer claims. */
const idleAfter = 2_000;
/** What is made up for goes at this many times the pace, never in a heap. */
const catchesUp = 2;
/** When a call was late is known for calls up to so far from now, in milliseconds; further ahead it comes from a clock that stepped. */
const furthestLate = 2_000;
/** A next call further away than this comes from a clock that stepped. */
const furthestCall = 10_000;
/** A pause longer than this comes from a clock that stepped, not from Teams. */
const longestPause = 24 * 60 * 60_000;

/** Milliseconds of a pause that are left at that moment; 0 where it is over. */
export function pauseLeft(until: number, at: number): number {
  const left = until - at;
  return left > 0 && left <= longestPause ? left : 0;
}

const failuresBorne = 10;
const longestFailurePause = 60_000;

/** How long all calls wait, in elapsed milliseconds, after so many requests in a row that never left. */
export function pauseAfterFailures(inARow: number): number {
  if (inARow < failuresBorne) return 0;
  return Math.min(longestFailurePause, 1000 * 2 ** Math.min(6, Math.floor((inARow - failuresBorne) / 5)));
}

/**
 * One call: its moment, when the one after it has its turn, and the moment of that one (`following`), in shared elapsed milliseconds. `put`: it
 * stands behind its turn, so the call that is a second's calls behind it must stand behind that moment, too.
 */
export interface Turn {
  moment: number;
  next: number;
  following: number;
  put: boolean;
}

/** What may pass now; or none for `wait` milliseconds. */
export interface Passage {
  turns: Turn[];
  wait: number;
  /** Held by the open breaker: nothing but the next probe can go. */
  held: boolean;
}

/** How many calls, which of those before came late, and how far ahead they are given out. */
interface Wanted {
  most: number;
  late?: ReadonlyMap<number, number>;
  /** Until when a pause holds of which the gate may not know yet. */
  told?: number;
  ahead?: { most: number; lead: number };
}

/**
 * Up to `most` calls at even distances, all kinds together, all services after each other, nothing during a pause (Retry-After);
 * while the breaker is open, one probe a minute. Where turns passed unused (a pause, a process that stood still), up to a quarter
 * of a second of them is made up for at double the pace. `now` is the elapsed time all services share. `late`
 * are calls that came to Teams after their moment, and when: no second may hold more calls than the pace, the learned one while
 * that is lower, whatever was late or is made up for.
 */
export function passage(
  gate: DeliveryGateTable,
  now: number,
  perSecond: number,
  { most, late = new Map(), told = 0, ahead = aheadOfTime.alone }: Wanted,
): Passage {
  const none = (wait: number, held = false) => ({ turns: [], wait: Math.max(1, Math.ceil(wait)), held });
  const paused = Math.max(pauseLeft(gate.paused_until, now), pauseLeft(told, now));
  if (paused > 0) return none(paused);
  const probeIn = Math.min(gate.probe_at - now, probeEvery);
  if (gate.opened_at !== null && probeIn > 0) return none(probeIn, true);
  if (gate.opened_at !== null)
    return { turns: [{ moment: now, next: now, following: now, put: false }], wait: 0, held: false };
  const pace = presentPace(gate, now, perSecond);
  const interval = (1000 * slack) / pace;
  const second = Math.max(1, Math.floor(pace));
  const cameAt = (number: number) => {
    const at = late.get(number) ?? Number.NEGATIVE_INFINITY;
    return at > now + furthestLate ? Number.NEGATIVE_INFINITY : at;
  };
  const turns: Turn[] = [];
  let turn = firstTurn(gate, now, Math.max(gate.paused_until, told));
  let before = cameAt(gate.calls);
  for (;;) {
    const aSecondBefore = cameAt(gate.calls + turns.length + 1 - second);
    const moment = Math.max(turn, now, aSecondBefore + overASecond, before + interval / catchesUp);
    const last = turns.at(-1);
    if (last) last.following = moment;
    if (!last && moment >= now + ahead.most) return none(moment - now - ahead.lead);
    if (turns.length === most || moment >= now + ahead.most) return { turns, wait: 0, held: false };
    const next = Math.max(turn, moment - madeUp) + interval;
    turns.push({ moment, next, following: next, put: moment > turn });
    turn = next;
    before = moment;
  }
}

/** The turn of the next call: of those that passed unused no more than can be made up for. */
function firstTurn(gate: DeliveryGateTable, now: number, pausedUntil: number): number {
  const planned = gate.next_at / 1000;
  const idle = Math.max(planned, pausedUntil) < now - idleAfter;
  return idle || planned - now > furthestCall ? now : Math.max(planned, now - madeUp);
}
