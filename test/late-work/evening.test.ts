import { describe, expect, test } from 'vitest';
import type { TestService } from '../build/service.ts';
import { clock, press, read, runTo, wordsOn, written } from '../build/wednesday.ts';
import {
  clockIn,
  DECISION,
  decide,
  FRIDAY,
  goOn,
  itemsUnder,
  order,
  POLICY,
  say,
  sendsTo,
  startThursday,
  stored,
  THURSDAY,
  theItem,
  write,
} from './evening.ts';

const at = (service: Awaited<ReturnType<typeof startThursday>>, time: string) => clock(service, time, THURSDAY);
const to = (service: Awaited<ReturnType<typeof startThursday>>, time: string, date = THURSDAY) =>
  runTo(service, time, date);

/** 100001 and 100002 are at work; the head 200001 too; 100003 has left at 19:00; of 100004 nothing is known. */
async function evening(options: Parameters<typeof startThursday>[0] = {}) {
  const service = await startThursday(options);
  for (const staff of ['100001', '100002', '200001']) await clockIn(service, staff);
  await clockIn(service, '100003', 19 * 60);
  await to(service, '19:30');
  return service;
}

describe('at 19:30', () => {
  test('those still at work get C02, everybody else has a reason', async () => {
    const service = await evening();
    expect(await itemsUnder(service, 'late-work')).toEqual([
      '100001 open',
      '100002 open',
      '100003 skipped left',
      '100004 skipped not-at-work',
      '200001 open',
      '300001 skipped not-at-work',
    ]);
    const item = await theItem(service, '100001');
    expect(JSON.parse(item.about ?? '')).toEqual({ evidence: 'clock', minute: 510 });
    const card = await stored(service, '100001');
    for (const part of [
      'まもなく午後8時です',
      '原則禁止です。',
      '8時までに終了します',
      '継続が必要です（理由を入力）',
      'すでに退庁しています',
    ]) {
      expect(card).toContain(part);
    }
    expect(card).toContain('勤務した時間は全て申請の対象です。');
  });

  test('without a recorded agreement nobody does (P12)', async () => {
    const service = await startThursday({ policy: 'organisation: 見本市\n' });
    await clockIn(service, '100001');
    await to(service, '19:30');
    expect(new Set((await itemsUnder(service, 'late-work')).map((row) => row.slice(7)))).toEqual(
      new Set(['skipped not-in-scope']),
    );
  });

  test('the toast names nothing', async () => {
    const service = await evening();
    expect(service.ports.chat.sends()[0]?.message.summary).toBe('Kaeruからのお知らせがあります');
  });
});

describe('somebody who must continue', () => {
  test('tells reason and time, and the head has the wish on one card, without a name', async () => {
    const service = await evening();
    at(service, '19:35');
    const card = read(await say(service, '100001', goOn));
    for (const part of ['● 継続が必要です（19:35）', '期限のある業務', '21:00', '所属長の回答はまだありません。']) {
      expect(card).toContain(part);
    }
    expect(sendsTo(service, '200001')).toBe(2);
    await say(service, '100002', { ...goOn, until: '20:15' });
    expect(sendsTo(service, '200001')).toBe(2);
    const head = await stored(service, '200001', DECISION);
    expect(head).toContain('● 回答待ちの方が2人います');
    expect(head).not.toMatch(/架空/);
  });

  test('is not recorded without a reason, a quarter hour after the cutoff, or words behind その他', async () => {
    const service = await evening();
    for (const wrong of [
      { answer: 'continue', until: '21:00' },
      { ...goOn, until: '20:00' },
      { ...goOn, until: '22:15' },
      { ...goOn, until: '21:10' },
      { ...goOn, reason: 'other' },
    ]) {
      expect(read(await say(service, '100001', wrong))).toContain('入力が足りないため、記録していません。');
    }
    expect(await service.db.selectFrom('late_work_answer').selectAll().execute()).toEqual([]);
    await say(service, '100001', { ...goOn, reason: 'other', note: '決算の確認' });
    expect(await service.db.selectFrom('late_work_note').select('note').execute()).toEqual([{ note: '決算の確認' }]);
  });

  test('reads the head’s 了承 until a time on the own card; it is no order', async () => {
    const service = await evening();
    await say(service, '100001', goOn);
    at(service, '19:50');
    const head = read(await decide(service, '200001', ['100001'], 'acknowledged', { until: 'asked' }));
    expect(head).toContain('了承（21:00まで）');
    const card = await stored(service, '100001');
    expect(card).toContain('✓ 所属長が21:00まで了承しました（19:50）');
    expect(card).toContain('了承は時間外勤務命令ではありません。');
    expect(await stored(service, '200001', DECISION)).toContain('✓ 所属長の回答を記録しました');
  });

  test('reads a shorter time, or 切上げを依頼', async () => {
    const service = await evening();
    await say(service, '100001', goOn);
    await decide(service, '200001', ['100001'], 'acknowledged', { until: '20:30' });
    expect(await stored(service, '100001')).toContain('✓ 所属長が20:30まで了承しました');
    await decide(service, '200001', ['100001'], 'asked-to-finish');
    const card = await stored(service, '100001');
    expect(card).toContain('▲ 所属長が切上げを依頼しました');
    expect(card).toContain('勤務した時間は全て申請の対象です。');
  });

  test('may change until 22:00; a new wish waits for a new word, and the old 了承 is kept', async () => {
    const service = await evening();
    await say(service, '100001', goOn);
    await decide(service, '200001', ['100001']);
    at(service, '20:40');
    expect(read(await say(service, '100001', { answer: 'change' }))).toContain('新しい回答を選んでください。');
    expect(read(await say(service, '100001', { ...goOn, until: '21:45' }))).toContain('所属長の回答はまだありません。');
    expect(await stored(service, '200001', DECISION)).toContain('● 回答待ちの方が1人います');
    expect(await service.db.selectFrom('late_work_decision').selectAll().execute()).toHaveLength(1);
    await say(service, '100001', { answer: 'finish' });
    expect(await stored(service, '100001')).toContain('✓ 業務を終了します（20:40）');
    expect(await stored(service, '200001', DECISION)).toContain('✓ 回答待ちの方はいません');
  });

  test('the same press twice, and one from an older drawing, write nothing', async () => {
    const service = await evening();
    const item = await theItem(service, '100001');
    const data = { i: item.id, r: item.revision };
    await say(service, '100001', goOn);
    const before = await service.db.selectFrom('late_work_request').selectAll().execute();
    expect(read(await press(service, '100001', 'late-work.answer', { ...data, ...goOn }))).toContain('記録しました。');
    const stale = read(await press(service, '100001', 'late-work.answer', { ...data, answer: 'left' }));
    expect(stale).toContain('表示が古くなっていました。');
    expect(stale).toContain('● 継続が必要です');
    expect(await service.db.selectFrom('late_work_request').selectAll().execute()).toEqual(before);
  });

  test('a press at 22:01 is told that it is over, and nothing is written', async () => {
    const service = await evening();
    at(service, '22:01');
    const before = await written(service);
    expect(read(await say(service, '100001', goOn))).toContain('受付を終了しました');
    expect(await written(service)).toEqual(before);
    expect(await service.db.selectFrom('late_work_answer').selectAll().execute()).toEqual([]);
  });
});

describe('the head', () => {
  test('sees names only after 表示する, which is audited', async () => {
    const service = await evening();
    await say(service, '100001', { ...goOn, note: '議案の修正' });
    const item = await theItem(service, '200001', DECISION);
    const named = read(
      await press(service, '200001', 'late-work.decide', { i: item.id, r: item.revision, show: 'names' }),
    );
    for (const part of ['架空 一子', '期限のある業務', '議案の修正', '了承する', '切上げを依頼する'])
      expect(named).toContain(part);
    const audit = await service.db.selectFrom('audit').select(['action', 'subject']).execute();
    expect(audit).toEqual([{ action: 'view-names', subject: DECISION }]);
    const ever = service.ports.chat.calls.map((call) => JSON.stringify(call.message)).join('\n');
    expect(ever).not.toContain('一子');
  });

  test('is also staff: the own wish goes to the 部長', async () => {
    const service = await evening();
    await say(service, '200001', goOn);
    expect(await itemsUnder(service, DECISION)).toEqual(['300001 open']);
  });

  test('a word on a wish that has changed meanwhile is not recorded', async () => {
    const service = await evening();
    await say(service, '100001', goOn);
    const [seen] = await service.db.selectFrom('late_work_request').selectAll().execute();
    at(service, '19:40');
    await say(service, '100001', { ...goOn, until: '21:45' });
    const item = await theItem(service, '200001', DECISION);
    const data = { i: item.id, r: item.revision, decision: 'acknowledged', people: `100001-${seen?.asked_at}` };
    expect(read(await press(service, '200001', 'late-work.decide', data))).toContain('表示が古くなっていました。');
    expect(await service.db.selectFrom('late_work_decision').selectAll().execute()).toEqual([]);
  });

  test('may record that the next day begins later where the rest is short, and the person reads it (P22)', async () => {
    const service = await evening();
    await say(service, '100001', { ...goOn, until: '22:00' });
    const first = read(await decide(service, '200001', ['100001']));
    expect(first).toContain('了承の時刻から翌日の始業まで11時間に満たない方がいます。');
    expect(first).toContain('翌日の始業を繰り下げる');
    await decide(service, '200001', ['100001'], 'later-start');
    expect(await stored(service, '100001')).toContain('繰下げの意向あり');
    expect(read(await decide(service, '200001', ['100001'], 'later-start'))).not.toContain('翌日の始業を繰り下げる\n');
  });

  test('is not offered it where the rest is long enough', async () => {
    const service = await evening();
    await say(service, '100001', { ...goOn, until: '21:15' });
    expect(read(await decide(service, '200001', ['100001']))).not.toContain('翌日の始業を繰り下げる');
  });
});

describe('at 20:00', () => {
  test('the head is asked once about those who have not answered and are still there', async () => {
    const service = await evening();
    await say(service, '200001', { answer: 'finish' });
    await say(service, '100002', { answer: 'finish' });
    await to(service, '20:00');
    expect(await itemsUnder(service, DECISION)).toEqual(['200001 open']);
    const card = await stored(service, '200001', DECISION);
    expect(card).toContain('午後8時に未回答\n1人');
    const item = await theItem(service, '200001', DECISION);
    const named = read(
      await press(service, '200001', 'late-work.decide', { i: item.id, r: item.revision, show: 'names' }),
    );
    expect(named).toContain('在庁（回答なし）');
    const sends = sendsTo(service, '200001');
    await to(service, '20:30');
    expect(sendsTo(service, '200001')).toBe(sends);
    await decide(service, '200001', ['100001'], 'asked-to-finish');
    expect(await stored(service, '100001')).toContain('▲ 所属長が切上げを依頼しました');
  });

  test('somebody who has left meanwhile is nobody’s question', async () => {
    const service = await evening();
    for (const staff of ['100001', '100002', '200001']) await clockIn(service, staff, 19 * 60 + 50);
    await to(service, '20:00');
    expect(await itemsUnder(service, DECISION)).toEqual([]);
  });
});

describe('at the end of the 了承', () => {
  test('the person hears it once, and may ask again', async () => {
    const service = await evening();
    await say(service, '100002', { answer: 'finish' });
    await say(service, '100001', { ...goOn, until: '20:30' });
    await decide(service, '200001', ['100001']);
    await to(service, '20:40');
    expect(await itemsUnder(service, 'late-work.last-word')).toEqual(['100001 open']);
    expect(await stored(service, '100001', 'late-work.last-word')).toContain('所属長が了承した20:30になりました。');
    await say(service, '100001', { ...goOn, until: '21:30' }, 'late-work.last-word');
    expect(await stored(service, '200001', DECISION)).toContain('● 回答待ちの方が1人います');
    await to(service, '21:00');
    expect(await itemsUnder(service, 'late-work.last-word')).toEqual(['100001 open']);
  });

  test('nobody hears it who has left by the clock, and nothing goes at 22:00 or after', async () => {
    const service = await evening();
    await say(service, '100001', { ...goOn, until: '20:30' });
    await say(service, '100002', { ...goOn, until: '22:00' });
    await decide(service, '200001', ['100001', '100002']);
    await clockIn(service, '100001', 20 * 60 + 10);
    await to(service, '21:55');
    const sends = service.ports.chat.sends().length;
    await to(service, '23:00');
    expect(service.ports.chat.sends()).toHaveLength(sends);
    expect(await itemsUnder(service, 'late-work.last-word')).toEqual([]);
    for (const staff of ['100001', '100002']) expect(await stored(service, staff)).toContain('■ 受付を終了しました');
    expect(await stored(service, '200001', DECISION)).toContain('■ 受付を終了しました');
  });
});

/** Makes somebody 庶務担当 of the section. */
async function takesCareOfSection(service: TestService, staff: string): Promise<void> {
  const post = { section_id: '見本局/見本部/見本課', role: '庶務担当', staff, kind: '本務' } as const;
  await service.db
    .insertInto('post')
    .values({ ...post, valid_from: '2026-04-01', valid_to: null, ground: null, import_id: 't' })
    .execute();
}

describe('a clerk worked to 21:40 and the head pressed nothing', () => {
  async function night() {
    const service = await startThursday({ policy: `${POLICY}roles: { labour: ["100004"] }\n` });
    for (const staff of ['100001', '200001']) await clockIn(service, staff);
    await to(service, '19:30');
    await say(service, '200001', { answer: 'finish' });
    await say(service, '100001', { ...goOn, until: '21:30' });
    await to(service, '22:00');
    await clockIn(service, '100001', 21 * 60 + 40);
    await clockIn(service, '200001', 20 * 60);
    clock(service, '08:59', FRIDAY);
    await to(service, '09:00', FRIDAY);
    return service;
  }

  test('the clerk’s card says so and that all of it can be claimed', async () => {
    const service = await night();
    const card = await stored(service, '100001');
    expect(card).toContain('所属長の回答はありませんでした。');
    expect(card).toContain('勤務した時間は全て申請の対象です。');
  });

  test('the head has it next morning, names behind 表示する', async () => {
    const service = await night();
    expect(await itemsUnder(service, 'late-work.order-missing')).toEqual(['200001 open']);
    const card = await stored(service, '200001', 'late-work.order-missing', FRIDAY);
    expect(card).toContain('回答なし・命令未登録\n1');
    expect(card).not.toContain('一子');
    const item = await theItem(service, '200001', 'late-work.order-missing', FRIDAY);
    const named = await press(service, '200001', 'late-work.missing', { i: item.id, r: item.revision, show: 'names' });
    expect(read(named)).toContain('申出（21:30まで）・回答なし');
  });

  test('労務 sees one open, without a name', async () => {
    const service = await night();
    await write(service, '100004', '命令未登録', 'late-work.order-missing-list');
    const list = wordsOn(service.ports.chat.sends().at(-1)?.message.card);
    expect(list).toContain('● 命令未登録が1件あります');
    expect(list).toContain('見本局/見本部/見本課');
    expect(list).not.toContain('一子');
  });

  test('a 命令 that comes later settles it; without one 庶務 is told after three working days', async () => {
    const service = await night();
    await takesCareOfSection(service, '100003');
    clock(service, '08:59', '2026-11-25');
    await to(service, '09:00', '2026-11-25');
    expect(await itemsUnder(service, 'late-work.order-missing-office')).toEqual(['100003 open']);
    await order(service, '100001', 21 * 60 + 40);
    const item = await theItem(service, '100003', 'late-work.order-missing-office', '2026-11-25');
    const card = await press(service, '100003', 'delivery.refresh', { i: item.id, r: item.revision });
    expect(read(card)).toContain('✓ 全て登録されました');
  });

  test('庶務 on leave that day gets no card, and is told on coming back', async () => {
    const service = await night();
    await takesCareOfSection(service, '100003');
    await service.db
      .insertInto('leave_day')
      .values({
        staff: '100003',
        date: '2026-11-25',
        kind: '全日',
        minutes: null,
        start_minute: null,
        category: '年次',
        import_id: 't',
      })
      .execute();
    clock(service, '08:59', '2026-11-25');
    await to(service, '09:00', '2026-11-25');
    expect(await itemsUnder(service, 'late-work.order-missing-office')).toEqual(['100003 skipped leave']);
    clock(service, '08:59', '2026-11-26');
    await to(service, '09:00', '2026-11-26');
    expect((await itemsUnder(service, 'late-work.order-missing-office')).sort()).toEqual([
      '100003 open',
      '100003 skipped leave',
    ]);
  });
});
