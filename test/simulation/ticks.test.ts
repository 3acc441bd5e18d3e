import { expect, test } from 'vitest';
import { holidaysWith } from '../../src/calendar/index.ts';
import type { OccasionRule } from '../../src/ports/room.ts';
import { SeededRandom } from '../../src/simulation/seeded-random.ts';
import { Ticks } from '../../src/simulation/ticks.ts';
import { toyService } from '../delivery/toy-room.ts';

const at = (time: string) => Date.parse(`2026-11-18T${time}+09:00`);
const when = { calendar: { holidays: holidaysWith([]), closure: null }, timeZone: 'Asia/Tokyo' };
const oneMinute = 60_000;

const ruleAt = (...times: string[]): OccasionRule => ({
  name: 'toy',
  card: 'toy',
  priority: 1,
  urgency: 'ping',
  contact: 'counted',
  pages: 'people',
  minutes: async () => times.map((time) => ({ at: at(time), usefulUntil: at('18:00:00') })),
  decide: async () => null,
});

async function ticksWith(rule: OccasionRule, seed: number) {
  const { ports } = await toyService([]);
  const ticks = new Ticks([{ name: 'toy', rules: [rule] }], new SeededRandom(seed, 'ticks'));
  await ticks.dayBegins(ports, '2026-11-18', when);
  return ticks;
}

test('a service looks at a minute at which something is due, or up to 18 minutes late, and never passes it by', async () => {
  const ticks = await ticksWith(ruleAt('16:15:00', '09:00:00'), 1);
  const seen = new Set<number>();
  for (let turn = 0; turn < 200; turn += 1) {
    const next = at('16:10:20') + ticks.untilNext(at('16:10:20'), at('16:10:00'));
    expect(next % oneMinute).toBe(0);
    expect(next).toBeGreaterThan(at('16:10:20'));
    expect(next).toBeLessThanOrEqual(at('16:33:00'));
    seen.add(next);
  }
  expect(seen).toContain(at('16:15:00'));
  expect(seen.size).toBeGreaterThan(5);
});

test('what became due while a service dealt with a minute is looked at at once', async () => {
  const ticks = await ticksWith(ruleAt('16:15:00'), 2);
  const waits = Array.from({ length: 50 }, () => ticks.untilNext(at('16:15:30'), at('16:14:00')));
  expect(Math.min(...waits)).toBe(0);
});

test('at night a service looks again an hour later', async () => {
  const ticks = await ticksWith(ruleAt('16:15:00'), 3);
  expect(ticks.untilNext(at('23:10:30'), at('23:10:00'))).toBe(59.5 * oneMinute);
});
