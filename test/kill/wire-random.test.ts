import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Behaviour } from '../fakes/start-connector.ts';
import { seededRandom } from './seeded-random.ts';
import { type Sent, type Trouble, troubles, Wire } from './wire.ts';

/** KAERU_LONG=1 counts ten thousand calls, KAERU_SEED repeats a run. */
const calls = process.env['KAERU_LONG'] ? 10_000 : 150;

describe(`no deviation in ${calls} calls of which one in eight meets trouble`, () => {
  const wire = new Wire(Math.ceil(calls * 1.08));
  const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 1_000_000_000);
  const trouble = new Map<string, Trouble>();
  let sent: Map<string, Sent>;

  beforeAll(async () => {
    console.log(`wire: KAERU_SEED=${seed}`);
    const random = seededRandom(seed);
    const cheap = Object.values(troubles).filter((one) => !one().behaviour.hang && !pausesAll(one().behaviour));
    const hanging = Object.values(troubles).filter((one) => one().behaviour.hang);
    const oneOf = <T>(all: T[]) => all[Math.floor(random() * all.length)];
    for (const eight of inEights(wire.city.reached)) {
      const chosen = oneOf(random() < 0.016 ? hanging : cheap);
      if (chosen) trouble.set(String(oneOf(eight)), chosen());
    }
    sent = await wire.send(trouble);
  }, 900_000);
  afterAll(() => wire.close());

  test('each call is as many POSTs as attempts, and nobody has two cards', () => {
    expect(wire.city.reached.length).toBeGreaterThanOrEqual(calls);
    const deviating = wire.city.reached.filter((staff) => {
      const one = sent.get(staff);
      const posts = trouble.get(staff)?.posts ?? 1;
      return (
        !one || one.accepted > 1 || [one.posts, one.rows, one.counted, one.ledger?.attempts].some((n) => n !== posts)
      );
    });
    expect(deviating.map((staff) => [staff, trouble.get(staff)?.behaviour, sent.get(staff)])).toEqual([]);
    expect(trouble.size).toBe(Math.floor(wire.city.reached.length / 8));
  });
});

/** Whole eights only: each of them meets the same share of trouble. */
function inEights(staff: string[]): string[][] {
  return Array.from({ length: Math.floor(staff.length / 8) }, (_none, at) => staff.slice(at * 8, at * 8 + 8));
}

/** Retry-After holds every call back: in thousands of calls that would take hours. */
function pausesAll({ status, headers }: Behaviour): boolean {
  return status === 429 && Number(headers?.['retry-after'] ?? 0) !== 0;
}
