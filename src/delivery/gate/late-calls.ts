import type { Turn } from './rules.ts';

/** Calls by number, and when they came to Teams, in whole milliseconds of the shared elapsed time. */
export type LateCalls = ReadonlyMap<number, number>;

/** Calls that came longer ago than this say nothing any more. */
const window = 1500;
const mostKept = 100;

/** As it is stored: `1234:170;1240:93`, each so many milliseconds before the instant named first. */
export function lateCallsIn(text: string): Map<number, number> {
  const [base = '', ...calls] = text.split(';');
  return new Map(
    calls.map((one) => {
      const [number, ago] = one.split(':').map(Number);
      return [number ?? 0, Number(base) - (ago ?? 0)];
    }),
  );
}

/** What is stored of the late calls at that moment; the oldest are left out. */
export function textOfLateCalls(calls: LateCalls, now: number): string {
  const base = Math.round(now);
  const recent = [...calls].filter(([, at]) => at > now - window && at < now + window).slice(-mostKept);
  if (recent.length === 0) return '';
  return [String(base), ...recent.map(([number, at]) => `${number}:${base - Math.round(at)}`)].join(';');
}

/** Those that came late, and calls given out now that were put off behind their turn: to what follows they are the same. */
export function withPutOff(late: LateCalls, given: { number: number; turn: Turn }[]): Map<number, number> {
  const putOff = given.filter(({ turn }) => turn.put).map(({ number, turn }) => [number, turn.moment] as const);
  return new Map([...late, ...putOff]);
}
