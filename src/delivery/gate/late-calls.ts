import type { Turn } from './rules.ts';

/** Calls by number, and when they came to Teams, in whole milliseconds of the shared elapsed time. */
export type LateCalls = ReadonlyMap<number, number>;

/** Calls that came longer ago than this say nothing any more; none is given out further ahead. */
const window = { before: 1_010, ahead: 1_500 };
const mostKept = 200;

/** As it is stored: `1234:170;1240:93`, each so many milliseconds before the instant named first. */
export function lateCallsIn(text: string): Map<number, number> {
  const calls = new Map<number, number>();
  const [base = '', ...rest] = text.split(';');
  for (const one of rest) {
    const colon = one.indexOf(':');
    calls.set(Number(one.slice(0, colon)), Number(base) - Number(one.slice(colon + 1)));
  }
  return calls;
}

/** What is stored of the late calls at that moment; the oldest are left out. */
export function textOfLateCalls(calls: LateCalls, now: number): string {
  const base = Math.round(now);
  const recent: string[] = [];
  for (const [number, at] of calls)
    if (at > now - window.before && at < now + window.ahead) recent.push(`;${number}:${base - Math.round(at)}`);
  return recent.length === 0 ? '' : base + recent.slice(-mostKept).join('');
}

/** What both say; of a call in both the second. */
export function joined(some: LateCalls, others: LateCalls): LateCalls {
  if (some.size === 0) return others;
  if (others.size === 0) return some;
  const all = new Map(some);
  for (const [number, at] of others) all.set(number, at);
  return all;
}

/** Those that came late, and calls given out now that were put off behind their turn: to what follows they are the same. */
export function withPutOff(late: LateCalls, given: { number: number; turn: Turn }[]): LateCalls {
  const putOff = given.filter(({ turn }) => turn.put).map(({ number, turn }) => [number, turn.moment] as const);
  return joined(late, new Map(putOff));
}
