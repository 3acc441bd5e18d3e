import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterCall, type ConversationCalls, nextCallOf } from '../../src/delivery/gate/conversation-pace.ts';
import { lateCallsIn, textOfLateCalls } from '../../src/delivery/gate/late-calls.ts';
import {
  afterAccepted,
  afterRefusal,
  isOutgrown,
  presentPace,
  type Taught,
} from '../../src/delivery/gate/learned-pace.ts';
import { RecentCalls } from '../../src/delivery/gate/recent-calls.ts';

const configured = 50;
const untaught: Taught = { learned: null, raise_at: 0, hold: 0, suspects: '' };
const refusedAt = (taught: Taught, loads: number[], now = 0) =>
  loads.reduce((held, load) => afterRefusal(held, load, now) ?? held, taught);

describe('the pace that refusals teach', () => {
  test('is the configured one after a lone 429, whatever the load was', () => {
    fc.assert(
      fc.property(fc.nat(60), (load) => {
        expect(presentPace(refusedAt(untaught, [load]), 1000, configured)).toBe(configured);
      }),
    );
  });

  test('is the limit after two 429s at the very same load, or three at nearly the same', () => {
    expect(presentPace(refusedAt(untaught, [49, 30, 30]), 0, configured)).toBe(30);
    expect(presentPace(refusedAt(untaught, [49, 30, 32]), 0, configured)).toBe(configured);
    expect(presentPace(refusedAt(untaught, [49, 30, 32, 31]), 0, configured)).toBe(32);
  });

  test('is left alone by a 429 at a load that Teams takes afterwards: it was an accident', () => {
    const once = refusedAt(untaught, [30]);
    const disproved = afterAccepted(once, 30) ?? once;
    expect(disproved.suspects).toBe('');
    expect(presentPace(refusedAt(disproved, [30]), 0, configured)).toBe(configured);
    expect(afterAccepted(once, 29)).toBeNull();
  });

  test('is kept for a while, then grows back, and is forgotten when it has been whole for two seconds', () => {
    const taught = refusedAt(untaught, [30, 30]);
    expect(presentPace(taught, 4000, configured)).toBe(30);
    expect(presentPace(taught, 4200, configured)).toBeCloseTo(40);
    expect(presentPace(taught, 4400, configured)).toBe(configured);
    expect(isOutgrown(taught, 6000, configured)).toBe(false);
    expect(isOutgrown(taught, 6500, configured)).toBe(true);
  });

  test('is kept half as long again each time it meets the limit where it was, at most five minutes', () => {
    let taught = refusedAt(untaught, [30, 30]);
    const holds: number[] = [];
    for (let now = taught.raise_at + 100; holds.length < 13; now = taught.raise_at + 100) {
      taught = refusedAt(taught, [31], now);
      holds.push((taught.raise_at - now) / 1000);
    }
    expect(holds.slice(0, 4)).toEqual([6, 9, 13.5, 20.25]);
    expect(holds.slice(-2)).toEqual([300, 300]);
    expect(taught.learned).toBe(30_000);
  });

  test('is not held back by an accident while it grows; another limit is learned when it is met again', () => {
    const taught = refusedAt(untaught, [30, 30]);
    const accident = refusedAt(taught, [40], taught.raise_at + 250);
    expect(presentPace(accident, taught.raise_at + 500, configured)).toBe(configured);
    expect(presentPace(refusedAt(accident, [40], taught.raise_at + 2000), taught.raise_at + 2000, configured)).toBe(40);
  });

  test('is not lowered any further by accidents at the pace it has reached', () => {
    const taught = refusedAt(untaught, [30, 30]);
    expect(
      refusedAt(
        taught,
        [29, 29, 29, 28].map((load) => load + 1),
        1000,
      ),
    ).toEqual(taught);
    expect(presentPace(refusedAt(taught, [20, 20], 1000), 1000, configured)).toBe(20);
  });
});

describe('the calls of the last second', () => {
  const called = (calls: RecentCalls, numbers: number[], every = 20, from = 0) => {
    for (const [index, number] of numbers.entries()) {
      const at = from + index * every;
      calls.claimed({ number, at, sharedAt: at + 5000 });
      calls.left(number, at);
    }
  };

  test('are counted by their numbers, those of other services among them, the refused not', () => {
    const alone = new RecentCalls();
    called(
      alone,
      Array.from({ length: 100 }, (_none, index) => index + 1),
    );
    expect(alone.loadOf(11, 200)).toBe(10);
    expect(alone.loadOf(100, 1980)).toBe(49);
    for (let number = 60; number < 70; number += 1) alone.refused(number);
    expect(alone.loadOf(100, 1980)).toBe(39);
    const shared = new RecentCalls();
    called(
      shared,
      Array.from({ length: 50 }, (_none, index) => index * 2 + 1),
      40,
    );
    expect(Math.abs(shared.loadOf(99, 1960) - 49)).toBeLessThanOrEqual(1);
  });

  test('that came late are told with the moment at which they may have come', () => {
    const calls = new RecentCalls();
    called(calls, [1, 2, 3]);
    for (const [number, at] of [
      [1, 30],
      [2, 62],
      [3, 70],
    ] as const)
      calls.accepted(number, at);
    expect(calls.late(100)).toEqual(new Map([[2, expect.closeTo(5032, 0)]]));
    expect(calls.late(3000)).toEqual(new Map());
  });

  test('are stored and read again to the millisecond, those longer ago left out', () => {
    const now = 1_795_000_000_123;
    const text = textOfLateCalls(
      new Map([
        [1200, now - 1600],
        [1234, now - 170],
        [1240, now + 12],
      ]),
      now,
    );
    expect(lateCallsIn(text)).toEqual(
      new Map([
        [1234, now - 170],
        [1240, now + 12],
      ]),
    );
    expect(lateCallsIn('').size).toBe(0);
  });
});

describe('one conversation', () => {
  const table = [
    [1, 7],
    [2, 8],
    [30, 60],
    [3600, 1800],
  ] as const;

  test('is never called more often than Microsoft’s table allows, however much waits for it', () => {
    let calls: ConversationCalls | undefined;
    const times: number[] = [];
    for (let now = 0; now < 2 * 3_600_000; now = calls ? nextCallOf(calls) : now) {
      times.push(now);
      calls = afterCall(calls, now);
    }
    for (const [seconds, most] of table) {
      let from = 0;
      for (const [index, time] of times.entries()) {
        while ((times[from] ?? 0) <= time - seconds * 1000) from += 1;
        expect(index - from + 1).toBeLessThanOrEqual(most);
      }
    }
    expect(times.length).toBeGreaterThan(3400);
  });
});
