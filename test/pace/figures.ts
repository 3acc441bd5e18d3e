import type { FakeState } from '../fakes/start-connector.ts';

export type Call = FakeState['calls'][number];

/** From when on the limit was how many calls a second, in milliseconds of the Connector's clock. */
export interface Limit {
  from: number;
  calls: number;
}

export interface Figures {
  calls: number;
  seconds: number;
  /** Calls within the limit, of those the Connector would have taken: what its own random pauses closed is left out. */
  share: number;
  /** 429s because calls came too fast, of all calls. */
  selfCaused: number;
  /** Calls that arrived while a Retry-After was known to forbid them, and how long after it was told the latest of them. */
  insideRetryAfter: number;
  /** Between the telling and the last call that was still on its way, the most milliseconds. */
  latestOnItsWay: number;
  lost: number;
  twice: number;
}

const retryAfter = 1_000;
const slot = 10;

/**
 * What the Connector saw of a send to `reached` conversations. `transit`: a call that arrives so many milliseconds after a
 * Retry-After was answered had left before its answer came.
 */
export function figuresOf(
  calls: Call[],
  limits: Limit[],
  unclear: Set<string>,
  reached: string[],
  transit: number,
): Figures {
  const first = calls[0]?.at ?? 0;
  const last = lastFirstCall(calls, first);
  const counted = calls.filter((call) => call.at <= last && call.over !== true);
  const told = calls.filter((call) => call.status === 429);
  const closed = told.filter((call) => call.over !== true);
  const late = calls.map((call) => latestPauseBefore(told, call)).filter((after) => after > 0);
  const accepted = Map.groupBy(
    calls.filter((call) => call.accepted),
    (call) => call.conversation,
  );
  return {
    calls: calls.length,
    seconds: (last - first) / 1_000,
    share: (counted.length - 1) / capacity(limits, closed, first, last),
    selfCaused: told.filter((call) => call.over === true).length / calls.length,
    insideRetryAfter: late.filter((after) => after > transit).length,
    latestOnItsWay: Math.max(0, ...late),
    lost: reached.filter((one) => !accepted.has(one) && !unclear.has(one)).length,
    twice: [...accepted.values()].filter((all) => all.length > 1).length,
  };
}

/** When everybody had been called once. */
function lastFirstCall(calls: Call[], first: number): number {
  const seen = new Set<string>();
  let last = first;
  for (const { conversation, at } of calls) {
    if (!seen.has(conversation)) last = at;
    seen.add(conversation);
  }
  return last;
}

/** How long after the telling of a Retry-After a call came that it forbade; 0 where none did. */
function latestPauseBefore(told: Call[], { at }: Call): number {
  const pause = told.find((one) => one.at < at && at < one.at + retryAfter - 1);
  return pause === undefined ? 0 : at - pause.at;
}

function capacity(limits: Limit[], closed: Call[], first: number, last: number): number {
  let sum = 0;
  let next = 0;
  for (let at = first; at < last; at += slot) {
    while ((closed[next]?.at ?? Number.POSITIVE_INFINITY) + retryAfter <= at) next += 1;
    if ((closed[next]?.at ?? Number.POSITIVE_INFINITY) <= at) continue;
    const limit = limits.findLast(({ from }) => from <= at)?.calls ?? limits[0]?.calls ?? 0;
    sum += (limit * Math.min(slot, last - at)) / 1_000;
  }
  return sum;
}

/** What of it is not as promised. */
export function faultsOf(figures: Figures, { faults, fall }: { faults: boolean; fall: boolean }): string[] {
  const least = faults || fall ? 0.95 : 0.98;
  const wrong: string[] = [];
  if (figures.share < least) wrong.push(`the share ${figures.share.toFixed(4)} is below ${least}`);
  if (!fall && figures.selfCaused > 0.001) wrong.push(`${(figures.selfCaused * 100).toFixed(2)} % self-caused 429s`);
  if (figures.insideRetryAfter > 0) wrong.push(`${figures.insideRetryAfter} calls inside a Retry-After`);
  if (figures.lost > 0) wrong.push(`${figures.lost} lost`);
  if (figures.twice > 0) wrong.push(`${figures.twice} with two cards`);
  return wrong;
}
