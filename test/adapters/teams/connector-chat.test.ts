import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectorChat } from '../../../src/adapters/teams/connector-chat.ts';
import type { ChatTarget, SendResult } from '../../../src/ports/chat.ts';
import { handClock } from '../../fakes/hand-clock.ts';
import { type Behaviour, type FakeConnector, startFakeConnector } from '../../fakes/start-connector.ts';

const clock = handClock();
const card = { type: 'AdaptiveCard', version: '1.5', body: [] };
const message = { summary: '見本', card };

describe('the way out to Teams', () => {
  let connector: FakeConnector;
  let target: ChatTarget;
  const chat = connectorChat({ clock, serviceHosts: { rehearsal: true, hosts: [] }, botId: '28:kaeru' });

  beforeAll(async () => {
    connector = await startFakeConnector();
    target = { serviceUrl: `${connector.serviceUrl}teams/`, conversationId: 'a:chat/1?x', tenantId: 't-1' };
  });
  beforeEach(() => connector.forget());
  afterAll(async () => {
    await chat.close();
    await connector.stop();
  });
  const calls = async () => (await connector.state()).calls;

  test('sends one activity to the conversation and returns its id', async () => {
    const result = await chat.send(target, message);
    const conversation = await connector.conversation('a:chat/1?x');
    expect(result).toEqual({ kind: 'sent', activityId: conversation?.activities[0]?.id, status: 200 });
    expect(conversation?.activities[0]?.stored).toEqual({
      type: 'message',
      from: { id: '28:kaeru' },
      conversation: { id: 'a:chat/1?x' },
      summary: '見本',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
      channelData: { tenant: { id: 't-1' } },
    });
  });
  test('a card that is written already goes out as it stands', async () => {
    const written = { ...message, card: Buffer.from(JSON.stringify(card)) };
    expect(await chat.send(target, written)).toMatchObject({ kind: 'sent' });
    const stored = (await connector.conversation(target.conversationId))?.activities.at(-1)?.stored;
    expect(stored).toMatchObject({ summary: '見本', attachments: [{ content: card }] });
  });
  test('updates the stored activity in place', async () => {
    const sent = await chat.send(target, message);
    const id = sent.kind === 'sent' ? (sent.activityId ?? '') : '';
    expect(await chat.update(target, id, { summary: '新', text: '文' })).toEqual({
      kind: 'sent',
      activityId: id,
      status: 200,
    });
    const conversation = await connector.conversation('a:chat/1?x');
    expect(conversation).toMatchObject({ posts: 1, puts: 1, activities: [{ updates: 1, stored: { text: '文' } }] });
  });
  test('opens the personal chat with somebody of the directory', async () => {
    const created = await chat.create(connector.serviceUrl, 't-1', 'aaaa');
    const again = await chat.create(connector.serviceUrl, 't-1', 'aaaa');
    expect(created).toMatchObject({ kind: 'created', conversationId: expect.stringMatching(/^a:chat-/) });
    expect(again).toEqual(created);
    expect((await calls()).map(({ kind }) => kind)).toEqual(['create', 'create']);
  });

  const statuses: [number, SendResult['kind']][] = [
    [200, 'sent'],
    [201, 'sent'],
    [202, 'sent'],
    [301, 'refused'],
    [302, 'refused'],
    [307, 'refused'],
    [308, 'refused'],
    [400, 'refused'],
    [401, 'throttled'],
    [403, 'refused'],
    [404, 'refused'],
    [405, 'refused'],
    [410, 'refused'],
    [413, 'refused'],
    [412, 'throttled'],
    [429, 'throttled'],
    [408, 'unknown'],
    [500, 'unknown'],
    [501, 'unknown'],
    [502, 'unknown'],
    [503, 'unknown'],
    [504, 'unknown'],
    [599, 'unknown'],
  ];
  describe('makes one request and judges by the status', () => {
    test.each(statuses)('%d is %s', async (status, kind) => {
      const headers = { location: `${connector.serviceUrl}v3/conversations/other/activities` };
      await connector.script({ status, headers, times: null });
      for (const call of [chat.send(target, message), chat.update(target, 'f:1', message)]) {
        expect(await call).toMatchObject({ kind, status });
      }
      const created = await chat.create(connector.serviceUrl, null, 'bbbb');
      expect(created.kind).toBe(kind === 'sent' ? 'created' : kind);
      expect((await calls()).map((call) => call.kind)).toEqual(['send', 'update', 'create']);
    });
  });

  describe('makes as many requests as calls', () => {
    const trouble: [string, Behaviour][] = [
      ...[408, 412, 429, 500, 502, 503, 504].map((status): [string, Behaviour] => [`answers ${status}`, { status }]),
      ['answers 502 after accepting', { status: 502, accept: true }],
      ['resets', { reset: true }],
      ['resets after accepting', { reset: true, accept: true }],
    ];
    test.each(trouble)('when the Connector %s', async (_name, behaviour) => {
      await connector.script({ ...behaviour, times: 20 });
      const results = await Promise.all(Array.from({ length: 20 }, () => chat.send(target, message)));
      const expected = behaviour.status === 412 || behaviour.status === 429 ? 'throttled' : 'unknown';
      expect(results.map(({ kind }) => kind)).toEqual(Array(20).fill(expected));
      expect(await chat.send(target, message)).toMatchObject({ kind: 'sent' });
      expect((await connector.conversation(target.conversationId))?.posts).toBe(21);
    });
    test.each([true, false])(
      'when it hangs (accepted: %s): each is unknown after 10 s of elapsed time',
      async (accept) => {
        await connector.script({ hang: true, accept, times: 5 });
        const sending = Promise.all(Array.from({ length: 5 }, () => chat.send(target, message)));
        await vi.waitFor(async () => expect(await calls()).toHaveLength(5));
        await clock.advance(9_999);
        await clock.advance(1);
        expect(await sending).toEqual(Array(5).fill({ kind: 'unknown', why: 'timeout', status: null }));
        expect(await chat.send(target, message)).toMatchObject({ kind: 'sent' });
        expect((await connector.conversation(target.conversationId))?.posts).toBe(6);
      },
    );
  });

  test('what cannot have been accepted may be tried again: a refused connection', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    const port = await new Promise<number>((resolve) => {
      closed.once('listening', () => {
        const address = closed.address();
        closed.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
    });
    const nowhere = { ...target, serviceUrl: `http://127.0.0.1:${port}/` };
    const refused = { kind: 'throttled', why: 'not-sent:ECONNREFUSED', retryAfter: null, status: null };
    expect(await chat.send(nowhere, message)).toEqual(refused);
    expect(await chat.create(nowhere.serviceUrl, null, 'x')).toEqual(refused);
  });
  test('what cannot have been accepted may be tried again: no TLS on the other side', async () => {
    const secure = connectorChat({ clock, serviceHosts: { rehearsal: false, hosts: ['localhost'] }, botId: 'b' });
    const https = { ...target, serviceUrl: `https://localhost:${connector.port}/` };
    expect(await secure.send(https, message)).toMatchObject({ kind: 'throttled', status: null });
    expect(await calls()).toEqual([]);
    await secure.close();
  });
  test('a connection that never opens is given up after 10 s and may be tried again', async () => {
    const secure = connectorChat({ clock, serviceHosts: { rehearsal: false, hosts: ['localhost'] }, botId: 'b' });
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    const sending = secure.send({ ...target, serviceUrl: `https://localhost:${port}/` }, message);
    await connected;
    await clock.advance(10_000);
    expect(await sending).toEqual({ kind: 'throttled', why: 'not-sent:timeout', retryAfter: null, status: null });
    await secure.close();
    silent.close();
  });

  test.each([
    ['7', {}, 7_000],
    ['0', {}, 0],
    ['Wed, 18 Nov 2026 07:15:30 GMT', { date: 'Wed, 18 Nov 2026 07:15:00 GMT' }, 30_000],
    ['Wed, 18 Nov 2026 07:15:00 GMT', { date: 'Wed, 18 Nov 2026 07:16:00 GMT' }, 0],
    ['999999999', {}, 24 * 60 * 60_000],
    ['soon', {}, null],
    ['-5', {}, null],
  ])('Retry-After %j is kept in milliseconds', async (after, headers, expected) => {
    await connector.script({ status: 429, headers: { 'retry-after': after, ...headers } });
    expect(await chat.send(target, message)).toMatchObject({ kind: 'throttled', retryAfter: expected });
  });

  test('401 is our own token’s fault and not the person’s: nothing was accepted, all calls wait, and the token is told of', async () => {
    const told: string[] = [];
    const tokens = ['one', 'two'];
    const signed = connectorChat({
      clock,
      serviceHosts: { rehearsal: true, hosts: [] },
      botId: 'b',
      token: async () => tokens.shift() ?? null,
      tokenRefused: (token) => void told.push(token),
    });
    await connector.script({ status: 401, body: '{"error":{"code":"BotNotAuthorized"}}' });
    expect(await signed.send(target, message)).toEqual({
      kind: 'throttled',
      why: 'unauthorized:BotNotAuthorized',
      retryAfter: 10_000,
      status: 401,
    });
    expect(await signed.send(target, message)).toMatchObject({ kind: 'sent' });
    expect(told).toEqual(['one']);
    await signed.close();
  });

  test('a token that is held is taken at once, and told of where it is refused', async () => {
    const told: string[] = [];
    const token = Object.assign(async () => 'asked for', { held: () => 'held' });
    const tokenRefused = (refused: string) => void told.push(refused);
    const serviceHosts = { rehearsal: true, hosts: [] };
    const signed = connectorChat({ clock, serviceHosts, botId: 'b', token, tokenRefused });
    await connector.script({ status: 401 });
    expect(await signed.send(target, message)).toMatchObject({ kind: 'throttled', status: 401 });
    expect(told).toEqual(['held']);
    await signed.close();
  });

  test('a code in the body is a hint behind the word for the status', async () => {
    await connector.script({ status: 403, body: '{"error":{"code":"ForbiddenOperationException","message":"見本"}}' });
    expect(await chat.send(target, message)).toEqual({
      kind: 'refused',
      why: 'blocked:ForbiddenOperationException',
      status: 403,
    });
    await connector.script({ status: 404, body: `{"error":{"code":"<script> ${'x'.repeat(500)}"}}` });
    const result = await chat.send(target, message);
    expect(result.kind === 'refused' && result.why).toMatch(/^not-found:script[x]{54}$/);
  });
  test.each(['', 'no json', '[]', '{"id":5}', '{"id":""}', 'null', 'x'.repeat(200_000)])(
    'accepted with an unreadable answer is sent without an id, and a chat without an id is unknown',
    async (body) => {
      await connector.script({ status: 200, body }, { status: 201, body, only: 'create' });
      expect(await chat.send(target, message)).toEqual({ kind: 'sent', activityId: null, status: 200 });
      expect(await chat.create(connector.serviceUrl, null, 'c')).toMatchObject({ kind: 'unknown', status: 201 });
    },
  );

  test('an address that is not allowed, or a token that is missing, makes no request', async () => {
    const evil = { ...target, serviceUrl: 'http://evil.example/' };
    expect(await chat.send(evil, message)).toEqual({ kind: 'refused', why: 'service-url-not-allowed', status: 0 });
    for (const conversationId of ['', '.', '..', '\ud800']) {
      expect(await chat.send({ ...target, conversationId }, message)).toMatchObject({ kind: 'refused', status: 0 });
    }
    const token = async () => {
      throw Object.assign(new Error('secret'), { code: 'invalid_grant' });
    };
    const unsigned = connectorChat({ clock, serviceHosts: { rehearsal: true, hosts: [] }, botId: 'b', token });
    const without = { kind: 'throttled', why: 'not-sent:no-token-invalid_grant', retryAfter: null, status: null };
    expect(await unsigned.send(target, message)).toEqual(without);
    expect(await calls()).toEqual([]);
    await unsigned.close();
  });
});

describe('the fake Connector', () => {
  test('keeps stored and shown cards apart until a reload', async () => {
    const connector = await startFakeConnector();
    const chat = connectorChat({ clock, serviceHosts: { rehearsal: true, hosts: [] }, botId: 'b' });
    const sent = await chat.send({ serviceUrl: connector.serviceUrl, conversationId: 'a', tenantId: null }, message);
    const id = sent.kind === 'sent' ? (sent.activityId ?? '') : '';
    await connector.show('a', id, { answered: true });
    const [shown] = (await connector.conversation('a'))?.activities ?? [];
    expect(shown).toMatchObject({
      stored: { attachments: [{ content: card }] },
      shown: { attachments: [{ content: { answered: true } }] },
    });
    await connector.reload();
    const [reloaded] = (await connector.conversation('a'))?.activities ?? [];
    expect(reloaded?.shown).toEqual(shown?.stored);
    await chat.close();
    await connector.stop();
  });
  test("enforces Microsoft's limits when asked: the eighth call in a second to one conversation is 429", async () => {
    const connector = await startFakeConnector();
    await connector.enforceLimits();
    const chat = connectorChat({ clock, serviceHosts: { rehearsal: true, hosts: [] }, botId: 'b' });
    const target = { serviceUrl: connector.serviceUrl, conversationId: 'a', tenantId: null };
    const kinds = [];
    for (let call = 0; call < 8; call += 1) kinds.push((await chat.send(target, message)).kind);
    expect(kinds).toEqual([...Array(7).fill('sent'), 'throttled']);
    await chat.close();
    await connector.stop();
  });
});
