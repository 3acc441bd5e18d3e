import { expect, test } from 'vitest';
import { metricsRoute } from '../../../src/adapters/http/metrics-route.ts';
import { readyRoute } from '../../../src/adapters/http/ready-route.ts';
import type { HttpRequest } from '../../../src/ports/http.ts';

const request = (headers: HttpRequest['headers'] = {}): HttpRequest => ({
  params: {},
  query: new URLSearchParams(),
  headers,
  body: Buffer.alloc(0),
  closed: new AbortController().signal,
});

test('/readyz is 200 when everything stands', async () => {
  const answer = await readyRoute({ database: async () => true, clock: async () => true }).handle(request());
  expect(answer.status).toBe(200);
  expect(JSON.parse(String(answer.body))).toMatchObject({ status: 'ready' });
});

test('/readyz is 503 and names what does not stand, also where the check itself throws', async () => {
  const broken = () => Promise.reject(new Error('secret detail'));
  const answer = await readyRoute({ database: broken, clock: async () => false, policy: async () => true }).handle(
    request(),
  );
  expect(answer.status).toBe(503);
  expect(JSON.parse(String(answer.body)).items).toEqual([
    { name: 'database', ok: false },
    { name: 'clock', ok: false },
    { name: 'policy', ok: true },
  ]);
  expect(String(answer.body)).not.toContain('secret');
});

const figures = async () => ({ messages: { sent: 3, pending: 1 }, updatesWaiting: 2, lastMinute: 60_000 });

test('/metrics needs the token, whole and as a bearer', async () => {
  const route = metricsRoute('abc', figures);
  for (const authorization of [undefined, 'abc', 'Bearer ab', 'Bearer abcd', 'bearer abc']) {
    expect((await route.handle(request(authorization ? { authorization } : {}))).status).toBe(401);
  }
  expect((await route.handle(request({ authorization: 'Bearer abc' }))).status).toBe(200);
});

test('/metrics tells the ledger by state, and forgets a state that is empty now', async () => {
  let messages: Record<string, number> = { sent: 3, pending: 1 };
  const route = metricsRoute(null, async () => ({ messages, updatesWaiting: 2, lastMinute: 60_000 }));
  const first = String((await route.handle(request())).body);
  expect(first).toContain('kaeru_messages{state="pending"} 1');
  expect(first).toContain('kaeru_updates_waiting 2');
  expect(first).toContain('kaeru_last_minute_seconds 60');
  messages = { sent: 4 };
  const second = String((await route.handle(request())).body);
  expect(second).toContain('kaeru_messages{state="sent"} 4');
  expect(second).not.toContain('pending');
});
