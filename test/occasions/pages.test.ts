import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decidedPages, occasionsOf } from '../../src/occasions/index.ts';
import type { Decision, OccasionRule, Ports } from '../../src/ports/room.ts';
import { registry } from '../../src/rooms.ts';
import { type TestPorts, testServicePorts } from '../build/service.ts';
import { SECTION, WEDNESDAY } from '../build/wednesday.ts';
import { putSections } from '../pauses/evening.ts';

const due = Date.parse(`${WEDNESDAY}T16:15:00+09:00`);

const policy = `organisation: 見本市
noOvertime: { sectionDays: [ { section: 見本局/見本部/見本課, weekday: thu } ] }
priorApplication: { sections: [ 見本局/見本部/見本課 ] }
interval: { enabled: true }
agreements:
  - { programme: late-work, 相手: 見本職員団体, 文書日付: 2026-03-02, 対象: 見本, 見直し日: 2027-03-31 }
  - { programme: clock-gaps, 相手: 見本職員団体, 文書日付: 2026-03-02, 対象: 見本, 見直し日: 2027-03-31 }
  - { programme: interval, 相手: 見本職員団体, 文書日付: 2026-03-02, 対象: 見本, 見直し日: 2027-03-31 }
`;

/** Heads above heads, own hours, people away, people of another number who act: all by numbers that lie anywhere. */
const person = fc.record({
  head: fc.option(fc.nat(11), { nil: null }),
  deputy: fc.option(fc.nat(11), { nil: null }),
  start_minute: fc.constantFrom(null, null, 450, 600, 1020),
  end_minute: fc.constantFrom(null, null, 960, 1125, 1380),
  work_type: fc.constantFrom('日勤', '日勤', '時差', '交替', '休職'),
  left_on: fc.constantFrom(null, null, null, '2026-11-01'),
  away: fc.boolean(),
});
const numberOf = (at: number) => String(100_000 + ((at * 7) % 12));

async function townOf(people: Person[]): Promise<TestPorts> {
  const staff = people.map(({ head, deputy, away: _away, ...own }, at) => ({
    ...own,
    staff: numberOf(at),
    head: head === null || head >= at ? null : numberOf(head),
    deputy: deputy === null ? null : numberOf(deputy),
  }));
  const leave = people.flatMap(({ away }, at) =>
    away ? [{ staff: numberOf(at), date: WEDNESDAY, kind: '全日' as const }] : [],
  );
  const ports = await testServicePorts({ staff, leave, policy });
  await putSections({ db: ports.database.db }, ['見本局/見本部/見本課']);
  for (const [at] of people.entries()) {
    const row = { staff: numberOf(at), date: '2026-11-17', start_minute: 510, end_minute: 1320, import_id: 'test' };
    await ports.database.db.insertInto('clock_entry').values(row).execute();
  }
  return ports;
}
type Person = typeof person extends fc.Arbitrary<infer One> ? One : never;

async function decided(ports: Ports, rule: OccasionRule, date: string, atOnce: number): Promise<Decision[]> {
  const all: Decision[] = [];
  for await (const { decisions } of decidedPages(ports, rule, date, atOnce)) all.push(...decisions);
  return all.sort((one, other) => (one.staff < other.staff ? -1 : 1));
}

test('a roster in pages of any size gives everybody once, what one page gives, at minutes the rule has named', async () => {
  const named = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 6, maxLength: 12 }), async (people) => {
      const ports = await townOf(people);
      for (const rule of registry.rules) {
        for (const date of [WEDNESDAY, '2026-11-19', '2026-11-24', '2026-12-01']) {
          const whole = await decided(ports, rule, date, 250);
          expect(await decided(ports, rule, date, 1)).toEqual(whole);
          expect(await decided(ports, rule, date, 5)).toEqual(whole);
          expect(new Set(whole.map((one) => one.staff)).size).toBe(whole.length);
          const minutes = await rule.minutes(ports, ports.database.db, date);
          for (const { at, lastUsefulAt } of whole) {
            const minute = minutes.filter((one) => one.at === at);
            expect(minute.length, `${rule.name} ${date}`).toBeGreaterThan(0);
            expect(Math.max(...minute.map((one) => one.usefulUntil))).toBeGreaterThanOrEqual(lastUsefulAt);
          }
          if (whole.length > 0) named.add(rule.name);
        }
      }
    }),
    { numRuns: 5 },
  );
  expect([...named].sort()).toEqual(
    expect.arrayContaining([
      'interval',
      'late-work',
      'no-overtime-day',
      'no-overtime-day.summary',
      'prior-application',
    ]),
  );
}, 60_000);

describe('an occasion of several pages', () => {
  const occasions = ({ database }: Ports) => database.db.selectFrom('occasion').selectAll().execute();
  const items = async ({ database }: Ports) =>
    (await database.db.selectFrom('item').select('staff').orderBy('staff').execute()).map((row) => row.staff);
  const messages = async ({ database }: Ports) =>
    (await database.db.selectFrom('message').select('id').execute()).length;
  const everybody = SECTION.map((one) => one.staff).sort();
  const begin = () => testServicePorts({ staff: SECTION, now: new Date(due).toISOString() });
  /** The store fails in the transaction of that number, and in all behind it. */
  const failingAt = (ports: Ports, last: number): Ports => {
    let count = 0;
    const transaction: Ports['database']['transaction'] = (work) => {
      count += 1;
      return count >= last ? Promise.reject(new Error('The store is gone.')) : ports.database.transaction(work);
    };
    return { ...ports, database: { ...ports.database, transaction } };
  };

  test.each([1, 2, 3])(
    'that ends in the middle of page %i goes on where it stopped: nobody lost, nobody twice',
    async (page) => {
      const ports = await begin();
      const failing = occasionsOf(failingAt(ports, page), registry.rules, { wake: () => {} }, 2);
      await expect(failing.runMinute(due)).rejects.toThrow('The store is gone.');
      expect(await items(ports)).toEqual(everybody.slice(0, (page - 1) * 2));
      expect((await occasions(ports)).map((row) => row.state)).toEqual(page === 1 ? [] : ['planning']);
      await occasionsOf(ports, registry.rules, { wake: () => {} }, 2).runMinute(due + 60_000);
      expect(await items(ports)).toEqual(everybody);
      expect(await messages(ports)).toBe(6);
      expect(await occasions(ports)).toMatchObject([
        { rule: 'no-overtime-day', state: 'fired', planned: 6, skipped: 0 },
      ]);
    },
  );

  test('that ends in the middle and is found again too late is no missed one, and the rest of its people are expired', async () => {
    const ports = await begin();
    const failing = occasionsOf(failingAt(ports, 3), registry.rules, { wake: () => {} }, 2);
    await expect(failing.runMinute(due)).rejects.toThrow();
    ports.clock.moveTo(`${WEDNESDAY}T19:00:00+09:00`);
    await occasionsOf(ports, registry.rules, { wake: () => {} }, 2).runMinute(
      Date.parse(`${WEDNESDAY}T19:00:00+09:00`),
    );
    const [first] = (await occasions(ports)).filter((row) => row.rule === 'no-overtime-day');
    expect(first).toMatchObject({ state: 'caught-up', planned: 4, skipped: 2 });
  });

  test('that still helps is planned before people are told to have missed an older one', async () => {
    const ports = await begin();
    const states = async () => (await occasions(ports)).map((row) => `${row.rule} ${row.date} ${row.state}`);
    await occasionsOf(ports, registry.rules, { wake: () => {} }, 2).runMinute(due - 24 * 60 * 60_000);
    const failing = occasionsOf(failingAt(ports, 5), registry.rules, { wake: () => {} }, 2);
    await expect(failing.runMinute(due)).rejects.toThrow('The store is gone.');
    expect(await states()).toEqual([`no-overtime-day ${WEDNESDAY} fired`]);
    await occasionsOf(ports, registry.rules, { wake: () => {} }, 2).runMinute(due);
    expect(await states()).toContain('late-work 2026-11-17 missed');
  });

  test('lets others have the store between two pages, and cards go out before the last one', async () => {
    const ports = await begin();
    let elapsed = 0;
    const between: number[] = [];
    const slow: Ports = {
      ...ports,
      clock: {
        ...ports.clock,
        elapsed: () => (elapsed += 30),
        wait: () =>
          ports.database.transaction(async (db) => {
            between.push((await db.selectFrom('item').select('id').execute()).length);
          }),
      },
    };
    const woken: number[] = [];
    const wake = () => void woken.push(elapsed);
    await occasionsOf(slow, registry.rules, { wake }, 2).runMinute(due);
    expect(between).toEqual(expect.arrayContaining([2, 4]));
    expect(woken.length).toBeGreaterThanOrEqual(3);
  });
});
