import type { HttpRoute } from '../../ports/http.ts';

/** One thing the service cannot do without, and whether it stands. */
export interface Readiness {
  name: string;
  ok: boolean;
}

/**
 * `GET /readyz`: 200 when everything stands, 503 with the names of what does not. A check that throws does not stand. Alarms
 * are shown and change nothing: the service still takes presses.
 */
export function readyRoute(
  checks: Record<string, () => Promise<boolean>>,
  alarmsNow: () => Promise<string[]> = async () => [],
): HttpRoute {
  return {
    method: 'GET',
    path: '/readyz',
    handle: async () => {
      const items = await Promise.all(Object.entries(checks).map(([name, check]) => readinessOf(name, check)));
      const ready = items.every((item) => item.ok);
      const body = JSON.stringify({
        status: ready ? 'ready' : 'not-ready',
        items,
        alarms: await alarmsNow().catch(() => []),
      });
      return { status: ready ? 200 : 503, headers: { 'content-type': 'application/json' }, body };
    },
  };
}

async function readinessOf(name: string, check: () => Promise<boolean>): Promise<Readiness> {
  try {
    return { name, ok: await check() };
  } catch {
    return { name, ok: false };
  }
}
