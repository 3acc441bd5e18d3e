import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import { type RunningServer, startServer } from '../../../src/adapters/http/start-server.ts';
import { connectorChat } from '../../../src/adapters/teams/connector-chat.ts';
import { messagesHandler } from '../../../src/adapters/teams/messages-handler.ts';
import { rehearsalSignIn } from '../../../src/adapters/teams/sign-in.ts';
import type { IncomingPress } from '../../../src/ports/incoming.ts';
import { anActivity, aPress } from '../../fakes/activities.ts';
import { handClock } from '../../fakes/hand-clock.ts';
import { keptLog } from '../../fakes/quiet-log.ts';

describe('POST /api/messages of a rehearsal', () => {
  let server: RunningServer;
  const presses: IncomingPress[] = [];
  const done = async () => {};

  beforeAll(async () => {
    const log = keptLog();
    const messages = messagesHandler({
      incoming: {
        async press(press) {
          presses.push(press);
          return { card: { type: 'AdaptiveCard', body: ['見本'] } };
        },
        message: done,
        installed: done,
        removed: done,
      },
      signIn: rehearsalSignIn,
      serviceHosts: { rehearsal: true, hosts: [] },
      tenants: [],
      clock: systemClock(),
      log,
    });
    server = await startServer({ host: '127.0.0.1', port: 0, routes: [], messages, rehearsal: true, log });
  });
  afterAll(() => server.stop());

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body: JSON.stringify(body),
    });

  test('answers a press with the new card', async () => {
    const answer = await post(aPress('a.b', { i: '1' }));
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: { type: 'AdaptiveCard', body: ['見本'] },
      },
    ]);
    expect(presses.at(-1)).toMatchObject({ verb: 'a.b', data: { i: '1' } });
  });
  test('takes a message, and ignores a token: rehearsal has no sign-in', async () => {
    expect((await post(anActivity(), { authorization: 'Bearer x' })).status).toBe(200);
  });
  test.each([
    [415, anActivity(), { 'content-type': 'text/plain' }],
    [400, ['x'], {}],
    [403, anActivity({ serviceUrl: 'https://smba.trafficmanager.net/jp/' }), {}],
    [403, anActivity({ channelData: { tenant: { id: 'other' } } }), {}],
    [403, anActivity(), { origin: 'https://evil.example' }],
    [403, anActivity(), { 'x-forwarded-for': '192.0.2.1' }],
  ])('refuses with %d', async (status, body, headers: Record<string, string>) => {
    const answer = await post(body, headers);
    expect([answer.status, await answer.json()]).toEqual([
      status,
      { error: { code: expect.any(String), message: expect.any(String) } },
    ]);
  });
});

describe('an answer that breaks off', () => {
  const clock = handClock();
  const chat = connectorChat({ clock, serviceHosts: { rehearsal: true, hosts: [] }, botId: 'b' });
  let server: Server;
  let requests = 0;
  let reply = '';
  let then: 'reset' | 'hang' = 'hang';

  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (piece) => {
        requests += piece.toString().split('POST ').length - 1;
        socket.write(reply, () => then === 'reset' && socket.resetAndDestroy());
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(async () => {
    await chat.close();
    server.close();
  });

  const address = () => {
    const at = server.address();
    return `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}/`;
  };
  test.each([
    ['200 OK', 'reset', { kind: 'sent', activityId: null, status: 200 }],
    ['200 OK', 'hang', { kind: 'sent', activityId: null, status: 200 }],
    ['403 Forbidden', 'hang', { kind: 'refused', why: 'blocked', status: 403 }],
    ['429 Slow', 'reset', { kind: 'throttled', why: 'throttled', retryAfter: null, status: 429 }],
    ['503 Away', 'hang', { kind: 'unknown', why: 'server-error', status: 503 }],
  ] as const)('after the head of %s (%s) is judged by that status', async (line, ending, expected) => {
    reply = `HTTP/1.1 ${line}\r\ncontent-length: 100\r\n\r\n{"id":`;
    then = ending;
    const before = requests;
    const sending = chat.send({ serviceUrl: address(), conversationId: 'a', tenantId: null }, { summary: 's' });
    while (requests === before) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (ending === 'hang') await clock.advance(10_000);
    expect(await sending).toEqual(expected);
    expect(requests).toBe(before + 1);
  });
  test('before any head is unknown, and nothing is sent again', async () => {
    reply = 'garbage\r\n\r\n';
    then = 'hang';
    const before = requests;
    const result = await chat.send({ serviceUrl: address(), conversationId: 'a', tenantId: null }, { summary: 's' });
    expect(result).toMatchObject({ kind: 'unknown', status: null });
    expect(requests).toBe(before + 1);
  });
});
