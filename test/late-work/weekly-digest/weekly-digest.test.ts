import { describe, expect, test } from 'vitest';
import type { TestService, TestServiceOptions } from '../../build/service.ts';
import {
  answer,
  clock,
  itemOf,
  press,
  read,
  runTo,
  SECTION,
  startWednesday,
  storedCard,
} from '../../build/wednesday.ts';

const agreed = `organisation: 見本市
agreements:
  - { programme: clock-gaps, 相手: 見本職員団体, 文書日付: 令和8年3月2日, 対象: 退庁記録, 見直し日: 令和9年3月31日 }
  - { programme: late-work, 相手: 見本職員団体, 文書日付: 令和8年3月2日, 対象: 午後8時, 見直し日: 令和9年3月31日 }
`;
/** The first working day after the Wednesday of wednesday.ts and a holiday Monday. */
const TUESDAY = '2026-11-24';
const RULE = 'weekly-digest';

const morning = (options: Partial<TestServiceOptions> = {}, date = TUESDAY) =>
  startWednesday({ now: `${date}T08:42:00+09:00`, policy: agreed, ...options });

async function worked({ db }: TestService, staff: string, date: string, end: number): Promise<void> {
  const entry = { staff, date, start_minute: 510, end_minute: end, import_id: 'test' };
  await db.insertInto('clock_entry').values(entry).execute();
}

/** An application for 17:15 until `end`, made at that time. */
async function applied({ db }: TestService, staff: string, date: string, end: number, at: string): Promise<void> {
  const order = { staff, date, seq: 1, start_minute: 1035, end_minute: end, status: '申請' as const };
  const row = { ...order, applied_at: Date.parse(`${at}:00+09:00`), taken_at: 0, import_id: 'test' };
  await db.insertInto('overtime_order').values(row).execute();
}

const digest = async (service: TestService, staff = '200001', date = TUESDAY) =>
  storedCard(service, await itemOf(service, staff, RULE, date));

const why = async (service: TestService, staff: string, rule = RULE, date = TUESDAY) =>
  (await itemOf(service, staff, rule, date)).why;

/** 「title」 and its value stand one after the other. */
const figures = (text: string) =>
  Object.fromEntries([...text.matchAll(/^(.+)\n(\d+)件$/gm)].map(([, title = '', count]) => [title, Number(count)]));

describe('the weekly digest', () => {
  test('tells what happened at night and after the fact, the two counts side by side, without a name', async () => {
    const service = await morning();
    await worked(service, '100001', '2026-11-19', 1300);
    await worked(service, '100002', '2026-11-19', 1230);
    await worked(service, '100003', '2026-11-20', 1100);
    await applied(service, '100001', '2026-11-19', 1200, '2026-11-20T09:00');
    await applied(service, '100002', '2026-11-19', 1260, '2026-11-19T16:00');
    await applied(service, '100004', '2026-11-12', 1100, '2026-11-18T09:00');
    await runTo(service, '08:45', TUESDAY);
    const card = await digest(service);
    expect(figures(card)).toMatchObject({
      事後の申請: 2,
      退庁記録が申請より遅い件数: 2,
      '午後8時に在庁（延べ）': 2,
      理由の記録なし: 2,
    });
    expect(card).toContain('11月16日（月）から11月23日（月）までの件数です。');
    expect(card).toContain('勤務した時間は全て申請の対象です。');
    expect(card).not.toMatch(/一子|二郎|三枝|四朗/);
  });

  test('is not sent when there is nothing to say, and a head of whom nothing is known gets none', async () => {
    const service = await morning();
    await worked(service, '100001', '2026-11-19', 1040);
    await runTo(service, '08:45', TUESDAY);
    expect(await why(service, '200001')).toBe('nothing-to-report');
    expect(service.ports.chat.calls).toEqual([]);
  });

  test('goes on the first working day of the week only', async () => {
    const service = await morning({}, '2026-11-25');
    await worked(service, '100001', '2026-11-24', 1300);
    await runTo(service, '08:45', '2026-11-25');
    expect(await service.db.selectFrom('item').selectAll().where('rule', '=', RULE).execute()).toEqual([]);
  });

  test('without an agreement the clock is not counted: orders are, and the count of the clock says so', async () => {
    const service = await morning({ policy: 'organisation: 見本市\n' });
    await worked(service, '100001', '2026-11-19', 1300);
    await applied(service, '100002', '2026-11-19', 1260, '2026-11-20T09:00');
    await runTo(service, '08:45', TUESDAY);
    const card = await digest(service);
    expect(figures(card)).toMatchObject({ '午後8時に在庁（延べ）': 1, 事後の申請: 1 });
    expect(card).toContain('退庁記録が申請より遅い件数\n集計していません');
  });

  test('reasons are those the person gave that day', async () => {
    const service = await startWednesday({ policy: agreed });
    await runTo(service, '16:15');
    await answer(service, '100001', { answer: 'stay', reason: 'deadline', until: '19:00' });
    await applied(service, '100001', '2026-11-18', 1140, '2026-11-19T09:00');
    clock(service, '08:42', TUESDAY);
    await runTo(service, '08:45', TUESDAY);
    const card = await digest(service);
    expect(figures(card)).toMatchObject({ 期限のある業務: 1 });
    expect(card).toContain('11月18日（水）\n未回答 3人\n0人\n1人');
  });

  test('a result that would be due on the same day is in the digest, and its own card is not sent', async () => {
    const policy = `${agreed}noOvertime: { sectionDays: [{ section: 見本局/見本部/見本課, weekday: fri }] }\n`;
    const service = await startWednesday({ policy, now: '2026-11-20T16:12:00+09:00' });
    const open = { valid_from: null, valid_to: null, appointer: null, schedule_item: null, successor_code: null };
    const levels = { bureau: '見本局', division: '見本部', unit: '見本課', path: '見本局/見本部/見本課' };
    const section = { id: levels.path, code: null, ...levels, ...open, import_id: 'test' };
    await service.db.insertInto('section').values(section).execute();
    await runTo(service, '16:15', '2026-11-20');
    const asked = await itemOf(service, '100001', 'no-overtime-day', '2026-11-20');
    await press(service, '100001', 'no-overtime-day.answer', { i: asked.id, r: asked.revision, answer: 'leave' });
    clock(service, '08:42', TUESDAY);
    await runTo(service, '09:00', TUESDAY);
    const card = await digest(service);
    expect(card).toContain('定時退庁日の結果も、このカードでお知らせします。');
    expect(card).toContain('11月20日（金）\n未回答 3人\n1人\n0人');
    expect(await why(service, '200001', 'no-overtime-day.result')).toBe('replaced');
  });

  test('the deputy of a head on leave gets it, and the head is named with the reason', async () => {
    const staff = SECTION.map((one) => (one.staff === '200001' ? { ...one, deputy: '100004' } : one));
    const service = await morning({ staff, leave: [{ staff: '200001', date: TUESDAY, kind: '全日' }] });
    await worked(service, '100001', '2026-11-19', 1300);
    await runTo(service, '08:45', TUESDAY);
    expect(await why(service, '200001')).toBe('leave');
    expect(await digest(service, '100004')).toContain('模擬 課長');
  });

  test('事前了承 and 午後8時 cards held back are counted', async () => {
    const service = await morning();
    const prior = { id: 'p1', staff: '100001', head: '200001', until_minute: 1290, reason: 'deadline', recorded_at: 0 };
    await service.db
      .insertInto('late_work_prior')
      .values({ ...prior, from_date: '2026-11-19', to_date: '2026-11-25', withdrawn_at: null })
      .execute();
    const held = { rule: 'late-work', occasion: '2026-11-19', date: '2026-11-19', card: 'cutoff-2000', priority: 1 };
    const state = { state: 'skipped' as const, why: 'twice-in-7-days', note: null, about: null, revision: 0 };
    const times = { due_at: 0, last_useful_at: 0, created_at: 0, policy_version: 1, urgency: 'ping' as const };
    await service.db
      .insertInto('item')
      .values({ id: 'held', staff: '100002', ...held, ...state, ...times })
      .execute();
    await runTo(service, '08:45', TUESDAY);
    expect(figures(await digest(service))).toMatchObject({ '事前了承（延べ）': 2, 午後8時の通知を控えた件数: 1 });
  });

  test('a comment is kept, shown on the card, and stands on the next digest of that head alone', async () => {
    const service = await morning();
    await worked(service, '100001', '2026-11-19', 1300);
    await runTo(service, '08:45', TUESDAY);
    const item = await itemOf(service, '200001', RULE, TUESDAY);
    const said = { i: item.id, r: item.revision, answer: 'comment', comment: '会議を午前に移す' };
    expect(read(await press(service, '200001', 'late-work.digest', { ...said, comment: ' ' }))).toContain(
      '入力が足りない',
    );
    expect(read(await press(service, '200001', 'late-work.digest', said))).toContain(
      '✓ コメントを記録しました（08:45）',
    );
    await worked(service, '100001', '2026-11-26', 1300);
    clock(service, '08:42', '2026-11-30');
    await runTo(service, '08:45', '2026-11-30');
    expect(await digest(service, '200001', '2026-11-30')).toContain('前回のコメント　\n「会議を午前に移す」');
    expect(read(await press(service, '200001', 'late-work.digest', said))).toContain('受付は終了しています');
  });

  test('what nobody answered on the gap list is a count when the list has closed', async () => {
    const service = await morning({}, '2026-12-01');
    for (const day of ['10', '11', '12']) await worked(service, '100001', `2026-11-${day}`, 1300);
    await runTo(service, '08:45', '2026-12-01');
    const list = await itemOf(service, '100001', 'prior-application.gaps', '2026-12-01');
    const said = { i: list.id, r: list.revision, answer: 'not-work', days: '2026-11-10' };
    await press(service, '100001', 'late-work.gaps', said);
    await applied(service, '100001', '2026-11-12', 1300, '2026-12-03T09:00');
    clock(service, '08:42', '2026-12-14');
    await runTo(service, '08:45', '2026-12-14');
    const card = await digest(service, '200001', '2026-12-14');
    expect(figures(card)).toMatchObject({ 先月の記録の確認で御本人の回答がない日: 1 });
  });
});
