import { describe, expect, test } from 'vitest';
import type { TestService } from '../build/service.ts';
import { clock, press, read, runTo, storedCard } from '../build/wednesday.ts';
import {
  clockIn,
  DECISION,
  FRIDAY,
  goOn,
  itemsUnder,
  sendsTo,
  startThursday,
  stored,
  THURSDAY,
  theItem,
  write,
} from './evening.ts';

const RULE = 'late-work.prior-ok';
const form = { decision: 'record', people: '100001', days: '3', until: '21:00', reason: 'assembly', note: '' };

async function recorded(now = `${THURSDAY}T16:00:00+09:00`): Promise<TestService> {
  const service = await startThursday({ now });
  await record(service, form);
  return service;
}

async function record(service: TestService, data: Record<string, string>): Promise<string> {
  const item = await write(service, '200001', '事前了承', RULE);
  return read(await press(service, '200001', 'late-work.ahead', { i: item.id, r: item.revision, ...data }));
}

const rows = (service: TestService) =>
  service.db.selectFrom('late_work_prior').selectAll().orderBy('recorded_at').execute();

describe('事前了承', () => {
  test('excepts from C02 for its working days, and the person is counted', async () => {
    const service = await recorded();
    const [row] = await rows(service);
    expect([row?.from_date, row?.to_date, row?.until_minute]).toEqual([THURSDAY, '2026-11-24', 1260]);
    await clockIn(service, '100001');
    clock(service, '19:29', THURSDAY);
    await runTo(service, '20:00', THURSDAY);
    expect((await itemsUnder(service, 'late-work'))[0]).toBe('100001 skipped already-done');
    expect(await itemsUnder(service, DECISION)).toEqual([]);
  });

  test('without a 命令 it is an item the next morning, as every 了承 is (P1)', async () => {
    const service = await recorded();
    await clockIn(service, '100001');
    clock(service, '19:29', THURSDAY);
    await runTo(service, '19:30', THURSDAY);
    clock(service, '08:59', FRIDAY);
    await runTo(service, '09:00', FRIDAY);
    expect(await stored(service, '200001', 'late-work.order-missing', FRIDAY)).toContain('了承あり・命令未登録\n1');
  });

  test('after the own end it holds from the next working day', async () => {
    const service = await recorded(`${THURSDAY}T17:15:00+09:00`);
    expect((await rows(service)).map((row) => row.from_date)).toEqual([FRIDAY]);
  });

  test('shows names only after 表示する, audited, and only own staff can be named', async () => {
    const service = await startThursday({ now: `${THURSDAY}T16:00:00+09:00` });
    const item = await write(service, '200001', '事前了承', RULE);
    expect(storedCard(service, item)).not.toContain('架空');
    const shown = await press(service, '200001', 'late-work.ahead', { i: item.id, r: item.revision, show: 'names' });
    expect(read(shown)).toContain('架空 一子');
    expect(await service.db.selectFrom('audit').select('action').execute()).toEqual([{ action: 'view-names' }]);
    expect(await record(service, { ...form, people: '300001' })).toContain('入力が足りないため');
    expect(await rows(service)).toEqual([]);
  });

  test('asks for people, days, time and work; その他 needs words', async () => {
    const service = await startThursday({ now: `${THURSDAY}T16:00:00+09:00` });
    for (const wrong of [
      { people: '' },
      { days: '11' },
      { until: '20:00' },
      { until: '22:15' },
      { reason: '' },
      { reason: 'other' },
    ]) {
      expect(await record(service, { ...form, ...wrong })).toContain('入力が足りないため');
    }
    expect(await rows(service)).toEqual([]);
  });

  test('the same twice is one, and what was withdrawn holds no more', async () => {
    const service = await recorded();
    await record(service, form);
    const [row, ...others] = await rows(service);
    expect(others).toEqual([]);
    expect(await record(service, { decision: 'withdraw', people: row?.id ?? '' })).toContain('記録しました。');
    await clockIn(service, '100001');
    clock(service, '19:29', THURSDAY);
    await runTo(service, '19:30', THURSDAY);
    expect((await itemsUnder(service, 'late-work'))[0]).toBe('100001 open');
  });

  test('is a head’s word only', async () => {
    const service = await startThursday({ now: `${THURSDAY}T16:00:00+09:00` });
    await write(service, '100001', '事前了承', 'conversation.not-understood');
    expect(await itemsUnder(service, RULE)).toEqual([]);
  });
});

describe('残る', () => {
  const RULE = 'late-work.stay';
  const SATURDAY = '2026-11-21';
  const stay = async (service: TestService, data: Record<string, string>) => {
    const item = await write(service, '100002', '残る', RULE);
    return read(await press(service, '100002', 'late-work.answer', { i: item.id, r: item.revision, ...data }));
  };

  test('goes to the head at any time of the day, and C02 does not ask again', async () => {
    const service = await startThursday({ now: `${THURSDAY}T16:00:00+09:00` });
    expect(await stay(service, { ...goOn, until: '19:00' })).toContain('● 継続が必要です（16:00）');
    expect(await itemsUnder(service, DECISION)).toEqual(['200001 open']);
    await clockIn(service, '100002');
    clock(service, '19:29', THURSDAY);
    await runTo(service, '19:30', THURSDAY);
    expect((await itemsUnder(service, 'late-work'))[1]).toBe('100002 skipped already-done');
  });

  test('after C02 it changes the same evening', async () => {
    const service = await startThursday();
    await clockIn(service, '100002');
    await runTo(service, '19:30', THURSDAY);
    await stay(service, { ...goOn, until: '20:45' });
    expect(await stored(service, '100002')).toContain('● 継続が必要です');
    expect(await service.db.selectFrom('late_work_answer').selectAll().execute()).toHaveLength(1);
  });

  test('on a Saturday too, and not after 22:00; a head who is at home is not rung, and has it on the next working day’s list', async () => {
    const service = await startThursday({ now: `${SATURDAY}T13:00:00+09:00` });
    expect(await stay(service, goOn)).toContain('● 継続が必要です（13:00）');
    expect(await itemsUnder(service, DECISION)).toEqual([]);
    clock(service, '22:01', SATURDAY);
    expect(await stay(service, { ...goOn, until: '21:45' })).toContain('受付を終了しました');
    clock(service, '08:59', '2026-11-24');
    await runTo(service, '09:00', '2026-11-24');
    expect(await itemsUnder(service, 'late-work.order-missing')).toEqual(['200001 open']);
  });

  test('on a Saturday a head is asked as soon as at work', async () => {
    const service = await startThursday({ now: `${SATURDAY}T13:00:00+09:00` });
    await stay(service, goOn);
    clock(service, '15:09', SATURDAY);
    await clockIn(service, '200001', null, SATURDAY);
    await runTo(service, '15:10', SATURDAY);
    expect(await itemsUnder(service, DECISION)).toEqual(['200001 open']);
    expect(storedCard(service, await theItem(service, '200001', DECISION, SATURDAY))).toContain(
      '回答待ちの方が1人います',
    );
  });

  test('at night rings nobody: the head has one card in the morning', async () => {
    const service = await startThursday({ now: `${THURSDAY}T01:32:00+09:00` });
    expect(await stay(service, goOn)).toContain('所属長の回答はまだありません');
    clock(service, '08:20', THURSDAY);
    await runTo(service, '08:29', THURSDAY);
    expect(await itemsUnder(service, DECISION)).toEqual([]);
    await runTo(service, '08:30', THURSDAY);
    expect(await itemsUnder(service, DECISION)).toEqual(['200001 open']);
    expect(sendsTo(service, '200001')).toBe(1);
  });

  test('at night taken back before the morning rings nobody at all', async () => {
    const service = await startThursday({ now: `${THURSDAY}T01:32:00+09:00` });
    await stay(service, goOn);
    await stay(service, { answer: 'finish' });
    clock(service, '08:29', THURSDAY);
    await runTo(service, '08:30', THURSDAY);
    expect(await itemsUnder(service, DECISION)).toEqual([]);
  });
});
