import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { productionSignIn } from '../../../src/adapters/teams/production-sign-in.ts';
import { VerifiedTokens } from '../../../src/adapters/teams/verified-tokens.ts';
import { aProductionEdge, appId, type ProductionEdge } from '../../build/production-edge.ts';
import type { Manner } from '../../fakes/open-id-server.ts';
import { aKey, compact, type TestKey } from '../../fakes/signed-tokens.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('the keys of the Bot Framework', () => {
  let first: TestKey;
  let next: TestKey;
  let edge: ProductionEdge;
  beforeAll(() => {
    first = aKey('key-1');
    next = aKey('key-2');
  });
  beforeEach(async () => {
    edge = await aProductionEdge(first);
  });
  afterEach(() => edge.stop());

  const good = (key = first, payload = {}) => edge.take(`Bearer ${edge.token(payload, {}, key)}`);
  const random = (at: number) =>
    edge.take(`Bearer ${compact({ alg: 'RS256', kid: `random-${at}` }, edge.claims(), () => 'AAAA')}`);
  const many = <T>(count: number, one: (at: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, at) => one(at)));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const failures = () => edge.log.lines.filter((line) => line.startsWith('The signing keys')).length;
  const until = async (happened: () => boolean) => {
    while (!happened()) await turn();
  };

  test('are fetched once for all who ask at the start, and kept', async () => {
    expect(new Set(await many(100, () => good()))).toEqual(new Set([200]));
    await edge.clock.advance(23 * hour);
    expect(await good()).toBe(200);
    expect(edge.openId.asked).toEqual({ metadata: 1, keys: 1 });
  });

  test('may be fetched before the first request', async () => {
    expect(await edge.signIn.prepare()).toBe(true);
    edge.openId.manner = 'down';
    expect(await good()).toBe(200);
  });

  test('are refreshed after a day behind the request, which does not wait for it', async () => {
    await good();
    edge.openId.manner = 'hang';
    await edge.clock.advance(24 * hour + minute);
    expect(await many(20, () => good())).toEqual(Array(20).fill(200));
    await until(() => edge.openId.asked.metadata === 2);
    await edge.clock.advance(10_000);
    await until(() => failures() === 1);
    expect(edge.openId.asked.metadata).toBe(2);
  });

  test.each<Manner>(['down', 'error', 'garbage', 'redirect', 'huge', 'hang'])(
    'keep every good request in through 72 h in which their server is away (%s)',
    async (manner) => {
      await good();
      await edge.clock.advance(24 * hour);
      edge.openId.manner = manner;
      const step = manner === 'down' ? 30 * minute : 6 * hour;
      const refused: number[] = [];
      for (let passed = step; passed <= 72 * hour; passed += step) {
        const { metadata } = edge.openId.asked;
        const failed = failures();
        await edge.clock.advance(step - 10_000);
        if ((await good()) !== 200) refused.push(passed);
        await until(() => edge.openId.asked.metadata === metadata + 1);
        if (manner === 'hang') await edge.clock.advance(10_000);
        await until(() => failures() === failed + 1);
        if ((await good()) !== 200) refused.push(passed);
        if (manner !== 'hang') await edge.clock.advance(10_000);
      }
      expect(refused).toEqual([]);
    },
  );

  test('are given up after five days without an answer, and had again when their server is back', async () => {
    await good();
    edge.openId.manner = 'down';
    await edge.clock.advance(5 * 24 * hour - minute);
    expect(await good()).toBe(200);
    await edge.clock.advance(2 * minute);
    expect(await good()).toBe(401);
    expect(await edge.signIn.prepare()).toBe(false);
    edge.openId.manner = 'good';
    await edge.clock.advance(10_000);
    expect(await good()).toBe(200);
  });

  test('that cannot be had at the start refuse with 401, and one try is made in 10 s', async () => {
    edge.openId.manner = 'error';
    expect(new Set(await many(50, () => good()))).toEqual(new Set([401]));
    expect(new Set(await many(50, random))).toEqual(new Set([401]));
    expect(edge.openId.asked.metadata).toBe(1);
    edge.openId.manner = 'good';
    await edge.clock.advance(10_000);
    expect(await good()).toBe(200);
    expect(edge.log.lines).toContain('The signing keys could not be fetched {"why":"status-503","count":0}');
  });

  test('are asked for once in 5 minutes by 10,000 random kids, and good tokens get in meanwhile', async () => {
    await good();
    expect(new Set(await many(10_000, random))).toEqual(new Set([401]));
    expect(edge.openId.asked).toEqual({ metadata: 2, keys: 2 });
    for (let minutes = 0; minutes < 20; minutes += 1) {
      await edge.clock.advance(minute);
      expect(new Set(await many(20, random))).toEqual(new Set([401]));
      expect(await good()).toBe(200);
    }
    expect(edge.openId.asked).toEqual({ metadata: 6, keys: 6 });
  });

  test('are asked for once by random kids at the very start', async () => {
    expect(new Set(await many(1_000, random))).toEqual(new Set([401]));
    expect(new Set(await many(1_000, random))).toEqual(new Set([401]));
    expect(edge.openId.asked).toEqual({ metadata: 1, keys: 1 });
  });

  test('roll over: the first tokens of a new key get in, with one fetch for all of them', async () => {
    await good();
    edge.openId.keys = { keys: [first.jwk, next.jwk] };
    expect(await many(30, (at) => good(at % 2 === 0 ? next : first))).toEqual(Array(30).fill(200));
    expect(edge.openId.asked).toEqual({ metadata: 2, keys: 2 });
  });

  test('that were withdrawn count no more after the next fetch, for tokens already found good neither', async () => {
    const token = `Bearer ${edge.token({ exp: Math.floor(edge.clock.now() / 1_000) + 90_000 })}`;
    expect(await edge.take(token)).toBe(200);
    edge.openId.keys = { keys: [next.jwk] };
    expect(await good(next)).toBe(200);
    expect(await edge.take(token)).toBe(401);
  });

  test('replaced under the same name judge anew what the old one let in', async () => {
    const token = `Bearer ${edge.token({ exp: Math.floor(edge.clock.now() / 1_000) + 90_000 })}`;
    expect(await edge.take(token)).toBe(200);
    edge.openId.keys = { keys: [{ ...next.jwk, kid: 'key-1' }] };
    await random(1);
    expect(await edge.take(token)).toBe(401);
  });

  test('are taken from the document itself where the address is that of the keys', async () => {
    const { clock, log } = edge;
    const signIn = productionSignIn({ appId, issuer: null, keysUrl: edge.openId.keysUrl, clock, log });
    expect(await signIn.verify({ authorization: `Bearer ${edge.token()}` })).not.toBeNull();
    expect(edge.openId.asked).toEqual({ metadata: 0, keys: 1 });
    await signIn.close();
  });

  test.each([
    ['plain http', 'http://keys.example/', 'jwks-not-https'],
    ['a file', 'file:///etc/hosts', 'jwks-not-https'],
    ['no address', 'keys', 'not-readable'],
  ])('are not sought at %s', async (_, address, why) => {
    edge.openId.metadata = { jwks_uri: address };
    expect(await good()).toBe(401);
    expect(edge.openId.asked).toEqual({ metadata: 1, keys: 0 });
    expect(edge.log.lines).toContain(`The signing keys could not be fetched {"why":"${why}","count":0}`);
  });

  test('that are too short, private, of another kind or malformed are left out; the others count', async () => {
    const short = { ...first.jwk, kid: 'short', n: String(first.jwk['n']).slice(0, 170) };
    const odd = [null, 1, 'x', {}, { kty: 'oct', kid: 'oct', k: 'AAAA' }, { ...first.jwk, kid: 7 }, short];
    edge.openId.keys = { keys: [...odd, first.jwk, { ...next.jwk, kid: 'key-1' }] };
    expect(await good()).toBe(200);
    for (const kid of ['oct', 'short']) {
      expect(await edge.take(`Bearer ${edge.token({}, { kid })}`)).toBe(401);
    }
    expect(await good({ ...next, kid: 'key-1' })).toBe(401);
  });

  test('no longer let in a token that is over, or not yet valid again, though it was found good', async () => {
    const token = `Bearer ${edge.token()}`;
    expect(await edge.take(token)).toBe(200);
    edge.clock.set(edge.clock.now() - 7 * minute);
    expect(await edge.take(token)).toBe(401);
    edge.clock.set(edge.clock.now() + 7 * minute);
    expect(await edge.take(token)).toBe(200);
    await edge.clock.advance(hour + 5 * minute);
    expect(await edge.take(token)).toBe(401);
  });
});

describe('tokens already found good', () => {
  test('are at most as many as said; the one not used for longest goes first', async () => {
    const key = {
      key: await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
      endorsements: [],
    };
    const tokens = new VerifiedTokens(1_000);
    const found = { claims: {}, key, notBefore: 0, expires: 1_000 };
    for (let at = 0; at < 1_000; at += 1) tokens.keep(`token-${at}`, found);
    expect(tokens.find('token-0', key, 5)).toBe(found);
    for (let at = 1_000; at < 1_500; at += 1) tokens.keep(`token-${at}`, found);
    expect(tokens.size).toBe(1_000);
    expect(['token-0', 'token-1', 'token-1499'].map((one) => tokens.find(one, key, 5) !== null)).toEqual([
      true,
      false,
      true,
    ]);
    expect(tokens.find('token-0', key, 1_000)).toBeNull();
  });
});
