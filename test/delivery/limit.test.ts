import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import type { SendResult } from '../../src/ports/chat.ts';
import type { TestService } from '../build/service.ts';
import { sent, throttled, unclear } from '../fakes/chat.ts';
import { Limits } from '../fakes/connector-limits.ts';
import { seededRandom } from '../kill/seeded-random.ts';
import { at, numbers, plan, toyService } from './toy-room.ts';

const usualLatency = 80;
const people = process.env['KAERU_LONG'] ? 5_000 : 300;

interface Seen {
  at: number;
  over: boolean;
  closes: boolean;
  limit: number;
}

/** Teams with a table of limits, answers after so many milliseconds, and faults where a share of them is asked for. */
function limitTeams(
  service: TestService,
  limitAt: (time: number) => number,
  faults = 0,
  latency = usualLatency,
): Seen[] {
  const seen: Seen[] = [];
  const random = seededRandom(20261121);
  let limits = new Limits(limitAt(0));
  let present = limitAt(0);
  const { clock } = service.ports;
  service.ports.chat.answer(async (call, number): Promise<SendResult> => {
    const limit = limitAt(call.at);
    if (limit !== present) limits = new Limits(limit, limits);
    present = limit;
    const over = limits.take(call.conversation, call.at) > 0;
    const fault = random() < faults ? Math.floor(random() * 4) : null;
    seen.push({ at: call.at, over, closes: !over && fault === 0, limit });
    if (over || fault === 0) return throttled(1000);
    await clock.wait(fault === 3 ? 10_000 : latency);
    if (fault === 1) return { kind: 'throttled', why: 'throttled', retryAfter: null, status: 412 };
    return fault === null ? sent(number) : unclear;
  });
  return seen;
}

/** Calls within the limit, of those that Teams would have taken while none of its own pauses forbade any. */
function shareOf(seen: Seen[], until: number): number {
  const open = (time: number) => !seen.some((one) => one.closes && one.at <= time && time < one.at + 1000);
  const limitAt = (time: number) => seen.findLast((one) => one.at <= time)?.limit ?? 0;
  let room = 0;
  for (let time = 0; time < until; time += 20) if (open(time)) room += limitAt(time) * 0.02;
  return seen.filter((one) => one.at < until && !one.over).length / room;
}

async function sendThrough(
  limitAt: (time: number) => number,
  faults = 0,
  latency = usualLatency,
  staff = numbers(people),
) {
  const service = await toyService(staff, { pace: 50 });
  const seen = limitTeams(service, limitAt, faults, latency);
  await plan(service.ports, staff, { until: at('23:59') });
  await service.settle();
  const { totals } = await ledger(service.db);
  const firsts = new Map(service.ports.chat.calls.toReversed().map((call) => [call.conversation, call.at]));
  const until = Math.max(...firsts.values());
  return { service, seen, totals, until, share: shareOf(seen, until) };
}

describe('a send at the limit', () => {
  test.each([80, 500])(
    'is within a fiftieth of it, and never above, where Teams answers after %i ms',
    async (latency) => {
      const { seen, totals, share } = await sendThrough(() => 50, 0, latency);
      expect(totals).toEqual({ sent: people });
      expect(seen.filter((one) => one.over)).toEqual([]);
      expect(share).toBeGreaterThanOrEqual(0.98);
    },
  );

  test('through 5 % faults is within 5 %, and nobody is lost', async () => {
    const { seen, totals, share } = await sendThrough(() => 50, 0.05);
    expect((totals['sent'] ?? 0) + (totals['unknown'] ?? 0)).toBe(people);
    expect(seen.filter((one) => one.over)).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(0.95);
  });

  test('slows down where the limit falls after no more than three refusals, comes back with it, and nobody is lost', async () => {
    const falls = { from: 2000, to: 7000 };
    const { seen, totals, until } = await sendThrough(
      (time) => (time > falls.from && time < falls.to ? 30 : 50),
      0,
      usualLatency,
      numbers(500),
    );
    expect(totals).toEqual({ sent: 500 });
    const over = seen.filter((one) => one.over).map((one) => one.at);
    expect(over.length).toBeGreaterThanOrEqual(2);
    expect(over.length).toBeLessThanOrEqual(3);
    expect(over.at(-1)).toBeLessThan(falls.from + 5000);
    const last = seen.filter((one) => one.at > until - 1000);
    expect(last.length).toBeGreaterThanOrEqual(45);
  });
});
