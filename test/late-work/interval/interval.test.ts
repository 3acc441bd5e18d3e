import { describe, expect, test } from 'vitest';
import type { TestService, TestServiceOptions } from '../../build/service.ts';
import { clock, itemOf, press, read, runTo, SECTION, startWednesday, storedCard } from '../../build/wednesday.ts';

const agreement =
  '  - { programme: interval, 相手: 見本職員団体, 文書日付: 令和8年3月2日, 対象: 勤務間インターバル, 見直し日: 令和9年3月31日 }\n';
const policy = `organisation: 見本市\ninterval: { enabled: true }\nagreements:\n${agreement}`;
const THURSDAY = '2026-11-19';

/** The morning after a Wednesday; `lefts` are minutes of the Wednesday at which people left. */
async function morning(lefts: Record<string, number | null>, options: Partial<TestServiceOptions> = {}) {
  const service = await startWednesday({ now: `${THURSDAY}T08:31:00+09:00`, policy, ...options });
  for (const [staff, end] of Object.entries(lefts)) await left(service, staff, end);
  await runTo(service, '08:35', THURSDAY);
  return service;
}

async function left({ db }: TestService, staff: string, end: number | null): Promise<void> {
  const entry = { staff, date: '2026-11-18', start_minute: 510, end_minute: end, import_id: 'test' };
  await db.insertInto('clock_entry').values(entry).execute();
}

const named = async ({ db }: TestService) =>
  (await db.selectFrom('item').select(['staff', 'why']).where('rule', '=', 'interval').orderBy('staff').execute()).map(
    ({ staff, why }) => [staff, why],
  );

async function say(service: TestService, staff: string, answer: string, note?: string): Promise<string> {
  const item = await itemOf(service, staff, 'interval', THURSDAY);
  const said = { i: item.id, r: item.revision, answer, ...(note === undefined ? {} : { note }) };
  return read(await press(service, staff, 'late-work.interval', said));
}

async function request(service: TestService, said: Record<string, unknown>, staff = '200001'): Promise<string> {
  const item = await itemOf(service, staff, 'interval.consultation', THURSDAY);
  return read(await press(service, staff, 'late-work.consultation', { i: item.id, r: item.revision, ...said }));
}

describe('the interval (C12)', () => {
  test('five minutes after own start whoever rested less than eleven hours is told, in hours and minutes', async () => {
    const service = await morning({ '100001': 1465, '100002': 1290, '100003': 1291, '100004': null });
    expect(await named(service)).toEqual([
      ['100001', null],
      ['100003', null],
    ]);
    const card = storedCard(service, await itemOf(service, '100001', 'interval', THURSDAY));
    expect(card).toContain('前回の退庁から今回の始業までの間隔は8時間05分でした（目安は11時間以上）。');
    expect(card).not.toMatch(/違反/);
  });

  test('a clock feed of the same morning is in time, and nobody gets the card twice', async () => {
    const service = await startWednesday({ now: `${THURSDAY}T08:24:00+09:00`, policy });
    await left(service, '100001', 1400);
    await runTo(service, '08:30', THURSDAY);
    await left(service, '100002', 1400);
    await runTo(service, '08:35', THURSDAY);
    await runTo(service, '08:36', THURSDAY);
    expect(await named(service)).toEqual([
      ['100001', null],
      ['100002', null],
    ]);
    const empty = await startWednesday({ now: `${THURSDAY}T08:24:00+09:00`, policy });
    await runTo(empty, '08:30', THURSDAY);
    await left(empty, '100003', 1400);
    await runTo(empty, '08:36', THURSDAY);
    expect(await named(empty)).toEqual([['100003', null]]);
  });

  test('stays away without an agreement, where the policy has it off, and without a clock feed', async () => {
    const late = { '100001': 1400 };
    expect(await named(await morning(late, { policy: 'organisation: 見本市\ninterval: { enabled: true }\n' }))).toEqual(
      [],
    );
    const off = `organisation: 見本市\nagreements:\n${agreement}`;
    expect(await named(await morning(late, { policy: off }))).toEqual([]);
    expect(await named(await morning({}))).toEqual([]);
  });

  test('shift staff, those on leave and those who stopped it are named with the reason', async () => {
    const staff = SECTION.map((one) => (one.staff === '100002' ? { ...one, work_type: '交替' as const } : one));
    const leave = [{ staff: '100003', date: THURSDAY, kind: '午前' as const }];
    const service = await startWednesday({ now: `${THURSDAY}T08:31:00+09:00`, policy, staff, leave });
    await service.db
      .insertInto('programme_stop')
      .values({ staff: '100004', programme: 'C12', stopped_at: 0 })
      .execute();
    for (const number of ['100001', '100002', '100003', '100004']) await left(service, number, 1400);
    await runTo(service, '08:35', THURSDAY);
    expect(await named(service)).toEqual([
      ['100001', null],
      ['100002', 'shift'],
      ['100003', 'half-day'],
      ['100004', 'opted-out'],
    ]);
  });

  test('問題ありません is kept and tells nobody', async () => {
    const service = await morning({ '100001': 1400 });
    expect(await say(service, '100001', 'fine')).toContain('✓ 問題ありません（08:35）');
    const rules = await service.db.selectFrom('item').select('rule').distinct().execute();
    expect(rules).toEqual([{ rule: 'interval' }]);
  });

  test('the draft reaches the head only when it is sent; name and words are behind 表示する, audited; the person sees it was read', async () => {
    const service = await morning({ '100001': 1400 });
    expect(storedCard(service, await itemOf(service, '100001', 'interval', THURSDAY))).toContain(
      '送るまで伝わりません',
    );
    expect(await say(service, '100001', 'consult', ' ')).toContain('入力が足りない');
    const none = service.db.selectFrom('item').select('staff').where('rule', '=', 'interval.consultation');
    expect(await none.execute()).toEqual([]);
    expect(await say(service, '100001', 'consult', '始業を10時にできますか')).toContain('✓ 所属長に相談を送りました');
    const head = storedCard(service, await itemOf(service, '200001', 'interval.consultation', THURSDAY));
    expect(head).not.toMatch(/一子|10時/);
    expect(await request(service, { show: 'names' })).toMatch(/架空 一子[\s\S]*始業を10時にできますか/);
    expect(await service.db.selectFrom('audit').select('action').execute()).toEqual([{ action: 'view-names' }]);
    expect(await request(service, { decision: 'seen' })).toContain('✓ 確認しました');
    const card = storedCard(service, await itemOf(service, '100001', 'interval', THURSDAY));
    expect(card).toContain('✓ 相談が確認されました');
  });

  test('what was sent is not taken back by another answer, and is sent once', async () => {
    const service = await morning({ '100001': 1400 });
    await say(service, '100001', 'consult', '相談です');
    expect(await say(service, '100001', 'fine')).toContain('✓ 所属長に相談を送りました');
    await say(service, '100001', 'consult', '別の文');
    expect(await service.db.selectFrom('interval_note').select('note').execute()).toEqual([{ note: '相談です' }]);
  });

  test('a consultation waits for a head who may not receive it yet', async () => {
    const staff = SECTION.map((one) =>
      one.staff === '200001' ? { ...one, start_minute: 600, end_minute: 1125 } : one,
    );
    const service = await morning({ '100001': 1400 }, { staff });
    await say(service, '100001', 'consult', '相談です');
    const sent = service.db.selectFrom('item').select('staff').where('rule', '=', 'interval.consultation');
    expect(await sent.execute()).toEqual([]);
    clock(service, '09:57', THURSDAY);
    await runTo(service, '10:00', THURSDAY);
    expect(await sent.execute()).toEqual([{ staff: '200001' }]);
  });

  test('停止 holds on the next days, and noon closes the card', async () => {
    const service = await morning({ '100001': 1400, '100002': 1400 });
    expect(await say(service, '100001', 'stop')).toContain('■ この案内を停止しました');
    const stops = await service.db.selectFrom('programme_stop').select(['staff', 'programme']).execute();
    expect(stops).toEqual([{ staff: '100001', programme: 'C12' }]);
    clock(service, '12:00', THURSDAY);
    expect(await say(service, '100002', 'fine')).toContain('受付は終了しています');
  });

  test('the head sees a count on the first digest of the next month, and nothing before', async () => {
    const service = await morning({ '100001': 1400, '100002': 1400 });
    clock(service, '08:42', '2026-11-24');
    await runTo(service, '08:45', '2026-11-24');
    const before = await itemOf(service, '200001', 'weekly-digest', '2026-11-24');
    expect(storedCard(service, before)).not.toContain('間隔');
    clock(service, '08:42', '2026-12-07');
    await runTo(service, '08:45', '2026-12-07');
    const digest = storedCard(service, await itemOf(service, '200001', 'weekly-digest', '2026-12-07'));
    expect(digest).toContain('11月に勤務の間隔が目安より短かった件数\n2件');
  });
});
