import { beforeEach, describe, expect, test } from 'vitest';
import { type BotToken, botToken, type IssuedToken } from '../../../src/adapters/teams/bot-token.ts';
import { type HandClock, handClock } from '../../fakes/hand-clock.ts';
import { keptLog } from '../../fakes/quiet-log.ts';

const minute = 60_000;

describe('the token for the Connector', () => {
  let clock: HandClock;
  let log: ReturnType<typeof keptLog>;
  let asked: number;
  let issue: (() => Promise<IssuedToken>) | null;
  let token: BotToken;

  const issued = (life = 60 * minute, refreshAt: number | null = null): IssuedToken => ({
    token: `token-${asked}`,
    expiresAt: clock.now() + life,
    refreshAt,
  });
  beforeEach(() => {
    clock = handClock();
    log = keptLog();
    asked = 0;
    issue = null;
    token = botToken(
      async () => {
        asked += 1;
        return issue === null ? issued() : issue();
      },
      clock,
      log,
    );
  });
  const failing = (message = 'AADSTS700027: secret words') => {
    issue = async () => {
      throw new TypeError(message);
    };
  };
  const later = async (milliseconds: number) => {
    await clock.advance(milliseconds);
    const now = await token().catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));
    return now;
  };

  test('is asked for once by all who need it, and kept', async () => {
    expect(new Set(await Promise.all(Array.from({ length: 100 }, token)))).toEqual(new Set(['token-1']));
    expect([await later(49 * minute), asked]).toEqual(['token-1', 1]);
  });

  test('is renewed with less than 10 minutes of life left, behind the calls that still use the old one', async () => {
    await token();
    expect([await later(50 * minute + 1), asked]).toEqual(['token-1', 2]);
    expect([await later(0), asked]).toEqual(['token-2', 2]);
  });

  test('is held for calls that do not want to wait as long as nobody has to look for another one', async () => {
    expect(token.held()).toBeNull();
    await token();
    expect([token.held(), await later(50 * minute), token.held()]).toEqual(['token-1', 'token-1', 'token-1']);
    await clock.advance(1);
    expect([token.held(), asked]).toEqual([null, 1]);
    await later(0);
    expect(token.held()).toBe('token-2');
    token.refused('token-2');
    expect(token.held()).toBeNull();
  });

  test('is renewed when its issuer wants it', async () => {
    issue = async () => issued(24 * 60 * minute, clock.now() + 12 * 60 * minute);
    await token();
    expect([await later(12 * 60 * minute - 1), asked]).toEqual(['token-1', 1]);
    expect([await later(1), asked]).toEqual(['token-1', 2]);
  });

  test('stays in use while it lives when no new one is given, and one try is made a minute', async () => {
    await token();
    failing();
    await clock.advance(50 * minute);
    for (let second = 1; second < 600; second += 1) expect(await later(1_000)).toBe('token-1');
    expect(asked).toBeGreaterThanOrEqual(10);
    expect(asked).toBeLessThanOrEqual(12);
    expect(await later(1_000)).toMatchObject({ code: 'unavailable' });
  });

  test('is waited for with less than a minute left', async () => {
    await token();
    expect(await later(59 * minute)).toBe('token-2');
  });

  test('that cannot be had is an error in our words; one try is made in 5 s', async () => {
    failing();
    for (let second = 0; second < 20; second += 1) {
      expect(await later(1_000)).toMatchObject({
        code: 'unavailable',
        message: expect.not.stringMatching(/secret|AADSTS/),
      });
    }
    expect(asked).toBe(4);
    issue = null;
    expect(await later(5_000)).toBe('token-5');
    expect(new Set(log.lines)).toEqual(new Set(['No token for the Connector {"why":"AADSTS700027","minutes":0}']));
  });

  test.each<[string, Partial<IssuedToken>]>([
    ['an empty text', { token: '' }],
    ['a text with a line break', { token: 'a\r\nx-evil: 1' }],
    ['one already over', { expiresAt: 1 }],
    ['one without an end', { expiresAt: Number.NaN }],
  ])('is not %s', async (_, replaced) => {
    issue = async () => ({ ...issued(), ...replaced });
    await expect(token()).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('of a source that says nothing is given up after 20 s', async () => {
    issue = () => new Promise(() => {});
    const refused = expect(token()).rejects.toMatchObject({ code: 'unavailable' });
    await clock.advance(20_000);
    await refused;
    issue = null;
    expect(await later(5_000)).toBe('token-2');
  });

  test('is not replaced by one that ends earlier', async () => {
    await token();
    issue = async () => issued(minute);
    expect([await later(51 * minute), await later(0)]).toEqual(['token-1', 'token-1']);
  });

  describe('that the Connector refuses (401)', () => {
    beforeEach(async () => {
      await token();
      await clock.advance(minute);
    });

    test('is renewed once, however many calls were refused, and calls wait for the new one', async () => {
      let give = (_given: IssuedToken) => {};
      issue = () => new Promise((resolve) => (give = resolve));
      for (let call = 0; call < 30; call += 1) token.refused('token-1');
      expect(asked).toBe(2);
      const waiting = token();
      give(issued());
      expect([await waiting, asked]).toEqual(['token-2', 2]);
    });

    test('makes place also for one that ends earlier', async () => {
      issue = async () => issued(30 * minute);
      token.refused('token-1');
      expect(await token()).toBe('token-2');
    });

    test('leads to one try a minute while every new one is refused too', async () => {
      for (let call = 0; call < 60; call += 1) {
        token.refused(String(await later(10_000)));
        await later(0);
      }
      expect(asked).toBeGreaterThanOrEqual(10);
      expect(asked).toBeLessThanOrEqual(12);
    });

    test('stays in use when no new one is to be had', async () => {
      failing();
      token.refused('token-1');
      expect(await later(0)).toBe('token-1');
      issue = null;
      expect(await later(minute)).toBe('token-3');
    });

    test('is said once a pause, without the token', async () => {
      issue = async () => ({ ...issued(), token: 'token-1' });
      const said = () => log.lines.filter((line) => line.startsWith('The Connector refuses our token')).length;
      for (let call = 0; call < 30; call += 1) token.refused('token-1');
      expect(said()).toBe(1);
      await later(10_000);
      token.refused('token-1');
      expect(said()).toBe(2);
      expect(log.lines.join()).not.toContain('token-1');
    });

    test('is no reason to renew the one that came after it', async () => {
      await later(49 * minute + 1);
      expect([await later(0), asked]).toEqual(['token-2', 2]);
      await later(2 * minute);
      token.refused('token-1');
      expect([await later(0), asked]).toEqual(['token-2', 2]);
    });
  });

  test('grows no older or younger when the clock steps', async () => {
    await token();
    clock.set(clock.now() + 24 * 60 * minute);
    expect([await token(), asked]).toEqual(['token-1', 1]);
    clock.set(clock.now() - 48 * 60 * minute);
    expect([await later(60 * minute), asked]).toEqual(['token-2', 2]);
  });
});
