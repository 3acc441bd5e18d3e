import { describe, expect, test } from 'vitest';
import { incomingOf } from '../../src/conversation/index.ts';
import { ledger } from '../../src/delivery/index.ts';
import type { Sender } from '../../src/ports/incoming.ts';
import { registry } from '../../src/rooms.ts';
import { senderOf, type TestService } from '../build/service.ts';
import { answer, press, read, runTo, SECTION, startWednesday, wordsOn } from '../build/wednesday.ts';

const incoming = (service: TestService) => incomingOf(service.ports, registry, service.delivery);
let activities = 0;

/** Writes in the chat and gives the card that came back. Every reply waits a second for the one before. */
async function write(
  service: TestService,
  staff: string,
  text: string,
  activityId: string | null = `a${++activities}`,
) {
  const before = service.ports.chat.calls.length;
  await incoming(service).message({ sender: senderOf(staff), text, activityId });
  await service.settle();
  return service.ports.chat.calls
    .slice(before)
    .map((call) => wordsOn(call.message.card))
    .join('\n');
}

const cards = async ({ db }: TestService, staff: string) =>
  (await ledger(db)).items.filter((item) => item.staff === staff).map((item) => `${item.card} ${item.state}`);

describe('a word in the personal chat', () => {
  test.each(['今日', 'today', 'TODAY', 'ｔｏｄａｙ', '  今日 \n', 'today please'])(
    '%j shows what reached one today',
    async (text) => {
      const service = await startWednesday();
      await runTo(service, '16:15');
      await answer(service, '100001', { answer: 'leave' });
      const card = await write(service, '100001', text);
      expect(card).toContain('本日は定時退庁日です');
      expect(card).toContain('✓ 定時に退庁する予定です（16:15）');
      expect(await cards(service, '100001')).toEqual(['wed-on-time sent', 'today sent']);
    },
  );

  test('今日 leaves out the replies to what one wrote oneself', async () => {
    const service = await startWednesday();
    await runTo(service, '17:15');
    for (const word of ['チーム', '停止', '残る', '事前手続', 'ヘルプ']) await write(service, '200001', word);
    const card = await write(service, '200001', '今日');
    expect(card).toContain('本日の定時退庁の状況');
    expect(card).toContain('今日は2件あります。');
    for (const title of ['チームの今の状況', 'お知らせの停止・再開', '残る予定の連絡', '所属の設定', 'Kaeruの使い方'])
      expect(card).not.toContain(title);
    expect(await cards(service, '200001')).toHaveLength(8);
  });

  test.each(['ヘルプ', 'help', '?', '？'])('%j lists the words one may use; チーム only for heads', async (text) => {
    const service = await startWednesday();
    const clerk = await write(service, '100001', text);
    for (const word of ['今日', 'ヘルプ', '言語']) expect(clerk).toContain(word);
    expect(clerk).not.toContain('チーム');
    expect(await write(service, '200001', text)).toContain('チーム');
  });

  test.each(['チーム', 'team'])('%j shows a head how the team answered, without a name', async (text) => {
    const service = await startWednesday();
    await runTo(service, '16:15');
    await answer(service, '100002', { answer: 'stay', reason: 'deadline', until: '19:00' });
    const card = await write(service, '200001', text);
    expect(card).toContain('残る予定\n1人');
    expect(card).toContain('未回答\n3人');
    expect(card).not.toContain('二郎');
    const item = await service.db.selectFrom('item').selectAll().where('card', '=', 'team').executeTakeFirstOrThrow();
    const shown = await press(service, '200001', 'no-overtime-day.decide', {
      i: item.id,
      r: item.revision,
      show: 'names',
    });
    expect(read(shown)).toContain('架空 二郎');
    expect(await service.db.selectFrom('audit').select('action').execute()).toEqual([{ action: 'view-names' }]);
  });

  test('チーム of somebody without staff is answered like any other word', async () => {
    const service = await startWednesday();
    expect(await write(service, '100001', 'チーム')).toContain('内容を読み取れませんでした');
    expect(await cards(service, '100001')).toEqual(['not-understood sent']);
  });

  test.each(['こんにちは', '', '<at>Kaeru</at>', '😀', '${x} **b**'])(
    '%j that nobody knows is answered with help, never silence',
    async (text) => {
      const service = await startWednesday();
      const card = await write(service, '100001', text);
      expect(card).toContain('内容を読み取れませんでした');
      expect(card).toContain('今日');
      if (text !== '') expect(card).not.toContain(text);
    },
  );

  test('that Teams repeats is answered once', async () => {
    const service = await startWednesday();
    for (let times = 3; times > 0; times -= 1) await write(service, '100001', 'help', 'the-same');
    expect(await cards(service, '100001')).toEqual(['help sent']);
  });
});

test('言語 lets one choose, and every card from then on is in that language', async () => {
  const service = await startWednesday();
  await write(service, '100001', '言語');
  const item = await service.db.selectFrom('item').selectAll().where('card', '=', 'language').executeTakeFirstOrThrow();
  const wrong = await press(service, '100001', 'conversation.language', { i: item.id, r: 0, language: 'fr' });
  expect(read(wrong)).toContain('入力が足りないため、記録していません。');
  const chosen = await press(service, '100001', 'conversation.language', { i: item.id, r: 0, language: 'en' });
  expect(read(chosen)).toContain('Language now: English');
  expect(await service.db.selectFrom('language_choice').select(['staff', 'language']).execute()).toEqual([
    { staff: '100001', language: 'en' },
  ]);
  await runTo(service, '16:15');
  const texts = service.ports.chat.sends().map((call) => [call.conversation, wordsOn(call.message.card)] as const);
  const c01 = texts.filter(([, text]) => /17:15/.test(text));
  for (const [chat, text] of c01) expect(text.includes('I will leave on time')).toBe(chat === 'chat-100001');
  expect(c01).toHaveLength(6);
});

describe('an installation', () => {
  test('is greeted once, however often Teams says it', async () => {
    const service = await startWednesday({ installed: [] });
    for (let times = 3; times > 0; times -= 1) await incoming(service).installed(senderOf('100001'));
    await service.settle();
    expect(await cards(service, '100001')).toEqual(['welcome sent']);
    const [welcome] = service.ports.chat.calls;
    const text = wordsOn(welcome?.message.card);
    for (const part of [
      '利用目的',
      '保存するもの',
      '見る人',
      '保存期間',
      '問合せ先',
      '回答は人事評価・懲戒の資料に用いません。',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('is greeted for an hour, so that a whole city can be; an answer to a word is of use for ten minutes', async () => {
    const service = await startWednesday({ installed: [] });
    await incoming(service).installed(senderOf('100001'));
    await incoming(service).message({ sender: senderOf('100001'), text: 'ヘルプ', activityId: 'useful' });
    await service.settle();
    const rows = await service.db.selectFrom('item').select(['card', 'due_at', 'last_useful_at']).execute();
    const minutes = Object.fromEntries(rows.map((row) => [row.card, (row.last_useful_at - row.due_at) / 60_000]));
    expect(minutes).toEqual({ welcome: 60, help: 10 });
  });

  test('after a removal is greeted again, and nothing was posted in between', async () => {
    const service = await startWednesday({ installed: [] });
    await incoming(service).installed(senderOf('100001'));
    await service.settle();
    await incoming(service).removed(senderOf('100001'));
    await runTo(service, '16:15');
    expect(await cards(service, '100001')).toEqual(['wed-on-time pending', 'welcome sent'].sort().reverse());
    await incoming(service).installed(senderOf('100001'));
    await service.settle();
    expect((await cards(service, '100001')).sort()).toEqual(['wed-on-time sent', 'welcome sent', 'welcome sent']);
  });

  test('of somebody the roster does not know is noted for HR and not greeted', async () => {
    const service = await startWednesday();
    await incoming(service).installed(senderOf('999999'));
    await service.settle();
    expect(service.ports.chat.calls).toEqual([]);
    expect(await service.db.selectFrom('unknown_sender').select('times').execute()).toEqual([{ times: 1 }]);
  });
});

describe('somebody the roster does not know', () => {
  test('gets one polite card for each message and an entry for HR', async () => {
    const service = await startWednesday();
    const card = await write(service, '999999', 'チーム');
    expect(card).toContain('まだ登録がありません');
    expect(card).toContain('You are not registered yet.');
    await write(service, '999999', 'today');
    expect(service.ports.chat.calls.map((call) => call.conversation)).toEqual(['chat-999999', 'chat-999999']);
    const noted = await service.db.selectFrom('unknown_sender').selectAll().execute();
    expect(noted.map((row) => row.times)).toEqual([2]);
    expect((await ledger(service.db)).items).toEqual([]);
  });
});

describe('outside a personal chat', () => {
  const group = (staff: string): Sender => ({ ...senderOf(staff), conversationId: 'group', personal: false });

  test('there is one sentence and nothing else, and cards keep going to the personal chat', async () => {
    const service = await startWednesday({ staff: SECTION });
    await incoming(service).message({ sender: group('100001'), text: 'チーム', activityId: 'g1' });
    await incoming(service).installed(group('100001'));
    await service.settle();
    expect(service.ports.chat.calls.map((call) => [call.conversation, call.message.text, call.message.card])).toEqual([
      ['group', '個人チャットでお話しください', undefined],
    ]);
    await incoming(service).removed(group('100001'));
    await runTo(service, '16:15');
    expect(service.ports.chat.calls.filter((call) => call.conversation === 'group')).toHaveLength(1);
    expect(await cards(service, '100001')).toEqual(['wed-on-time sent']);
  });
});

test('somebody who could not be reached and writes gets the reply and what was waiting', async () => {
  const service = await startWednesday({ installed: [] });
  await runTo(service, '16:15');
  expect(service.ports.chat.calls).toEqual([]);
  await write(service, '100001', 'help');
  expect((await cards(service, '100001')).sort()).toEqual(['help sent', 'wed-on-time sent']);
  expect(await cards(service, '100002')).toEqual(['wed-on-time pending']);
});
