import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import type { TestService } from '../build/service.ts';
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
  WEDNESDAY,
  wordsOn,
} from '../build/wednesday.ts';

const SUMMARY = 'no-overtime-day.summary';
const RESULT = 'no-overtime-day.result';
const THURSDAY = '2026-11-19';
const names = ['一子', '二郎', '三枝', '四朗'];

/** The answers of an afternoon: one goes, one stays until 19:00, one changes from unsure to going, one says nothing. */
async function afternoon(): Promise<TestService> {
  const service = await startWednesday();
  await runTo(service, '16:15');
  await answer(service, '100001', { answer: 'leave' });
  await answer(service, '100002', { answer: 'stay', reason: 'deadline', until: '19:00' });
  await answer(service, '100003', { answer: 'unsure' });
  clock(service, '16:40');
  await answer(service, '100003', { answer: 'leave' });
  await runTo(service, '17:15');
  return service;
}

async function look(service: TestService, head: string, page?: number) {
  const item = await itemOf(service, head, SUMMARY);
  const data = { i: item.id, r: item.revision, show: 'names', ...(page === undefined ? {} : { page }) };
  return read(await press(service, head, 'no-overtime-day.decide', data));
}

async function decide(service: TestService, head: string, staff: string[], decision = 'acknowledged') {
  const item = await itemOf(service, head, SUMMARY);
  const asked = await Promise.all(staff.map((number) => itemOf(service, number)));
  const people = asked.map((one) => `${one.id}.${one.revision}`).join(',');
  return read(await press(service, head, 'no-overtime-day.decide', { i: item.id, r: item.revision, decision, people }));
}

const stored = async (service: TestService, staff: string, rule?: string, date?: string) =>
  storedCard(service, await itemOf(service, staff, rule, date));

/** 「title」 and its value stand one after the other. */
const counts = (text: string) =>
  Object.fromEntries([...text.matchAll(/^(.+)\n(\d+)人$/gm)].map(([, title = '', count]) => [title, Number(count)]));

describe('on a Wednesday', () => {
  test('the clerk reads what was answered, and may change it', async () => {
    const service = await startWednesday();
    await runTo(service, '16:15');
    const asked = await stored(service, '100002');
    expect(asked).toContain('終業時刻は17:15です');
    expect(asked).toContain('勤務した時間は全て申請の対象です。');
    const stays = read(await answer(service, '100002', { answer: 'stay', reason: 'deadline', until: '19:00' }));
    for (const part of ['● 残る予定です（16:15）', '期限のある業務', '19:00', '所属長の回答はまだありません。']) {
      expect(stays).toContain(part);
    }
    expect(read(await answer(service, '100002', { answer: 'change' }))).toContain('新しい回答を選んでください。');
    expect(await stored(service, '100002')).toBe(stays);
    expect(read(await answer(service, '100002', { answer: 'leave' }))).toContain('✓ 定時に退庁する予定です');
    const rows = await service.db.selectFrom('no_overtime_answer').selectAll().execute();
    expect(rows.map(({ staff, answer: said, reason, until_minute }) => [staff, said, reason, until_minute])).toEqual([
      ['100002', 'leave', null, null],
    ]);
  });

  test('the head’s summary at the own end counts everybody asked once, without a name', async () => {
    const service = await afternoon();
    const summary = await stored(service, '200001', SUMMARY);
    expect(counts(summary)).toEqual({ 定時に退庁: 2, 残る予定: 1, 未回答: 1 });
    for (const name of names) expect(summary).not.toContain(name);
    const call = service.ports.chat.calls.find((one) => wordsOn(one.message.card) === summary);
    expect(call?.message.summary).toBe('Kaeruからのお知らせがあります');
  });

  test('somebody who could not be reached is 未配信, somebody on leave is in no count', async () => {
    const installed = SECTION.map((one) => one.staff).filter((staff) => staff !== '100004');
    const leave = [{ staff: '100003', date: WEDNESDAY, kind: '午後' as const }];
    const service = await startWednesday({ installed, leave });
    await runTo(service, '17:15');
    const summary = await stored(service, '200001', SUMMARY);
    expect(counts(summary)).toEqual({ 定時に退庁: 0, 残る予定: 0, 未回答: 2, 未配信: 1 });
  });

  test('names stand only in the answer to 表示する, and the look is in the audit', async () => {
    const service = await afternoon();
    expect(await service.db.selectFrom('audit').selectAll().execute()).toEqual([]);
    const named = await look(service, '200001');
    for (const part of ['架空 二郎', '期限のある業務', '19:00']) expect(named).toContain(part);
    for (const name of ['一子', '三枝', '四朗']) expect(named).not.toContain(name);
    const audit = await service.db.selectFrom('audit').selectAll().execute();
    expect(audit.map((row) => [row.action, row.subject, JSON.parse(row.detail)])).toEqual([
      ['view-names', SUMMARY, { date: WEDNESDAY, people: 1 }],
    ]);
    expect(audit[0]?.actor).toBe(service.ports.secrets.keyedHash('audit', '200001'));
    const everSent = service.ports.chat.calls.map((call) => JSON.stringify(call.message)).join('\n');
    for (const name of names) expect(everSent).not.toContain(name);
  });

  test('了承する reaches the clerk’s card and is no order', async () => {
    const service = await afternoon();
    clock(service, '17:20');
    expect(await decide(service, '200001', ['100002'])).toContain('了承は時間外勤務命令ではありません。');
    const card = await stored(service, '100002');
    expect(card).toContain('✓ 所属長が19:00まで了承しました（17:20）');
    expect(card).toContain('了承は時間外勤務命令ではありません。');
    expect(await stored(service, '200001', SUMMARY)).toContain('✓ 所属長の回答を記録しました');
  });

  test('切上げを依頼する reaches the clerk’s card and may be changed into 了承', async () => {
    const service = await afternoon();
    await decide(service, '200001', ['100002'], 'asked-to-finish');
    expect(await stored(service, '100002')).toContain('▲ 所属長が切上げを依頼しました（17:15）');
    await decide(service, '200001', ['100002']);
    expect(await stored(service, '100002')).toContain('✓ 所属長が19:00まで了承しました');
    expect(await service.db.selectFrom('no_overtime_decision').selectAll().execute()).toHaveLength(1);
  });

  test('a change of the answer drops the head’s word, and the summary follows', async () => {
    const service = await afternoon();
    await decide(service, '200001', ['100002']);
    clock(service, '17:50');
    await answer(service, '100002', { answer: 'stay', reason: 'meeting', until: '20:00' });
    const card = await stored(service, '100002');
    expect(card).toContain('● 残る予定です（17:50）');
    expect(card).toContain('所属長の回答はまだありません。');
    expect(await service.db.selectFrom('no_overtime_decision').selectAll().execute()).toEqual([]);
    expect(await stored(service, '200001', SUMMARY)).toMatch(/● 残る予定の方が/);
    expect(await look(service, '200001')).toContain('20:00');
  });

  test('a word of the head on an answer that changed meanwhile is not recorded', async () => {
    const service = await afternoon();
    const seen = await itemOf(service, '100002');
    await answer(service, '100002', { answer: 'stay', reason: 'deadline', until: '21:45' });
    const item = await itemOf(service, '200001', SUMMARY);
    const data = { i: item.id, r: item.revision, decision: 'acknowledged', people: `${seen.id}.${seen.revision}` };
    expect(read(await press(service, '200001', 'no-overtime-day.decide', data))).toContain(
      '表示が古くなっていました。',
    );
    expect(await service.db.selectFrom('no_overtime_decision').selectAll().execute()).toEqual([]);
  });

  test('a head cannot decide on people of another head, nor on those who go home', async () => {
    const service = await afternoon();
    await answer(service, '200001', { answer: 'stay', reason: 'meeting', until: '19:00' });
    expect(await decide(service, '200001', ['200001', '100001'])).toContain('入力が足りないため、記録していません。');
    expect(await service.db.selectFrom('no_overtime_decision').selectAll().execute()).toEqual([]);
  });

  test('the summary is drawn a last time when nobody can answer any more', async () => {
    const service = await afternoon();
    const updates = () => service.ports.chat.updates().filter((call) => call.conversation === 'chat-200001').length;
    expect(await stored(service, '200001', SUMMARY)).toContain('回答に応じて更新します。');
    const before = updates();
    await runTo(service, '18:40');
    expect(updates()).toBe(before + 1);
    expect(await stored(service, '200001', SUMMARY)).not.toContain('回答に応じて更新します。');
    expect(await look(service, '200001')).toContain('架空 二郎');
  });

  test('after 22:00 the head can record nothing more', async () => {
    const service = await afternoon();
    clock(service, '22:00');
    expect(await decide(service, '200001', ['100002'])).toContain('受付は終了しています。');
    expect(await service.db.selectFrom('no_overtime_decision').selectAll().execute()).toEqual([]);
  });

  test('Thursday’s result counts the last answers, and 確認しました is kept', async () => {
    const service = await afternoon();
    await decide(service, '200001', ['100002']);
    await answer(service, '100002', { answer: 'leave' });
    await runTo(service, '09:00', THURSDAY);
    const result = await stored(service, '200001', RESULT, THURSDAY);
    expect(counts(result)).toEqual({ 定時に退庁: 3, 残る予定: 0, 未回答: 1 });
    for (const name of names) expect(result).not.toContain(name);
    const item = await itemOf(service, '200001', RESULT, THURSDAY);
    const data = { i: item.id, r: item.revision };
    expect(read(await press(service, '200001', 'no-overtime-day.seen', data))).toContain('✓ 確認しました');
    expect(await stored(service, '200001', RESULT, THURSDAY)).toContain('✓ 確認しました');
  });

  test('the ledger has every person of the day with one state for each rule', async () => {
    const service = await afternoon();
    await runTo(service, '09:00', THURSDAY);
    const { items: all } = await ledger(service.db);
    const items = all.filter((item) => item.rule.startsWith('no-overtime-day'));
    const keys = all.map((item) => `${item.rule} ${item.staff}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(items.filter((item) => item.rule === 'no-overtime-day')).toHaveLength(6);
    expect(new Set(items.map((item) => item.state))).toEqual(new Set(['sent']));
  });
});
