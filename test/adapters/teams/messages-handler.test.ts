import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { messagesHandler } from '../../../src/adapters/teams/messages-handler.ts';
import { rehearsalSignIn, type SignIn } from '../../../src/adapters/teams/sign-in.ts';
import { Turnstile } from '../../../src/adapters/teams/turnstile.ts';
import { StoreUnavailable } from '../../../src/ports/database.ts';
import type { HttpResponse } from '../../../src/ports/http.ts';
import type { Incoming, PressAnswer } from '../../../src/ports/incoming.ts';
import { anActivity, aPress } from '../../fakes/activities.ts';
import { handClock } from '../../fakes/hand-clock.ts';
import { keptLog } from '../../fakes/quiet-log.ts';

const taro = {
  serviceUrl: 'http://127.0.0.1:3978/teams/',
  conversationId: 'a:chat-1',
  tenantId: 'T-1',
  aadObjectId: 'aaaaaaaa-0000-0000-0000-000000000001',
  userId: '29:mihon-taro',
  botId: '28:kaeru',
  personal: true,
};

describe('an activity', () => {
  const clock = handClock();
  const log = keptLog();
  let heard: [string, unknown][];
  let pressed: () => Promise<PressAnswer>;
  let failing: Error | null;

  beforeEach(() => {
    heard = [];
    failing = null;
    pressed = async () => ({ card: { type: 'AdaptiveCard' } });
  });

  const hear = (kind: string) => async (what: unknown) => {
    if (failing) throw failing;
    heard.push([kind, what]);
  };
  const incoming: Incoming = {
    message: hear('message'),
    installed: hear('installed'),
    removed: hear('removed'),
    async press(press) {
      await hear('press')(press);
      return pressed();
    },
  };

  async function take(
    activity: unknown,
    settings: { signIn?: SignIn; tenants?: string[]; turnstile?: Turnstile } = {},
  ): Promise<{ status: number; body: unknown }> {
    const handler = messagesHandler({
      incoming,
      signIn: settings.signIn ?? rehearsalSignIn,
      serviceHosts: { rehearsal: true, hosts: [] },
      tenants: settings.tenants ?? [],
      turnstile: settings.turnstile,
      clock,
      log,
    });
    const admitted = await handler.admit({});
    if ('refused' in admitted) return { status: 401, body: admitted.refused };
    return read(await admitted.handle(activity));
  }
  const read = ({ status, body }: HttpResponse) => ({
    status,
    body: typeof body === 'string' ? JSON.parse(body) : null,
  });

  describe('that is a press', () => {
    test('goes straight to incoming, with the person from the activity, and the card comes back', async () => {
      const data = { i: 'item', r: 1, answer: 'leave' };
      expect(await take(aPress('no-overtime-day.answer', data))).toEqual({
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } },
      });
      const activityId = '1700000000001';
      const press = { sender: taro, verb: 'no-overtime-day.answer', data, activityId, replyToId: 'f:000001' };
      expect(heard).toEqual([['press', press]]);
    });
    test('waits at the turnstile before anything of it is looked at, where there is one', async () => {
      const turnstile = new Turnstile();
      while (turnstile.pass() === null);
      let looked = 0;
      const verify: SignIn['verify'] = async (headers) => {
        looked += 1;
        return rehearsalSignIn.verify(headers);
      };
      const taken = take(aPress('a.b', {}), { signIn: { ...rehearsalSignIn, verify }, turnstile });
      await null;
      expect(looked).toBe(0);
      expect((await taken).status).toBe(200);
      expect(looked).toBe(1);
    });
    test('may be answered by a sentence or an error', async () => {
      pressed = async () => ({ text: '見本の文です。' });
      const text = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '見本の文です。' };
      expect((await take(aPress('a.b', {}))).body).toEqual(text);
      const error = { code: 'BadRequest', message: '見本' };
      pressed = async () => ({ error });
      expect(await take(aPress('a.b', {}))).toEqual({
        status: 200,
        body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: error },
      });
    });
    test.each([
      ['no value', { value: undefined }],
      ['a text as value', { value: 'x' }],
      ['no action', { value: {} }],
      ['a list as action', { value: { action: [] } }],
      ['no verb', { value: { action: { data: {} } } }],
      ['a number as verb', { value: { action: { verb: 1, data: {} } } }],
      ['a text as data', { value: { action: { verb: 'a.b', data: 'x' } } }],
      ['a list as data', { value: { action: { verb: 'a.b', data: [] } } }],
      ['null as data', { value: { action: { verb: 'a.b', data: null } } }],
    ])('with %s is an error inside HTTP 200 and reaches nobody', async (_name, replaced) => {
      const { status, body } = await take(aPress('a.b', {}, replaced));
      expect(status).toBe(200);
      expect(body).toMatchObject({
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'BadRequest' },
      });
      expect(heard).toEqual([]);
    });
    test('as a message with a value (Action.Submit) is a press without a verb, answered without a card', async () => {
      const submit = anActivity({ text: undefined, value: { i: 'item', r: 1 } });
      expect(await take(submit)).toEqual({ status: 200, body: null });
      expect(heard).toMatchObject([['press', { verb: null, data: { i: 'item', r: 1 }, sender: taro }]]);
    });
    test('is answered in a sentence while the store is down', async () => {
      failing = new StoreUnavailable('disk full');
      const words = 'いまは記録できません。しばらくしてからもう一度お試しください。';
      for (const press of [aPress('a.b', {}), anActivity({ text: '', value: {} })]) {
        const { status, body } = await take(press);
        expect([status, body]).toMatchObject([200, { statusCode: 200, value: words }]);
      }
    });
    test('that fails in an unforeseen way is answered without library text', async () => {
      failing = new TypeError('secret');
      const { status, body } = await take(aPress('a.b', {}));
      expect([status, JSON.stringify(body)]).toEqual([200, expect.not.stringContaining('secret')]);
      expect(body).toMatchObject({ statusCode: 500, type: 'application/vnd.microsoft.error' });
      expect(log.lines.join()).not.toContain('secret');
    });
    test('is answered within 3 s although the work takes longer, and the work goes on', async () => {
      const work = Promise.withResolvers<PressAnswer>();
      const ended = vi.fn();
      pressed = () => work.promise.finally(ended);
      const answer = take(aPress('a.b', {}));
      await vi.waitFor(() => expect(heard).toHaveLength(1));
      await clock.advance(3_000);
      expect((await answer).body).toMatchObject({
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: '処理に時間がかかっています。しばらくしてからもう一度お試しください。',
      });
      expect(ended).not.toHaveBeenCalled();
      work.resolve({ text: 'x' });
      await vi.waitFor(() => expect(ended).toHaveBeenCalled());
    });
    test('that fails after its time is logged and harms nobody', async () => {
      const work = Promise.withResolvers<PressAnswer>();
      pressed = () => work.promise;
      const answer = take(aPress('a.b', {}));
      await vi.waitFor(() => expect(heard).toHaveLength(1));
      await clock.advance(3_000);
      await answer;
      log.lines.length = 0;
      work.reject(new RangeError('late'));
      await vi.waitFor(() => expect(log.lines.join()).toContain('RangeError'));
    });
  });

  describe('that is a message', () => {
    test.each([
      ['ヘルプ', 'ヘルプ'],
      ['<at>カエル</at> ヘルプ\n', 'ヘルプ'],
      ['<at id="0">カエル</at>&nbsp;ヘルプ', 'ヘルプ'],
      ['', ''],
    ])('%j reaches incoming as %j', async (text, expected) => {
      expect(await take(anActivity({ text }))).toEqual({ status: 200, body: null });
      expect(heard).toEqual([['message', { sender: taro, text: expected, activityId: '1700000000001' }]]);
    });
    test.each(['groupChat', 'channel', undefined])('in a %s is marked as not personal', async (conversationType) => {
      await take(anActivity({ conversation: { id: '19:group', conversationType, tenantId: 't-1' } }));
      expect(heard).toMatchObject([['message', { sender: { personal: false, conversationId: '19:group' } }]]);
    });
    test('without a person of the directory has an empty id', async () => {
      await take(anActivity({ from: { id: '29:x' } }));
      expect(heard).toMatchObject([['message', { sender: { aadObjectId: '' } }]]);
    });
    test('is refused with 503 while the store is down, so that Teams may repeat it', async () => {
      failing = new StoreUnavailable('disk full');
      expect(await take(anActivity())).toMatchObject({ status: 503, body: { error: { code: 'store-unavailable' } } });
    });
    test('is answered within 3 s', async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const slow = vi.spyOn(incoming, 'message').mockReturnValue(promise);
      const answer = take(anActivity());
      await vi.waitFor(() => expect(slow).toHaveBeenCalled());
      await clock.advance(3_000);
      expect(await answer).toEqual({ status: 200, body: null });
      resolve();
      slow.mockRestore();
    });
    test('that was acknowledged before the store failed is taken when the store is back', async () => {
      const { promise, reject } = Promise.withResolvers<void>();
      const slow = vi.spyOn(incoming, 'message').mockReturnValueOnce(promise);
      const answer = take(anActivity());
      await vi.waitFor(() => expect(slow).toHaveBeenCalled());
      await clock.advance(3_000);
      expect(await answer).toEqual({ status: 200, body: null });
      failing = new StoreUnavailable('the server is away');
      reject(failing);
      for (let tries = 2; tries <= 4; tries += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        await clock.advance(2_000);
        await vi.waitFor(() => expect(slow).toHaveBeenCalledTimes(tries));
        expect(heard).toEqual([]);
      }
      failing = null;
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(2_000);
      await vi.waitFor(() => expect(heard).toHaveLength(1));
      await clock.advance(60_000);
      expect(heard).toHaveLength(1);
      slow.mockRestore();
    });
    test('that the store does not take for 10 minutes is given up, and the log says that it was lost', async () => {
      const { promise, reject } = Promise.withResolvers<void>();
      const slow = vi.spyOn(incoming, 'message').mockReturnValueOnce(promise);
      const answer = take(anActivity());
      await vi.waitFor(() => expect(slow).toHaveBeenCalled());
      await clock.advance(3_000);
      await answer;
      failing = new StoreUnavailable('the server is away');
      reject(failing);
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(11 * 60_000);
      await vi.waitFor(() => expect(log.lines.join()).toContain('An acknowledged activity was lost'));
      slow.mockRestore();
    });
  });

  describe('that tells of the app', () => {
    const bot = { id: '28:kaeru' };
    const other = { id: '29:mihon-taro' };
    test.each([
      ['installationUpdate add', { type: 'installationUpdate', action: 'add' }, ['installed']],
      ['installationUpdate remove', { type: 'installationUpdate', action: 'remove' }, ['removed']],
      ['installationUpdate add-upgrade', { type: 'installationUpdate', action: 'add-upgrade' }, ['installed']],
      ['installationUpdate remove-upgrade', { type: 'installationUpdate', action: 'remove-upgrade' }, []],
      ['the bot added', { type: 'conversationUpdate', membersAdded: [other, bot] }, ['installed']],
      ['the bot removed', { type: 'conversationUpdate', membersRemoved: [bot] }, ['removed']],
      ['somebody added', { type: 'conversationUpdate', membersAdded: [other] }, []],
      ['somebody removed', { type: 'conversationUpdate', membersRemoved: [other] }, []],
      [
        'a renamed channel',
        { type: 'conversationUpdate', channelData: { eventType: 'channelRenamed', tenant: { id: 't-1' } } },
        [],
      ],
    ])('%s', async (_name, replaced, expected) => {
      expect((await take(anActivity({ text: undefined, ...replaced }))).status).toBe(200);
      expect(heard.map(([kind]) => kind)).toEqual(expected);
      for (const [, sender] of heard) expect(sender).toEqual(taro);
    });
    test.each([
      'typing',
      'messageReaction',
      'messageUpdate',
      'messageDelete',
      'event',
      'endOfConversation',
      'somethingNew',
      'handoff',
    ])('or is a %s is answered 200 without an effect', async (type) => {
      expect((await take(anActivity({ type }))).status).toBe(200);
      expect(heard).toEqual([]);
    });
    test.each(['task/fetch', 'signin/verifyState', 'fileConsent/invoke', undefined])(
      'or an invoke %s is answered 200',
      async (name) => {
        expect((await take(anActivity({ type: 'invoke', name, value: {} }))).status).toBe(200);
        expect(heard).toEqual([]);
      },
    );
  });

  describe('is refused', () => {
    test.each(['type', 'serviceUrl', 'channelId', 'from', 'conversation', 'recipient'])(
      'with 400 without %s',
      async (part) => {
        const { status, body } = await take(anActivity({ [part]: undefined }));
        expect(status).toBe(400);
        expect(body).toMatchObject({ error: { code: 'not-an-activity', message: expect.stringContaining(part) } });
      },
    );
    test.each([[null], ['text'], [[]], [1], [{}]])('with 400 when it is %j', async (document) => {
      expect((await take(document)).status).toBe(400);
    });
    test('with 403 when its serviceUrl is not on the list', async () => {
      const activity = anActivity({ serviceUrl: 'https://evil.example/' });
      expect(await take(activity)).toMatchObject({ status: 403, body: { error: { code: 'foreign-service-url' } } });
    });
    test('with 403 when conversation and channelData name two tenants', async () => {
      const activity = anActivity({ channelData: { tenant: { id: 't-2' } } });
      expect(await take(activity)).toMatchObject({ status: 403, body: { error: { code: 'tenants-differ' } } });
    });
    test('with 403 when its tenant is not on the list, or it names none', async () => {
      const nameless = anActivity({ conversation: { id: 'a:1', conversationType: 'personal' }, channelData: {} });
      const foreign = { status: 403, body: { error: { code: 'foreign-tenant' } } };
      expect(await take(anActivity(), { tenants: ['t-2'] })).toMatchObject(foreign);
      expect(await take(nameless, { tenants: ['t-1'] })).toMatchObject(foreign);
      expect((await take(anActivity(), { tenants: ['t-2', 'T-1'] })).status).toBe(200);
      expect((await take(nameless)).status).toBe(200);
    });
    test('with 401 when the token is not valid, before anything of it is looked at', async () => {
      const signIn = { verify: async () => null, agrees: () => true };
      expect((await take(null, { signIn })).status).toBe(401);
    });
    test('with 401 when the token belongs to another activity, before 400 and 403', async () => {
      const signIn: SignIn = {
        verify: async () => ({ serviceurl: 'a' }),
        agrees: (claims) => claims['serviceurl'] === 'b',
      };
      expect((await take({ serviceUrl: 'https://evil.example/' }, { signIn })).status).toBe(401);
      expect(heard).toEqual([]);
    });
  });

  test('of any shape is answered without a 5xx and without an exception', async () => {
    const keys = [
      'type',
      'name',
      'value',
      'text',
      'from',
      'recipient',
      'conversation',
      'channelData',
      'membersAdded',
      'membersRemoved',
      'action',
      'id',
      'replyToId',
      'channelId',
    ];
    const replaced = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('message', 'invoke', 'conversationUpdate', 'installationUpdate'),
        replaced,
        async (type, parts) => {
          const base = type === 'invoke' ? aPress('a.b', {}) : anActivity({ type });
          expect((await take({ ...base, ...parts })).status).toBeLessThan(500);
        },
      ),
      { numRuns: 500 },
    );
  });
});
