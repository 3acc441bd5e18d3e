import { setTimeout as wait } from 'node:timers/promises';
import type { HttpRoute } from '../../ports/http.ts';

/** Whoever asks waits a few seconds at most; what has not answered by then, in milliseconds, does not stand. */
const answersWithin = 2_000;

/** One thing the service cannot do without, and whether it stands. */
export interface Readiness {
  name: string;
  ok: boolean;
}

/**
 * `GET /readyz`: 200 when everything stands, 503 with the names of what does not. A check that throws, or says nothing
 * for 2 s, does not stand. Alarms are shown and change nothing: the service still takes presses.
 */
export function readyRoute(
  checks: Record<string, () => Promise<boolean>>,
  alarmsNow: () => Promise<string[]> = async () => [],
): HttpRoute {
  return {
    method: 'GET',
    path: '/readyz',
    handle: async () => {
      const [alarms, ...items] = await Promise.all([
        inTime(alarmsNow()).catch(() => []),
        ...Object.entries(checks).map(([name, check]) => readinessOf(name, check)),
      ]);
      const ready = items.every((item) => item.ok);
      const body = JSON.stringify({ status: ready ? 'ready' : 'not-ready', items, alarms });
      return { status: ready ? 200 : 503, headers: { 'content-type': 'application/json' }, body };
    },
  };
}

async function readinessOf(name: string, check: () => Promise<boolean>): Promise<Readiness> {
  try {
    return { name, ok: await inTime(check()) };
  } catch {
    return { name, ok: false };
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = wait(answersWithin, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new Error('No answer in time.');
  });
  late.catch(() => {});
  return Promise.race([answer, late]).finally(() => over.abort());
}
