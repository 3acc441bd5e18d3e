import { describe, expect, test } from 'vitest';
import { lateWorkRoom } from '../../src/late-work/index.ts';
import { noOvertimeDayRoom } from '../../src/no-overtime-day/index.ts';
import type { TestService } from '../build/service.ts';
import { answer, clock, runTo, startWednesday, WEDNESDAY } from '../build/wednesday.ts';
import { clockIn, decide, FRIDAY, goOn, itemsUnder, POLICY, say, startThursday, stored, THURSDAY } from './evening.ts';

const MONDAY = '2026-11-16';
const TUESDAY = '2026-11-17';

async function evening(service: TestService, staff: string, date: string): Promise<void> {
  await clockIn(service, staff, null, date);
  clock(service, '19:29', date);
  await runTo(service, '19:30', date);
  await clockIn(service, staff, 20 * 60, date);
}

const whyOf = async (service: TestService, staff: string, date: string) =>
  service.db
    .selectFrom('item')
    .select(['state', 'why'])
    .where('rule', '=', 'late-work')
    .where('staff', '=', staff)
    .where('date', '=', date)
    .executeTakeFirstOrThrow();

test('C02 goes to one person at most twice in seven days; the eighth day asks again (P7)', async () => {
  const service = await startThursday({ now: `${MONDAY}T19:00:00+09:00` });
  for (const date of [MONDAY, TUESDAY, THURSDAY]) await evening(service, '100001', date);
  expect(await whyOf(service, '100001', TUESDAY)).toEqual({ state: 'open', why: null });
  expect(await whyOf(service, '100001', THURSDAY)).toEqual({ state: 'skipped', why: 'twice-in-7-days' });
  await evening(service, '100001', '2026-11-24');
  expect(await whyOf(service, '100001', '2026-11-24')).toEqual({ state: 'open', why: null });
});

describe('on a Wednesday', () => {
  test('the answer to stay past 19:30 is evidence where no clock speaks, and its 了承 too needs a 命令', async () => {
    const service = await startWednesday({ policy: POLICY });
    await runTo(service, '16:15');
    await answer(service, '100002', { answer: 'stay', reason: 'deadline', until: '21:00' });
    await answer(service, '100003', { answer: 'stay', reason: 'deadline', until: '19:00' });
    await runTo(service, '19:30');
    expect((await itemsUnder(service, 'late-work')).slice(0, 4)).toEqual([
      '100001 skipped not-at-work',
      '100002 open',
      '100003 skipped not-at-work',
      '100004 skipped not-at-work',
    ]);
    expect(await whyOf(service, '100002', WEDNESDAY)).toEqual({ state: 'open', why: null });
  });
});

test('a service that was down at 20:00 asks the head when it is back, once', async () => {
  const service = await startThursday();
  await clockIn(service, '100001');
  await runTo(service, '19:30', THURSDAY);
  clock(service, '20:20', THURSDAY);
  await service.crash();
  await runTo(service, '20:25', THURSDAY);
  expect(await itemsUnder(service, 'late-work.decision')).toEqual(['200001 open']);
});

test('the counts of an evening stay when its answers go (P27)', async () => {
  const service = await startThursday();
  for (const staff of ['100001', '100002', '100003']) await clockIn(service, staff);
  await runTo(service, '19:30', THURSDAY);
  await say(service, '100001', goOn);
  await say(service, '100002', { answer: 'finish' });
  clock(service, '02:59', FRIDAY);
  await runTo(service, '03:00', FRIDAY);
  const counts = await service.db.selectFrom('late_work_count').select(['kind', 'people']).orderBy('kind').execute();
  expect(counts).toEqual([
    { kind: 'continue', people: 1 },
    { kind: 'finish', people: 1 },
    { kind: 'unanswered', people: 1 },
  ]);
});

test('every card of the evening belongs to exactly one verb, and no rule is claimed twice', () => {
  const rules = [...(lateWorkRoom.verbs ?? []), ...(noOvertimeDayRoom.verbs ?? [])].flatMap((verb) => verb.rules);
  expect(rules).toEqual([...new Set(rules)]);
});

test('`late-work status` tells the evening, the wishes and the orders that are missing', async () => {
  const service = await startThursday();
  await clockIn(service, '100001');
  await runTo(service, '19:30', THURSDAY);
  await say(service, '100001', goOn);
  await decide(service, '200001', ['100001']);
  expect(await stored(service, '100001')).toContain('✓ 所属長が21:00まで了承しました');
  const status = lateWorkRoom.cli?.find((command) => command.name === 'late-work status');
  const result = await status?.run(service.ports, [], { date: THURSDAY });
  expect(result?.document).toMatchObject({
    date: THURSDAY,
    counts: { asked: 1, continue: 1, finish: 0, left: 0, unanswered: 0, prior: 0 },
    requests: [{ staff: '100001', until: '21:00', askedOf: '200001', as: 'head', decision: 'acknowledged' }],
    missing: [{ staff: '100001', head: '200001', kind: 'acknowledged', until: '21:00', with: 'head' }],
  });
  await expect(status?.run(service.ports, [], { date: '11/19' })).rejects.toThrow();
  const audit = await service.db.selectFrom('audit').select(['action', 'subject', 'detail']).execute();
  const detail = JSON.stringify({ date: THURSDAY, requests: 1, missing: 1 });
  expect(audit).toEqual([{ action: 'view-list', subject: 'late-work', detail }]);
});

test('C02 is decided on the clock as it is at 19:30, not as it was in the morning', async () => {
  const service = await startThursday({ now: `${THURSDAY}T16:00:00+09:00` });
  await clockIn(service, '100002');
  await runTo(service, '16:05', THURSDAY);
  await clockIn(service, '100001');
  await clockIn(service, '100002', 18 * 60);
  clock(service, '19:29', THURSDAY);
  await runTo(service, '19:30', THURSDAY);
  expect((await itemsUnder(service, 'late-work')).slice(0, 2)).toEqual(['100001 open', '100002 skipped left']);
});

test('災害モード that began after C02 keeps the question at 20:00 back (P6)', async () => {
  const service = await startThursday();
  await clockIn(service, '100001');
  await runTo(service, '19:30', THURSDAY);
  await service.db
    .insertInto('emergency_mode')
    .values({
      id: 'e1',
      section_key: '見本局/見本部/見本課',
      path: '見本局/見本部/見本課',
      reason: '災害',
      started_at: Date.parse(`${THURSDAY}T19:40:00+09:00`),
      started_by: '200001',
      started_as: 'head',
      ends_at: Date.parse(`${FRIDAY}T19:40:00+09:00`),
      extended_by: null,
      extended_at: null,
      ended_at: null,
      ended_by: null,
      stopped: 0,
      had_left: 0,
      told_at: null,
    })
    .execute();
  await runTo(service, '20:05', THURSDAY);
  expect(await itemsUnder(service, 'late-work.decision')).toEqual([]);
});
