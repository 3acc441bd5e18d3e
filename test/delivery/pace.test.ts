import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lateCallsIn, textOfLateCalls, withPutOff } from '../../src/delivery/gate/late-calls.ts';
import { passage, type Turn } from '../../src/delivery/gate/rules.ts';
import { ledger } from '../../src/delivery/index.ts';
import type { DeliveryGateTable } from '../../src/ports/tables/delivery.ts';
import type { TestService } from '../build/service.ts';
import { sent, throttled } from '../fakes/chat.ts';
import { at, numbers, plan, toyService } from './toy-room.ts';

/** The most calls that began within any second. */
function mostInASecond(times: number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));
}

const times = (service: TestService) => service.ports.chat.calls.map((call) => call.at);

describe('the pace', () => {
  test('is never passed: at most N in any second, at even distances, and no slower than N', async () => {
    const staff = numbers(200);
    const service = await toyService(staff, { pace: 20 });
    await plan(service.ports, staff);
    await service.settle();
    expect(times(service)).toHaveLength(200);
    expect(mostInASecond(times(service))).toBeLessThanOrEqual(20);
    const gaps = times(service).map((time, index, all) => time - (all[index - 1] ?? time - 50));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...times(service))).toBeLessThanOrEqual((200 / 20) * 1000 + 1000);
  });

  test('allows one call a second to one conversation, updates included', async () => {
    const service = await toyService(['100001', '100002']);
    for (const occasion of ['a', 'b', 'c', 'd']) await plan(service.ports, ['100001', '100002'], { occasion });
    await service.settle();
    const own = service.ports.chat.calls.filter((call) => call.conversation === 'chat-100001');
    const chat = own.map((call) => call.at);
    expect(own.filter((call) => call.kind === 'send')).toHaveLength(4);
    for (const [index, time] of chat.slice(1).entries()) expect(time - (chat[index] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  test('counts elapsed time only: moving the business clock lets nothing more through', async () => {
    const staff = numbers(30);
    const service = await toyService(staff, { pace: 10 });
    await plan(service.ports, staff);
    service.delivery.wake();
    await service.ports.clock.advance(1000);
    const before = times(service).length;
    service.ports.clock.moveTo(at('17:15'));
    service.delivery.wake();
    await service.ports.clock.still();
    expect(before).toBeGreaterThanOrEqual(9);
    expect(times(service)).toHaveLength(before);
    await service.settle();
    expect(times(service)).toHaveLength(30);
  });

  test('is given up at once when the service stops, however long the pause', async () => {
    const staff = numbers(3);
    const service = await toyService(staff);
    service.ports.chat.answer(() => throttled(3_600_000));
    await plan(service.ports, staff);
    service.delivery.wake();
    await service.ports.clock.advance(2000);
    await service.delivery.stop();
    expect(service.ports.clock.elapsed()).toBe(2000);
    expect((await ledger(service.db)).totals).toEqual({ pending: 3 });
  });

  test('holds for any order of demands, standstills and pauses, and no two calls stand closer than at double the pace', () => {
    const step = fc.record({
      want: fc.integer({ min: 1, max: 12 }),
      rest: fc.nat(700),
      pause: fc.constantFrom(0, 0, 0, 900),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), fc.array(step, { maxLength: 60 }), (perSecond, steps) => {
        const paced = new Paced(perSecond);
        for (const { want, rest, pause } of steps) {
          expect(paced.take(want)[0]?.moment).toBeGreaterThanOrEqual(paced.gate.paused_until);
          if (pause > 0) paced.pause(pause);
          paced.now += rest;
        }
        expect(mostInASecond(paced.calls)).toBeLessThanOrEqual(perSecond);
        const gaps = paced.calls.slice(1).map((call, index) => call - (paced.calls[index] ?? call));
        expect(Math.min(500, ...gaps)).toBeGreaterThanOrEqual(499 / perSecond - 1);
      }),
    );
  });

  test('loses less than half of what the process stood still, where that is a quarter of a second at most', () => {
    const paced = new Paced(50);
    const standstills = [2_000, 5_310, 8_200, 12_345];
    while (paced.calls.length < 1_000) {
      const [next] = standstills;
      if (next !== undefined && paced.now >= next) {
        standstills.shift();
        paced.now += 150;
      }
      const through = paced.take(8);
      paced.now = Math.max(paced.now, (through.at(-1)?.following ?? 0) - 25);
    }
    expect(standstills).toEqual([]);
    expect(mostInASecond(paced.calls)).toBeLessThanOrEqual(50);
    expect(paced.calls.at(-1)).toBeLessThanOrEqual(1_000 * 20 * 1.006 + 4 * 75);
  });

  test('makes up for a quarter of a second of a pause or a standstill, and for none of an hour without messages', () => {
    const causes = [
      { idle: 1_000, pause: 0, quarter: 25, second: 50 },
      { idle: 30_000, pause: 30_000, quarter: 25, second: 50 },
      { idle: 3_600_000, pause: 0, quarter: 13, second: 50 },
      { idle: 3_600_000, pause: 30_000, quarter: 13, second: 50 },
    ];
    for (const { idle, pause, quarter, second } of causes) {
      const paced = new Paced(50);
      paced.now = 10_000_000;
      paced.take(8);
      if (pause > 0) paced.pause(pause);
      paced.now += idle;
      const from = paced.now;
      const calls = Array.from({ length: 60 }, () => paced.take(1)[0]?.moment ?? 0).map((moment) => moment - from);
      expect(calls.filter((call) => call < 250)).toHaveLength(quarter);
      expect(calls.filter((call) => call < 1_000)).toHaveLength(second);
    }
  });

  test('a shared clock that stepped back neither opens the gate nor shuts it for ever', () => {
    const stepped = { ...openGate, next_at: 9_000_000_000_000, paused_until: 9_000_000_000 };
    const late = new Map([-44, 0].map((number) => [number, 9_000_000_000]));
    expect(passage(stepped, 1000, 45, { most: 1, late }).turns[0]?.moment).toBe(1000);
  });
});

const openGate: DeliveryGateTable = {
  name: 'connector',
  next_at: 0,
  calls: 0,
  late: '',
  learned: null,
  raise_at: 0,
  hold: 0,
  suspects: '',
  paused_until: 0,
  failed: 0,
  refused: 0,
  opened_at: null,
  probe_at: 0,
  closed_at: null,
  undone: 0,
};

/** Demands on an open gate, each as the claims of a service ask it. */
class Paced {
  readonly #perSecond: number;
  readonly calls: number[] = [];
  gate = openGate;
  now = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  take(most: number): Turn[] {
    let through = this.#passage(most);
    for (let looks = 0; through.turns.length === 0 && looks < 3; looks += 1) {
      this.now += through.wait;
      through = this.#passage(most);
    }
    const { turns } = through;
    expect(turns.length).toBeGreaterThan(0);
    const given = turns.map((turn, index) => ({ number: this.gate.calls + index + 1, turn }));
    const late = textOfLateCalls(withPutOff(lateCallsIn(this.gate.late), given), this.now);
    const next_at = Math.round((turns.at(-1)?.next ?? 0) * 1000);
    this.gate = { ...this.gate, next_at, calls: this.gate.calls + turns.length, late };
    this.calls.push(...turns.map(({ moment }) => moment));
    return turns;
  }

  pause(milliseconds: number): void {
    this.gate = { ...this.gate, paused_until: Math.max(this.gate.paused_until, this.now + milliseconds) };
  }

  #passage(most: number) {
    return passage(this.gate, this.now, this.#perSecond, { most, late: lateCallsIn(this.gate.late) });
  }
}

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
    service.ports.chat.answer(async (_call, number) => {
      await service.ports.clock.wait(200);
      if (number === 2) return throttled(30_000);
      return number === 3 ? throttled(500) : sent(number);
    });
    await plan(service.ports, staff);
    await service.settle();
    const told = service.ports.chat.calls[2]?.at ?? Number.NaN;
    expect(times(service).filter((time) => time > told + 200 && time < told + 30_000)).toEqual([]);
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

test('whatever comes late, no second of Teams holds more calls than the pace, configured or learned: what was put off for it puts off others in turn', () => {
  const configured = 50;
  const lateness = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(60) });
  fc.assert(
    fc.property(
      fc.array(lateness, { minLength: 400, maxLength: 600 }),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom(configured, 30),
      (lates, most, perSecond) => {
        let gate = perSecond === configured ? openGate : { ...openGate, learned: perSecond * 1000, raise_at: 1e9 };
        const came: number[] = [];
        for (let now = 0; came.length < lates.length; ) {
          const late = lateCallsIn(gate.late);
          const { turns, wait } = passage(gate, now, configured, { most, late });
          const given = turns.map((turn, index) => ({ number: gate.calls + index + 1, turn }));
          for (const { number, turn } of given) {
            const after = lates[came.length] ?? 0;
            came.push(turn.moment + after);
            if (after > 0) late.set(number, turn.moment + after);
          }
          const known = withPutOff(
            new Map(),
            given.filter(({ number }) => !late.has(number)),
          );
          const next_at = Math.round((turns.at(-1)?.next ?? now) * 1000);
          const text = textOfLateCalls(new Map([...late, ...known]), now);
          if (turns.length > 0) gate = { ...gate, next_at, calls: gate.calls + turns.length, late: text };
          now += Math.max(1, wait);
        }
        came.sort((a, b) => a - b);
        for (const [index, time] of came.entries()) {
          const before = came[index - perSecond];
          if (before !== undefined) expect(time - before).toBeGreaterThanOrEqual(1000);
        }
        const seconds = ((came.at(-1) ?? 0) - (came[0] ?? 0)) / 1000;
        expect(came.length / seconds / perSecond).toBeGreaterThan(0.9);
      },
    ),
    { numRuns: 40 },
  );
});
