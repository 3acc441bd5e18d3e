import { describe, expect, test } from 'vitest';
import { mostAsksAnEvening, needsOwnMessage } from '../../src/late-work/rules.ts';
import { clock, press, read, runTo, storedCard } from '../build/wednesday.ts';
import { clockIn, DECISION, decide, goOn, itemsUnder, say, sendsTo, startThursday, THURSDAY } from './evening.ts';

const HEAD = '200001';
const clerks = ['100001', '100002', '100003', '100004'];

/** Four clerks with C02 at 19:30; the head is not known to have left. */
async function evening() {
  const service = await startThursday();
  for (const staff of clerks) await clockIn(service, staff);
  await runTo(service, '19:30', THURSDAY);
  return service;
}

type Service = Awaited<ReturnType<typeof evening>>;

/** What Teams has stored of every card of the head's evening, in the order in which they were sent. */
async function cardsOf(service: Service): Promise<string[]> {
  const items = await service.db
    .selectFrom('item')
    .selectAll()
    .where('rule', '=', DECISION)
    .where('staff', '=', HEAD)
    .orderBy('created_at')
    .execute();
  return items.map((item) => storedCard(service, item));
}

/** One more wish at that minute, and the head's word on it. */
async function wish(service: Service, staff: string, time: string, until: string) {
  clock(service, time, THURSDAY);
  await say(service, staff, { ...goOn, until });
}

describe('a wish that comes when the head has dealt with all others', () => {
  test('rings again, and both cards show the same list', async () => {
    const service = await evening();
    await wish(service, '100001', '19:35', '21:00');
    await decide(service, HEAD, ['100001']);
    await wish(service, '100002', '19:40', '20:30');
    expect(sendsTo(service, HEAD)).toBe(2);
    expect(await itemsUnder(service, DECISION)).toEqual([`${HEAD} open`, `${HEAD} open`]);
    const [first, second] = await cardsOf(service);
    for (const card of [first, second]) {
      expect(card).toContain('● 回答待ちの方が1人います');
      expect(card).not.toMatch(/架空/);
    }
  });

  test('is answered on either card, and the other follows', async () => {
    const service = await evening();
    await wish(service, '100001', '19:35', '21:00');
    await decide(service, HEAD, ['100001']);
    await wish(service, '100002', '19:40', '20:30');
    await decide(service, HEAD, ['100002']);
    for (const card of await cardsOf(service)) expect(card).toContain('✓ 所属長の回答を記録しました');
  });

  test('joins in place while another one waits', async () => {
    const service = await evening();
    await wish(service, '100001', '19:35', '21:00');
    await wish(service, '100002', '19:36', '21:00');
    await decide(service, HEAD, ['100001']);
    await wish(service, '100003', '19:40', '20:30');
    expect(sendsTo(service, HEAD)).toBe(1);
  });

  test('joins in place where the head has said nothing yet, though the wish before it was taken back', async () => {
    const service = await evening();
    await wish(service, '100001', '19:35', '21:00');
    await say(service, '100001', { answer: 'finish' });
    await wish(service, '100002', '19:40', '20:30');
    expect(sendsTo(service, HEAD)).toBe(1);
    expect((await cardsOf(service))[0]).toContain('● 回答待ちの方が1人います');
  });

  test('rings for those who are silent at 20:00 once, however many they are', async () => {
    const service = await evening();
    await wish(service, '100001', '19:35', '21:00');
    await decide(service, HEAD, ['100001']);
    await runTo(service, '20:05', THURSDAY);
    expect(sendsTo(service, HEAD)).toBe(2);
    expect((await cardsOf(service)).at(-1)).toContain('● 回答待ちの方が3人います');
  });

  test(`rings ${mostAsksAnEvening} times an evening at most, and then joins in place`, async () => {
    const service = await evening();
    for (const [at, time] of ['19:31', '19:33', '19:35', '19:37', '19:39', '19:41'].entries()) {
      const staff = clerks[at % clerks.length] ?? '';
      await wish(service, staff, time, at < clerks.length ? '20:30' : '21:00');
      await decide(service, HEAD, [staff]);
    }
    expect(sendsTo(service, HEAD)).toBe(mostAsksAnEvening);
    await wish(service, '100004', '19:50', '21:30');
    expect(sendsTo(service, HEAD)).toBe(mostAsksAnEvening);
    for (const card of await cardsOf(service)) expect(card).toContain('● 回答待ちの方が1人います');
  });

  test('rings nobody from 22:00 on, when every card of the evening is drawn closed', async () => {
    const service = await evening();
    await wish(service, '100001', '19:35', '21:00');
    await decide(service, HEAD, ['100001']);
    await wish(service, '100002', '19:40', '22:00');
    await decide(service, HEAD, ['100002']);
    for (const staff of ['100003', '100004']) await say(service, staff, { answer: 'finish' });
    clock(service, '21:58', THURSDAY);
    await runTo(service, '22:00', THURSDAY);
    const sends = sendsTo(service, HEAD);
    await wish(service, '100003', '22:01', '22:00');
    expect(sendsTo(service, HEAD)).toBe(sends);
    for (const card of await cardsOf(service)) expect(card).toContain('■ 受付を終了しました');
  });

  test('pressed a second time it rings no second time', async () => {
    const service = await evening();
    await wish(service, '100001', '19:35', '21:00');
    await decide(service, HEAD, ['100001']);
    clock(service, '19:40', THURSDAY);
    const item = await service.db
      .selectFrom('item')
      .selectAll()
      .where('rule', '=', 'late-work')
      .where('staff', '=', '100002')
      .executeTakeFirstOrThrow();
    const data = { i: item.id, r: item.revision, ...goOn };
    await press(service, '100002', 'late-work.answer', data);
    expect(read(await press(service, '100002', 'late-work.answer', data))).toContain('記録しました。');
    expect(sendsTo(service, HEAD)).toBe(2);
  });
});

describe('whether a wish needs a message of its own', () => {
  test.each([
    ['the first wish does', { cardsAt: [], waiting: 0, lastWordAt: null }, true],
    ['one while another waits does not', { cardsAt: [10], waiting: 1, lastWordAt: 20 }, false],
    ['one after the last word does', { cardsAt: [10], waiting: 0, lastWordAt: 20 }, true],
    ['one after a word said before the newest card does not', { cardsAt: [10, 30], waiting: 0, lastWordAt: 20 }, false],
    ['one beside a card without any word does not', { cardsAt: [10], waiting: 0, lastWordAt: null }, false],
  ])('%s', (_, asked, own) => expect(needsOwnMessage(asked)).toBe(own));
});
