import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FakeConnector, startFakeConnector } from '../fakes/start-connector.ts';
import { answerButton, oneTitled, returnedCard, storedTitled, wordsOf } from './cards.ts';
import { dataFolder, kaeru, kaeruJson, type Product, startBare } from './product.ts';
import { installed, type Person, pressed, staffFile, wrote } from './teams.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const HEAD = '900001';
const WEDNESDAY = '本日は定時退庁日です';
const SECTION = '試験局/試験部/試験課';
const clerks = Array.from({ length: 24 }, (_none, at) => String(900101 + at));
const people: Person[] = [{ staff: HEAD }, ...clerks.map((staff) => ({ staff, head: HEAD }))];
const at = (time: string) => `2026-11-18T${time}+09:00`;

const folder = dataFolder();
let connector: FakeConnector;
let product: Product;

beforeAll(async () => {
  writeFileSync(folder.file('staff.csv'), staffFile(people));
  const { status, stderr } = await kaeru(['import', 'staff', folder.file('staff.csv'), '--data', folder.data]);
  expect(status, stderr).toBe(0);
  connector = await startFakeConnector();
  product = await startBare(folder.data, { at: at('16:05:00'), env: { KAERU_PACE: '10' } });
  for (const { staff } of people) await product.activity(installed(staff, connector.serviceUrl));
  await product.settle();
});

afterAll(async () => {
  await product.stop();
  await connector.stop();
  folder.remove();
});

const accepted = async () => (await connector.counts()).reduce((sum, [, , cards]) => sum + cards, 0);

describe('災害モード in the middle of a sending', () => {
  test('stops what has not left, says how many had, and nobody gets a card after that; the books balance', async () => {
    await product.activity(wrote(HEAD, connector.serviceUrl, '災害モード'));
    await product.settle();
    const mine = await oneTitled(connector, HEAD, '災害モードの開始');
    const before = await accepted();
    const sending = product.moveTo(at('16:15:00'));
    expect(await connector.reached(before + 5, 30_000)).not.toBeNull();
    const form = { section: SECTION, reason: 'storm', until: '2026-11-18T20:00' };
    const press = pressed(HEAD, connector.serviceUrl, answerButton(mine.card, 'start'), mine.id, form);
    const card = wordsOf(returnedCard(await product.activity(press)));
    await sending;
    await product.moveTo(at('17:30:00'));
    const cards = (await product.ledger()).items.filter((item) => item.rule === 'no-overtime-day');
    const count = (state: string) => cards.filter((item) => item.state === state).length;
    expect(cards).toHaveLength(people.length);
    expect(count('sent') + count('cancelled')).toBe(people.length);
    expect(count('cancelled')).toBeGreaterThan(5);
    expect(count('sent')).toBeGreaterThanOrEqual(5);
    expect(card).toContain(`送信前に止めた案内 ${count('cancelled')}件、止める前に送信済みの案内 ${count('sent')}件`);
    const { items } = await product.ledger();
    const summary = items.find((item) => item.rule === 'no-overtime-day.summary' && item.staff === HEAD);
    expect(summary).toMatchObject({ state: 'sent' });
    expect(await accepted()).toBe(items.filter((item) => item.state === 'sent').length);
    // The head's own, where it had left, stands on the summary of 17:15 by now.
    for (const { staff } of people.filter((one) => one.staff !== HEAD)) {
      const theirs = cards.find((item) => item.staff === staff);
      const stored = await storedTitled(connector, staff, WEDNESDAY);
      expect(stored, staff).toHaveLength(theirs?.state === 'sent' ? 1 : 0);
    }
  });

  test('an evening later it has ended by itself, and occasions tells the days apart', async () => {
    await product.moveTo(at('20:00:00'));
    const words = ['occasions', '--from', '2026-11-18', '--to', '2026-11-25', '--data', folder.data];
    const { document } = await kaeruJson<{ due: { rule: string; date: string }[] }>(words);
    const due = document.due.filter((row) => row.rule === 'no-overtime-day').map((row) => row.date);
    expect(new Set(due)).toEqual(new Set(['2026-11-18', '2026-11-25']));
    await product.activity(wrote(HEAD, connector.serviceUrl, '災害モード'));
    await product.settle();
    expect(await storedTitled(connector, HEAD, '災害モードの開始')).toHaveLength(1);
    expect(await storedTitled(connector, HEAD, '災害モード中です')).toHaveLength(1);
  });
});
