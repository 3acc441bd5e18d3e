import { describe, expect, test } from 'vitest';
import type { TestService, TestServiceOptions } from '../../build/service.ts';
import { clock, itemOf, press, read, runTo, startWednesday, storedCard } from '../../build/wednesday.ts';

const agreed = `organisation: 見本市
agreements:
  - { programme: clock-gaps, 相手: 見本職員団体, 文書日付: 令和8年3月2日, 対象: 退庁記録, 見直し日: 令和9年3月31日 }
`;
const FIRST = '2026-12-01';
const RULE = 'prior-application.gaps';

interface Entry {
  staff: string;
  date: string;
  end: number | null;
  applied?: number;
}

/** The morning of 1 December, with these entries of the time clock; everybody began at 8:30. */
async function firstOfMonth(entries: Entry[], options: Partial<TestServiceOptions> = {}): Promise<TestService> {
  const service = await startWednesday({ now: `${FIRST}T08:42:00+09:00`, policy: agreed, ...options });
  for (const { staff, date, end, applied } of entries) {
    const entry = { staff, date, start_minute: 510, end_minute: end, import_id: 'test' };
    await service.db.insertInto('clock_entry').values(entry).execute();
    if (applied === undefined) continue;
    const order = {
      staff,
      date,
      seq: 1,
      applied_at: 0,
      start_minute: 1035,
      end_minute: applied,
      status: '申請' as const,
    };
    await service.db
      .insertInto('overtime_order')
      .values({ ...order, taken_at: 0, import_id: 'test' })
      .execute();
  }
  await runTo(service, '08:45', FIRST);
  return service;
}

async function say(service: TestService, staff: string, said: Record<string, unknown>): Promise<string> {
  const item = await itemOf(service, staff, RULE, FIRST);
  return read(await press(service, staff, 'late-work.gaps', { i: item.id, r: item.revision, ...said }));
}

const asked = async ({ db }: TestService) =>
  (await db.selectFrom('item').select('staff').where('rule', '=', RULE).orderBy('staff').execute()).map(
    ({ staff }) => staff,
  );

describe('the gap list', () => {
  test('goes to the person whose clock is more than 30 minutes beyond own hours and applications, and to nobody else', async () => {
    const service = await firstOfMonth([
      { staff: '100001', date: '2026-11-10', end: 1300, applied: 1200 },
      { staff: '100002', date: '2026-11-10', end: 1230, applied: 1200 },
      { staff: '100003', date: '2026-11-10', end: 1065 },
      { staff: '100004', date: '2026-11-14', end: 700 },
      { staff: '200001', date: '2026-11-10', end: 1400 },
    ]);
    expect(await asked(service)).toEqual(['100001', '100004']);
    const card = storedCard(service, await itemOf(service, '100001', RULE, FIRST));
    for (const part of ['11月10日（火）', '21:40', '20:00まで', '申請を追加した', '業務外の在庁', '記録の誤り'])
      expect(card).toContain(part);
    expect(card).toContain('勤務した時間は全て申請の対象です。');
    expect(storedCard(service, await itemOf(service, '100004', RULE, FIRST))).toContain('申請なし');
  });

  test('stays away where no agreement covers the clock, and while an entry has not ended', async () => {
    const entries = [{ staff: '100001', date: '2026-11-10', end: 1300 }];
    expect(await asked(await firstOfMonth(entries, { policy: 'organisation: 見本市\n' }))).toEqual([]);
    expect(await asked(await firstOfMonth([{ staff: '100001', date: '2026-11-10', end: null }]))).toEqual([]);
  });

  test('takes one of three answers for the days chosen, the last one wins, and tells nobody', async () => {
    const service = await firstOfMonth([
      { staff: '100001', date: '2026-11-10', end: 1300 },
      { staff: '100001', date: '2026-11-11', end: 1300 },
    ]);
    expect(await say(service, '100001', { answer: 'claimed', days: '' })).toContain('入力が足りない');
    const first = await say(service, '100001', { answer: 'claimed', days: '2026-11-10' });
    expect(first).toContain('✓ 申請を追加した');
    expect(first).toContain('● 回答していない日が1日あります');
    await say(service, '100001', { answer: 'wrong-record', days: '2026-11-10' });
    const all = await say(service, '100001', { answer: 'not-work', days: '2026-11-11' });
    expect(all).toContain('✓ 全ての日の回答を記録しました');
    expect(await say(service, '100001', { answer: 'claimed', days: '2026-10-01' })).toContain('入力が足りない');
    const rows = await service.db.selectFrom('clock_gap_answer').select(['date', 'answer']).orderBy('date').execute();
    expect(rows).toEqual([
      { date: '2026-11-10', answer: 'wrong-record' },
      { date: '2026-11-11', answer: 'not-work' },
    ]);
    const others = service.ports.chat.calls.filter((call) => JSON.stringify(call).includes('chat-200001'));
    expect(others).toEqual([]);
  });

  test('closes with the fifth working day', async () => {
    const service = await firstOfMonth([{ staff: '100001', date: '2026-11-10', end: 1300 }]);
    clock(service, '17:15', '2026-12-07');
    const closed = await say(service, '100001', { answer: 'claimed', days: '2026-11-10' });
    expect(closed).toContain('受付は終了しています');
    expect(closed).toContain('勤務した時間は、これからも申請できます。');
  });

  test('somebody on leave gets it on the first working day they are back, once', async () => {
    const leave = [{ staff: '100001', date: FIRST, kind: '全日' as const }];
    const service = await firstOfMonth([{ staff: '100001', date: '2026-11-10', end: 1300 }], { leave });
    expect((await itemOf(service, '100001', RULE, FIRST)).why).toBe('leave');
    clock(service, '08:42', '2026-12-02');
    await runTo(service, '08:45', '2026-12-02');
    expect((await itemOf(service, '100001', RULE, '2026-12-02')).why).toBeNull();
    clock(service, '08:42', '2026-12-03');
    await runTo(service, '08:45', '2026-12-03');
    expect(await asked(service)).toEqual(['100001', '100001']);
  });
});
