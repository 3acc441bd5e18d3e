import { expect, test } from 'vitest';
import { simulateCity } from '../../src/main.ts';
import { currentPolicy, workingCalendar } from '../../src/policy/index.ts';
import { recount } from '../../src/simulation/recount.ts';
import { Watch } from '../../src/simulation/watch.ts';
import { DATE, numbers, plan, toyService } from '../delivery/toy-room.ts';

const firstSeed = Number(process.env['KAERU_SEED'] ?? 1);
const long = process.env['KAERU_LONG'] === '1';

/** Even seeds have two services, which look after each other and cost more. */
const daysOf = (seed: number) => (long ? 30 : seed % 2 === 0 ? 1 : 5);

test.each(long ? Array.from({ length: 60 }, (_, n) => firstSeed + n) : [firstSeed, firstSeed + 1])(
  'days of a city with seed %i: nobody is lost, nobody asked twice, nobody disturbed on leave, at night or on a day off',
  async (seed) => {
    const often = long ? {} : { deathsEvery: 100 };
    const { violations, counts } = await simulateCity({ days: daysOf(seed), staff: long ? 48 : 36, seed, ...often });
    expect(violations, `KAERU_SEED=${seed}`).toEqual([]);
    expect(counts['deaths'], 'services died').toBeGreaterThanOrEqual(1);
    expect(counts['presses'], 'people pressed').toBeGreaterThan(20);
  },
  120_000,
);

test('the same seed gives the same bytes', async () => {
  const run = async () => JSON.stringify(await simulateCity({ days: 1, staff: 24, seed: 7 }));
  expect(await run()).toBe(await run());
}, 60_000);

test('those who watch see what should not be: a lost card, a second card, a card never taken', async () => {
  const service = await toyService(numbers(3));
  await plan(service.ports, numbers(3));
  await service.settle();
  const { db } = service;
  const items = await db.selectFrom('item').select(['id', 'staff']).orderBy('staff').execute();
  const [first, second, third] = items;
  if (!first || !second || !third) throw new Error('Three people have three cards.');
  const now = service.ports.clock.now();
  const book = await currentPolicy(db, service.ports.settings);
  const when = { calendar: await workingCalendar(db, book, DATE), timeZone: 'Asia/Tokyo' };
  const watchOf = (taken: typeof items) => {
    const watch = new Watch((at) => String(at));
    for (const { id, staff } of taken) {
      const card = {
        activityId: id,
        conversation: staff,
        content: { template: 'toy', summary: '', data: {} },
        item: id,
      };
      const item = { rule: 'toy', staff, date: DATE, dueAt: now, plannedAt: now, lastUsefulAt: now };
      watch.cardAccepted({ ...card, lines: [] }, now, item, null, when);
    }
    return watch;
  };
  const content = watchOf(items);
  await recount(db, content, { since: 0, now }, true);
  expect(content.violations).toEqual([]);
  const watch = watchOf([second, third]);
  await db.updateTable('message').set({ state: 'pending' }).where('staff', '=', second.staff).execute();
  await db.deleteFrom('item').where('id', '=', third.id).execute();
  await recount(db, watch, { since: 0, now: now + 86_400_000 }, true);
  expect(watch.violations.map(({ what, staff }) => [what, staff])).toEqual([
    ['a card is told as sent that Teams never took', first.staff],
    ['a card that Teams took is told as pending', second.staff],
    ['a card waits past its last minute', second.staff],
    ['Teams holds a card of an item that the store has lost', undefined],
  ]);
});

test('those who watch see a card that was sent before it was due, unless the clock was set back after it was planned', async () => {
  const { ports, db } = await toyService([]);
  const now = ports.clock.now();
  const book = await currentPolicy(db, ports.settings);
  const when = { calendar: await workingCalendar(db, book, DATE), timeZone: 'Asia/Tokyo' };
  const watch = new Watch((at) => String(at));
  const arrives = (staff: string, { dueAt, plannedAt }: { dueAt: number; plannedAt: number }) => {
    const content = { template: 'toy', summary: '', data: {} };
    const card = { activityId: staff, conversation: staff, content, item: staff, lines: [] };
    const item = { rule: 'toy', staff, date: DATE, dueAt, plannedAt, lastUsefulAt: dueAt };
    watch.cardAccepted(card, now, item, null, when);
  };
  arrives('100001', { dueAt: now, plannedAt: now });
  arrives('100002', { dueAt: now + 1, plannedAt: now });
  arrives('100003', { dueAt: now + 3_600_000, plannedAt: now + 3_600_000 });
  expect(watch.violations.map(({ what, staff }) => [what, staff])).toEqual([
    ['a card was sent before it was due', '100002'],
  ]);
});
