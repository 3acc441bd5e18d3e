import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import { paceOf } from '../../src/delivery/pace.ts';
import type { TestService } from '../build/service.ts';
import { sent, throttled } from '../fakes/chat.ts';
import { virtualClock } from '../fakes/clock.ts';
import { at, numbers, plan, toyService } from './toy-room.ts';

const burst = 5;

/** The most calls that began within any second. */
function mostInASecond(times: number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));
}

const times = (service: TestService) => service.ports.chat.calls.map((call) => call.at);

describe('the pace', () => {
  test('is never passed: at most N and the burst in any second, and no slower than N', async () => {
    const staff = numbers(200);
    const service = await toyService(staff, { pace: 20 });
    await plan(service.ports, staff);
    await service.settle();
    expect(times(service)).toHaveLength(200);
    expect(mostInASecond(times(service))).toBeLessThanOrEqual(20 + burst);
    expect(Math.max(...times(service))).toBeLessThanOrEqual((200 / 20) * 1000 + 1000);
  });

  test('allows one call a second to one conversation, updates included', async () => {
    const service = await toyService(['100001', '100002']);
    for (const occasion of ['a', 'b', 'c', 'd']) await plan(service.ports, ['100001', '100002'], { occasion });
    await service.settle();
    const chat = service.ports.chat.calls.filter((call) => call.conversation === 'chat-100001').map((call) => call.at);
    expect(chat).toHaveLength(4);
    for (const [index, time] of chat.slice(1).entries()) expect(time - (chat[index] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  test('counts elapsed time only: moving the business clock lets nothing more through', async () => {
    const clock = virtualClock(at('16:15'));
    const pace = paceOf(clock, 10);
    const taken = await pace.take(100, new AbortController().signal);
    clock.moveTo(at('16:15') + 86_400_000);
    const more = pace.take(100, new AbortController().signal);
    let came = false;
    more.then(() => {
      came = true;
    });
    await clock.still();
    expect([taken, came]).toEqual([burst, false]);
    await clock.until(more);
    expect(clock.elapsed()).toBe(100);
  });

  test('is given up at once when the service stops', async () => {
    const clock = virtualClock(at('16:15'));
    const pace = paceOf(clock, 10);
    pace.pause(3_600_000);
    const stop = new AbortController();
    const taken = pace.take(1, stop.signal);
    await clock.still();
    stop.abort();
    expect(await taken).toBe(0);
  });

  test('holds for any order of demands and pauses', async () => {
    const step = fc.record({
      want: fc.integer({ min: 1, max: 12 }),
      rest: fc.nat(700),
      pause: fc.constantFrom(0, 0, 0, 900),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.array(step, { maxLength: 60 }), async (perSecond, steps) => {
        const clock = virtualClock(0);
        const pace = paceOf(clock, perSecond);
        const calls: number[] = [];
        let pausedUntil = 0;
        for (const { want, rest, pause } of steps) {
          const taken = await clock.until(pace.take(want, new AbortController().signal));
          expect(taken).toBeGreaterThan(0);
          expect(clock.elapsed()).toBeGreaterThanOrEqual(pausedUntil);
          calls.push(...Array.from({ length: taken }, () => clock.elapsed()));
          if (pause > 0) {
            pace.pause(pause);
            pausedUntil = Math.max(pausedUntil, clock.elapsed() + pause);
          }
          await clock.advance(rest);
        }
        expect(mostInASecond(calls)).toBeLessThanOrEqual(perSecond + Math.min(burst, perSecond));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a 429', () => {
  test('with Retry-After stops every call until then, and everyone is served afterwards', async () => {
    const staff = numbers(60);
    const service = await toyService(staff);
    service.ports.chat.answer((_call, number) => (number === 20 ? throttled(7000) : sent(number)));
    await plan(service.ports, staff);
    await service.settle();
    const told = service.ports.chat.calls[19]?.at ?? Number.NaN;
    expect(times(service).filter((time) => time > told && time < told + 7000)).toEqual([]);
    expect(times(service)).toHaveLength(61);
    expect((await ledger(service.db)).totals).toEqual({ sent: 60 });
  });

  test('with a shorter Retry-After never shortens a longer one', async () => {
    const staff = numbers(10);
    const service = await toyService(staff);
    service.ports.chat.answer((_call, number) => {
      if (number === 2) return throttled(30_000);
      return number === 3 ? throttled(500) : sent(number);
    });
    await plan(service.ports, staff);
    await service.settle();
    const told = service.ports.chat.calls[2]?.at ?? Number.NaN;
    expect(times(service).filter((time) => time > told && time < told + 30_000)).toEqual([]);
    expect((await ledger(service.db)).totals).toEqual({ sent: 10 });
  });

  test('without Retry-After holds back this message alone, longer each time, and it is served in the end', async () => {
    const staff = numbers(12);
    const service = await toyService(staff);
    let refusals = 4;
    service.ports.chat.answer((call, number) => {
      if (call.conversation !== 'chat-100003' || refusals === 0) return sent(number);
      refusals -= 1;
      return throttled(null);
    });
    await plan(service.ports, staff);
    await service.settle();
    const others = service.ports.chat.calls.filter((call) => call.conversation !== 'chat-100003');
    expect(Math.max(...others.map((call) => call.at))).toBeLessThan(2000);
    const own = service.ports.chat.calls.filter((call) => call.conversation === 'chat-100003').map((call) => call.at);
    expect(own).toHaveLength(5);
    own.slice(1).forEach((time, index) => {
      expect(time - (own[index] ?? 0)).toBeGreaterThanOrEqual(2000);
      expect(time - (own[index] ?? 0)).toBeLessThanOrEqual(20_100);
    });
  });

  test('that outlasts the last useful minute leaves nothing to be sent late', async () => {
    const staff = numbers(8);
    const service = await toyService(staff, { now: '2026-11-18T18:14:30+09:00' });
    service.ports.chat.answer((_call, number) => (number === 1 ? throttled(120_000) : sent(number)));
    await plan(service.ports, staff);
    await service.settle();
    expect(times(service).filter((time) => time > 30_000)).toEqual([]);
    const { totals } = await ledger(service.db);
    expect((totals['sent'] ?? 0) + (totals['skipped'] ?? 0)).toBe(8);
  });
});
