import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FakeConnector, startFakeConnector } from '../fakes/start-connector.ts';
import {
  answerButton,
  type Button,
  buttonOf,
  buttonsOf,
  chat,
  elementsOf,
  oneTitled,
  returnedCard,
  returnedText,
  storedTitled,
  stripOf,
  wordsOf,
} from './cards.ts';
import { dataFolder, kaeru, kaeruJson, type Product, startBare } from './product.ts';
import { installed, type Person, pressed, staffFile, submitted, wrote } from './teams.ts';
import { expectOpenToAll, expectShort, expectTwins } from './wednesday-card.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const HEAD = '900001';
const CLERK = '900002';
const LATE = '900003';
const OTHER = '900004';
const SHIFT = '900005';
const ABSENT = '900006';
const WEDNESDAY = '本日は定時退庁日です';
const SUMMARY = '本日の定時退庁の状況';

const people: Person[] = [
  { staff: HEAD, name: '試験 課長' },
  { staff: CLERK, name: '試験 花子', head: HEAD },
  { staff: LATE, name: '試験 時差', head: HEAD, type: '時差', start: '10:00', end: '18:45', language: 'en' },
  { staff: OTHER, name: '試験 三郎', head: HEAD },
  { staff: SHIFT, name: '試験 交替', head: HEAD, type: '交替' },
  { staff: ABSENT, name: '試験 休暇', head: HEAD },
];

const folder = dataFolder();
let connector: FakeConnector;
let product: Product;
/** The clerk's card as it was first sent. */
let asked: { id: string; card: unknown };

const at = (time: string, day = '18') => `2026-11-${day}T${time}:00+09:00`;
const press = async (staff: string, button: Button, replyTo: string, inputs: object = {}) =>
  product.activity(pressed(staff, connector.serviceUrl, button, replyTo, inputs));
const cardOf = (staff: string, title = WEDNESDAY) => oneTitled(connector, staff, title);

beforeAll(async () => {
  connector = await startFakeConnector();
  writeFileSync(folder.file('policy.yaml'), 'organisation: 試験市\n');
  writeFileSync(folder.file('staff.csv'), staffFile(people));
  writeFileSync(folder.file('leave.csv'), `職員番号,日付,種別\n${ABSENT},2026-11-18,全日\n`);
  const commands = [
    ['policy', 'apply', folder.file('policy.yaml')],
    ['import', 'staff', folder.file('staff.csv')],
    ['import', 'leave', folder.file('leave.csv')],
  ];
  for (const words of commands) {
    const { status, stderr } = await kaeru([...words, '--data', folder.data]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
  product = await startBare(folder.data, { at: at('16:00') });
});

afterAll(async () => {
  await product?.stop();
  await connector?.stop();
  folder.remove();
});

describe('a Wednesday, seen by a city with its own roster and a Connector that knows nothing of us', () => {
  test('everybody who installs is greeted once, in their language, however often Teams repeats itself', async () => {
    for (const { staff } of people) {
      expect((await product.activity(installed(staff, connector.serviceUrl))).status).toBe(200);
    }
    await product.settle();
    await product.activity(installed(CLERK, connector.serviceUrl));
    await product.settle();
    for (const { staff, language } of people) {
      expect(
        await storedTitled(connector, staff, language === 'en' ? 'Before you use Kaeru' : 'Kaeruを使う前に'),
      ).toHaveLength(1);
      expect(await chat(connector, staff)).toHaveLength(1);
    }
    expect(wordsOf((await cardOf(CLERK, 'Kaeruを使う前に')).card)).toContain('試験市');
  });

  test('the card comes at own end − 60, not a minute earlier', async () => {
    await product.moveTo(at('16:14'));
    for (const { staff } of people) expect(await storedTitled(connector, staff, WEDNESDAY)).toEqual([]);
    await product.moveTo(at('16:15'));
    for (const staff of [HEAD, CLERK, OTHER]) expect((await cardOf(staff)).summary).toBe(WEDNESDAY);
    for (const staff of [LATE, SHIFT, ABSENT]) expect(await chat(connector, staff)).toHaveLength(1);
    asked = await cardOf(CLERK);
  });

  test('the ledger says who was not asked and why', async () => {
    const { items } = await product.ledger();
    const rows = items.filter((item) => item.rule === 'no-overtime-day');
    const why = Object.fromEntries(rows.map((row) => [row.staff, row.why ?? row.state]));
    expect(why).toEqual({ [HEAD]: 'sent', [CLERK]: 'sent', [OTHER]: 'sent', [SHIFT]: 'shift', [ABSENT]: 'leave' });
  });

  test('the card is short: a title of 20 characters, a body of 120, four buttons of 14, the likely one first', () =>
    expectShort(asked.card));

  test('every button has a plain twin with the same data, and carries an item, a revision and an answer only', () =>
    expectTwins(asked.card));

  test('the card can be heard, falls back to words, names its inputs and refreshes for its reader', () =>
    expectOpenToAll(asked.card, CLERK));

  test('a press returns the answered card at once, and the stored message is updated by one PUT', async () => {
    const inputs = { reason: 'deadline', until: '18:30', note: '補足の=文章' };
    const answer = await press(CLERK, answerButton(asked.card, 'stay'), asked.id, inputs);
    const shown = returnedCard(answer);
    expect(stripOf(shown)).toMatch(/^● 残る予定です（16:1\d）$/);
    expect(wordsOf(shown)).toContain('終了予定: 18:30');
    await product.settle();
    const stored = await cardOf(CLERK);
    expect(stored).toMatchObject({ id: asked.id, updates: 1 });
    expect(stripOf(stored.card)).toBe(stripOf(shown));
    expect(JSON.stringify(stored.card)).toContain('補足の=文章');
  });

  test('a press of somebody else has no effect', async () => {
    const before = await connector.state();
    const answer = await press(OTHER, answerButton(asked.card, 'off'), asked.id);
    expect(returnedText(answer)).toBe('この通知の宛先の方だけが回答できます。');
    await product.settle();
    expect((await connector.state()).conversations).toEqual(before.conversations);
    expect(stripOf((await cardOf(CLERK)).card)).toContain('残る予定です');
  });

  test('a stale press is shown the present card and writes nothing; the same press twice is one answer', async () => {
    const stale = await press(CLERK, answerButton(asked.card, 'leave'), asked.id);
    expect(wordsOf(returnedCard(stale))).toContain('表示が古くなっていました');
    expect(stripOf(returnedCard(stale))).toContain('残る予定です');
    const inputs = { reason: 'deadline', until: '18:30', note: '補足の=文章' };
    const again = await press(CLERK, answerButton(asked.card, 'stay'), asked.id, inputs);
    expect(stripOf(returnedCard(again))).toContain('残る予定です');
    await product.settle();
    expect((await cardOf(CLERK)).updates).toBe(1);
  });

  test('an answer that lacks its reason is not recorded', async () => {
    const card = await cardOf(OTHER);
    const answer = await press(OTHER, answerButton(card.card, 'stay'), card.id, { until: '18:00' });
    expect(wordsOf(returnedCard(answer))).toContain('入力が足りないため、記録していません');
    await product.settle();
    expect((await cardOf(OTHER)).updates).toBe(0);
  });

  test('a client that knows only Action.Submit gets no body, and the stored message updated', async () => {
    const card = await cardOf(OTHER);
    const { data } = answerButton(card.card, 'leave');
    const answer = await product.activity(submitted(OTHER, connector.serviceUrl, data, card.id));
    expect(answer).toEqual({ status: 200, text: '' });
    await product.settle();
    const stored = await cardOf(OTHER);
    expect(stripOf(stored.card)).toContain('✓ 定時に退庁する予定です');
    expect(stored.updates).toBe(1);
  });

  test('one may change one’s mind with 変更する', async () => {
    const card = await cardOf(OTHER);
    const choosing = returnedCard(await press(OTHER, buttonOf(card.card, '変更する'), card.id));
    expect(stripOf(choosing)).toContain('現在の回答');
    const changed = returnedCard(await press(OTHER, answerButton(choosing, 'unsure'), card.id));
    expect(stripOf(changed)).toContain('まだ分かりません');
    await product.settle();
    expect(stripOf((await cardOf(OTHER)).card)).toContain('まだ分かりません');
  });

  test('今日 shows what came and how it stands; チーム the counts, to a head only', async () => {
    await product.activity(wrote(CLERK, connector.serviceUrl, '今日'));
    await product.activity(wrote(CLERK, connector.serviceUrl, 'チーム'));
    await product.activity(wrote(HEAD, connector.serviceUrl, 'チーム'));
    await product.settle();
    expect(wordsOf((await cardOf(CLERK, '今日のお知らせ')).card)).toMatch(/本日は定時退庁日です: ● 残る予定です/);
    expect(await storedTitled(connector, CLERK, 'チームの今の状況')).toEqual([]);
    expect(await storedTitled(connector, CLERK, '内容を読み取れませんでした')).toHaveLength(1);
    const team = await cardOf(HEAD, 'チームの今の状況');
    expect(wordsOf(team.card)).toContain('残る予定: 1人');
    expect(JSON.stringify(team)).not.toContain('試験 花子');
  });

  test('the head’s summary comes at the head’s own end, with counts, no names and a neutral toast', async () => {
    await product.moveTo(at('17:14'));
    expect(await storedTitled(connector, HEAD, SUMMARY)).toEqual([]);
    await product.moveTo(at('17:15'));
    const summary = await cardOf(HEAD, SUMMARY);
    expect(summary.summary).toBe('Kaeruからのお知らせがあります');
    const words = wordsOf(summary.card);
    for (const fact of ['残る予定: 1人', '未定: 1人', '定時に退庁: 0人']) expect(words).toContain(fact);
    expect(JSON.stringify(summary)).not.toContain('試験 花子');
    expect(JSON.stringify(summary)).not.toContain('補足の=文章');
  });

  test('表示する gives the names to the head alone and does not store them', async () => {
    const summary = await cardOf(HEAD, SUMMARY);
    const show = buttonOf(summary.card, '表示する');
    expect(returnedText(await press(CLERK, show, summary.id))).toBe('この通知の宛先の方だけが回答できます。');
    const named = JSON.stringify(returnedCard(await press(HEAD, show, summary.id)));
    for (const text of ['試験 花子', '期限のある業務', '18:30', '補足の=文章']) expect(named).toContain(text);
    expect(named).not.toContain('試験 三郎');
    await product.settle();
    expect(JSON.stringify(await cardOf(HEAD, SUMMARY))).not.toContain('試験 花子');
  });

  test('了承する is recorded and the clerk’s stored card says so', async () => {
    const summary = await cardOf(HEAD, SUMMARY);
    const named = returnedCard(await press(HEAD, buttonOf(summary.card, '表示する'), summary.id));
    const choices = elementsOf(named).find((one) => one['id'] === 'people')?.['choices'] as { value: string }[];
    expect(choices).toHaveLength(1);
    const before = (await cardOf(CLERK)).updates;
    const done = await press(HEAD, buttonOf(named, '了承する'), summary.id, { people: choices[0]?.value });
    expect(JSON.stringify(returnedCard(done))).toContain('了承（18:30まで）');
    await product.settle();
    const clerk = await cardOf(CLERK);
    expect(stripOf(clerk.card)).toMatch(/^✓ 所属長が18:30まで了承しました（17:1\d）$/);
    expect(clerk.updates).toBe(before + 1);
  });

  test('somebody with 時差 gets the card at their own end − 60, in their language', async () => {
    await product.moveTo(at('17:44'));
    expect(await chat(connector, LATE)).toHaveLength(1);
    await product.moveTo(at('17:45'));
    const messages = await chat(connector, LATE);
    expect(messages).toHaveLength(2);
    expect(JSON.stringify(messages[1])).toContain('I will leave on time');
    expect(JSON.stringify(messages[1])).toContain('18:45');
  });

  test('a press after own end + 60 finds the card closed and writes nothing', async () => {
    await product.moveTo(at('18:15'));
    const before = await cardOf(OTHER);
    const closed = returnedCard(await press(OTHER, buttonOf(before.card, '変更する'), before.id));
    expect(stripOf(closed)).toContain('受付を終了しました');
    expect(buttonsOf(closed)).toEqual([]);
    const late = pressed(
      OTHER,
      connector.serviceUrl,
      { verb: 'no-overtime-day.answer', data: { ...buttonOf(before.card, '変更する').data, answer: 'leave' } },
      before.id,
    );
    expect(wordsOf(returnedCard(await product.activity(late)))).toContain('まだ分かりません');
  });

  test('Thursday 09:00 brings the head the counts of the day, without names', async () => {
    await product.moveTo(at('08:59', '19'));
    expect(await storedTitled(connector, HEAD, '定時退庁日の結果')).toEqual([]);
    await product.moveTo(at('09:00', '19'));
    const result = await cardOf(HEAD, '定時退庁日の結果');
    expect(wordsOf(result.card)).toContain('残る予定: 1人');
    expect(wordsOf(result.card)).toContain('未回答: 1人');
    expect(JSON.stringify(result)).not.toContain('試験 花子');
  });

  test('the next Wednesday brings the next card', async () => {
    await product.moveTo(at('16:14', '25'));
    expect(await storedTitled(connector, CLERK, WEDNESDAY)).toHaveLength(1);
    await product.moveTo(at('16:15', '25'));
    const cards = await storedTitled(connector, CLERK, WEDNESDAY);
    expect(cards).toHaveLength(2);
    expect(wordsOf(cards[1]?.card)).toContain('11月25日（水）');
    expect(answerButton(cards[1]?.card, 'leave').data.i).not.toBe(answerButton(asked.card, 'leave').data.i);
    expect((await product.ledger()).totals['unknown']).toBeUndefined();
  });

  test('`occasions` beside the running service says the same', async () => {
    const words = ['occasions', '--from', '2026-11-25', '--to', '2026-11-25', '--staff', CLERK, '--data', folder.data];
    const { document } = await kaeruJson(words);
    const row = {
      at: at('16:15', '25'),
      rule: 'no-overtime-day',
      date: '2026-11-25',
      staff: CLERK,
      card: 'wed-on-time',
    };
    expect(document).toEqual({ due: [row], skipped: [expect.objectContaining({ rule: 'late-work', staff: CLERK })] });
  });
});
