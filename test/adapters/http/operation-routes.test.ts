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

test('/readyz stays 200 while there is an alarm, and shows it; one that cannot be asked for is not shown', async () => {
  const alarmed = await readyRoute({ database: async () => true }, async () => ['delivery-breaker-open']).handle(
    request(),
  );
  expect(alarmed.status).toBe(200);
  expect(JSON.parse(String(alarmed.body))).toEqual({
    status: 'ready',
    items: [{ name: 'database', ok: true }],
    alarms: ['delivery-breaker-open'],
  });
  const broken = () => Promise.reject(new Error('secret detail'));
  const answer = await readyRoute({ database: async () => true }, broken).handle(request());
  expect([answer.status, JSON.parse(String(answer.body)).alarms]).toEqual([200, []]);
});

const quiet = { breakerOpen: false, unreachablePeople: 0, chatOpenings: {} };
const figures = async () => ({ messages: { sent: 3, pending: 1 }, updatesWaiting: 2, lastMinute: 60_000, ...quiet });

test('/metrics needs the token, whole and as a bearer', async () => {
  const route = metricsRoute('abc', figures);
  for (const authorization of [undefined, 'abc', 'Bearer ab', 'Bearer abcd', 'bearer abc']) {
    expect((await route.handle(request(authorization ? { authorization } : {}))).status).toBe(401);
  }
  expect((await route.handle(request({ authorization: 'Bearer abc' }))).status).toBe(200);
});

test('/metrics tells the ledger by state, and forgets a state that is empty now', async () => {
  let messages: Record<string, number> = { sent: 3, pending: 1 };
  const route = metricsRoute(null, async () => ({ messages, updatesWaiting: 2, lastMinute: 60_000, ...quiet }));
  const first = String((await route.handle(request())).body);
  expect(first).toContain('kaeru_messages{state="pending"} 1');
  expect(first).toContain('kaeru_updates_waiting 2');
  expect(first).toContain('kaeru_last_minute_seconds 60');
  messages = { sent: 4 };
  const second = String((await route.handle(request())).body);
  expect(second).toContain('kaeru_messages{state="sent"} 4');
  expect(second).not.toContain('pending');
});

test('/metrics tells whether the breaker is open, how many people cannot be reached, and the chats to open by state', async () => {
  let reach = { breakerOpen: true, unreachablePeople: 21, chatOpenings: { pending: 4 } as Record<string, number> };
  const route = metricsRoute(null, async () => ({ messages: {}, updatesWaiting: 0, lastMinute: null, ...reach }));
  const open = String((await route.handle(request())).body);
  for (const line of [
    'kaeru_breaker_open 1',
    'kaeru_unreachable_people 21',
    'kaeru_chat_openings{state="pending"} 4',
  ]) {
    expect(open).toContain(line);
  }
  reach = { breakerOpen: false, unreachablePeople: 0, chatOpenings: { opened: 4 } };
  const closed = String((await route.handle(request())).body);
  for (const line of ['kaeru_breaker_open 0', 'kaeru_unreachable_people 0', 'kaeru_chat_openings{state="opened"} 4']) {
    expect(closed).toContain(line);
  }
  expect(closed).not.toContain('kaeru_chat_openings{state="pending"}');
});
