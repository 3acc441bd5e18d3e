import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decisionsOn, occasionsOf } from '../../src/occasions/index.ts';
import { registry } from '../../src/rooms.ts';
import { testServicePorts } from '../build/service.ts';

const minutes = (count: number) => count * 60_000;
const from = Date.parse('2026-11-17T12:00:00+09:00');
const to = Date.parse('2026-11-27T12:00:00+09:00');

const staff = [
  { staff: '200001', manager: 1 as const },
  { staff: '100001', head: '200001', end_minute: 960 },
  { staff: '100002', head: '200001' },
  { staff: '100003', head: '200001', end_minute: 1125 },
  { staff: '100004', head: '200001', work_type: '交替' as const },
];

/** Every moment of these days at which some rule names somebody, with the latest last useful moment and the people. */
async function expected(ports: Awaited<ReturnType<typeof testServicePorts>>) {
  const found = new Map<string, { until: number; people: string[] }>();
  for (let day = 17; day <= 27; day += 1) {
    const date = `2026-11-${day}`;
    for (const rule of registry.rules) {
      for (const { at, lastUsefulAt, staff: person } of await decisionsOn(ports, rule, date)) {
        const key = `${rule.name} ${date} ${at}`;
        const known = found.get(key) ?? { until: 0, people: [] };
        found.set(key, { until: Math.max(known.until, lastUsefulAt), people: [...known.people, person] });
      }
    }
  }
  return found;
}

/** Up for a while, down for a while (from nothing to days), and sometimes the clock is set back by an hour. */
const span = fc.record({ up: fc.nat(100), down: fc.oneof(fc.nat(30), fc.nat(6000)), back: fc.constantFrom(0, 0, 60) });

/** Down until Wednesday 16:00, then up for a while with a step back: some occasions are fired at their own minute. */
const upOnWednesday = [
  { up: 0, down: 28 * 60, back: 0 },
  { up: 100, down: 0, back: 60 },
];

/** Some two thousand minutes of every rule on nine stores: two or three seconds alone, many times that beside a full suite. */
const enough = 60_000;

const begin = () => testServicePorts({ staff, now: new Date(from).toISOString() });

test('after any outages and steps of the clock each occasion is exactly one of fired, caught-up and missed', {
  timeout: enough,
}, async () => {
  const seen = new Set<string>();
  const all = await expected(await begin());
  await fc.assert(
    fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 6 }), async (spans) => {
      const ports = await begin();
      const { db } = ports.database;
      const run = async (occasions: ReturnType<typeof occasionsOf>, at: number) => {
        ports.clock.moveTo(at);
        await occasions.runMinute(at);
      };
      const start = () => occasionsOf(ports, registry.rules, { wake: () => {} });
      let now = from;
      await run(start(), now);
      for (const { up, down, back } of [...spans, { up: 0, down: (to - from) / minutes(1), back: 0 }]) {
        const service = start();
        for (const end = Math.min(to, now + minutes(up)); now < end; now += minutes(1))
          await run(service, now + minutes(1));
        await run(service, now - minutes(back));
        now = Math.min(to, now + minutes(down));
        await run(start(), now);
      }
      const rows = await db.selectFrom('occasion').selectAll().execute();
      const passed = [...all].filter(([key]) => Number(key.split(' ')[2]) <= to);
      expect(rows.map((row) => `${row.rule} ${row.date} ${row.minute}`).sort()).toEqual(
        passed.map(([key]) => key).sort(),
      );
      for (const row of rows) {
        seen.add(row.state);
        const { until, people } = all.get(`${row.rule} ${row.date} ${row.minute}`) ?? { until: 0, people: [] };
        expect(row.state === 'missed').toBe(until <= row.fired_at);
        expect(row.planned + row.skipped).toBe(people.length);
        if (row.state === 'missed') expect(row.planned).toBe(0);
      }
      const items = await db.selectFrom('item').select(['state', 'why', 'last_useful_at', 'created_at']).execute();
      expect(items).toHaveLength(passed.reduce((sum, [, one]) => sum + one.people.length, 0));
      for (const item of items) {
        if (item.state === 'open') expect(item.last_useful_at).toBeGreaterThan(item.created_at);
        else expect(item.why).not.toBeNull();
        if (item.why === 'expired') expect(item.last_useful_at).toBeLessThanOrEqual(item.created_at);
      }
    }),
    { numRuns: 8, examples: [[upOnWednesday]] },
  );
  expect([...seen].sort()).toEqual(['caught-up', 'fired', 'missed']);
});
