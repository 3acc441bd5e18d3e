import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FakeConnector, startFakeConnector } from '../fakes/start-connector.ts';
import { answerButton, cardIn, chat, returnedCard, stripOf, titleOf, wordsOf } from './cards.ts';
import { command, commandJson, dataFolder, type Product, startBare } from './product.ts';
import { installed, pressed, staffFile, wrote } from './teams.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const HEAD = '900001';
const CLERK = '900002';
const folder = dataFolder();
const env = { KAERU_NOW: '2026-11-18T09:00:00+09:00' };
let connector: FakeConnector;
let product: Product;

/** A file of hours, and the command that takes it in. */
const hours = (name: string, ...lines: string[]) => {
  writeFileSync(folder.file(name), ['職員番号,日付,区分,分', ...lines, ''].join('\n'));
  return ['import', 'hours', folder.file(name), '--data', folder.data];
};

beforeAll(async () => {
  connector = await startFakeConnector();
  writeFileSync(folder.file('staff.csv'), staffFile([{ staff: HEAD }, { staff: CLERK, head: HEAD }]));
  const { status, stderr } = await command(['import', 'staff', folder.file('staff.csv'), '--data', folder.data], env);
  expect(status, stderr).toBe(0);
});

afterAll(async () => {
  await product?.stop();
  await connector?.stop();
  folder.remove();
});

describe('the overtime ledger from outside', () => {
  test('hours come in by file, and status and crossings tell of them', async () => {
    const base = await commandJson<{ digest: string }>(hours('a.csv', `${CLERK},2026-11-02,平日,2600`), env);
    expect(base.document).toMatchObject({ rows: 1, added: 1, problemsTotal: 0 });
    const refused = await command([...hours('b.csv', `${CLERK},2026-11-02,平日,101`), '--json'], env);
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ added: 0, error: { code: 'import-problems' } });
    await commandJson(hours('c.csv', `${CLERK},2026-11-04,平日,101`), env);
    const status = await commandJson(
      ['overtime', 'status', '--month', '2026-11', '--staff', CLERK, '--data', folder.data],
      env,
    );
    expect(status.document).toMatchObject({ people: [{ staff: CLERK, minutes: 2701, stages: ['month-45'] }] });
    const since = ['overtime', 'crossings', '--since', base.document.digest, '--data', folder.data];
    expect((await commandJson(since, env)).document).toEqual({
      crossings: [{ staff: CLERK, profile: '協定', month: '2026-11', stage: 'month-45', from: 2600, to: 2701 }],
    });
  });

  test('wrong usage ends with 2 and a sentence', async () => {
    for (const words of [['status'], ['status', '--month', '11月'], ['crossings'], ['table', 'D-9']]) {
      const { status, stderr } = await command(['overtime', ...words, '--data', folder.data], env);
      expect(status, words.join(' ')).toBe(2);
      expect(stderr).not.toContain(' at ');
    }
  });

  test('「残業」 answers with the own hours, and a trial changes nothing that is stored', async () => {
    product = await startBare(folder.data, { at: '2026-11-18T10:00:00+09:00' });
    await product.activity(installed(CLERK, connector.serviceUrl));
    await product.activity(wrote(CLERK, connector.serviceUrl, '残業'));
    await product.settle();
    const { id, stored } = (await chat(connector, CLERK)).at(-1) ?? { id: '', stored: null };
    const card = cardIn(stored);
    expect(titleOf(card)).toBe('11月の時間外勤務');
    expect(wordsOf(card)).toContain('45時間01分');
    expect(wordsOf(card)).toContain('あと24時間59分');
    const press = pressed(CLERK, connector.serviceUrl, answerButton(card, 'what-if'), id, { hours: '30' });
    expect(stripOf(returnedCard(await product.activity(press)))).toContain('月70時間');
    await product.settle();
    expect(stripOf(cardIn((await chat(connector, CLERK)).at(-1)?.stored))).toContain('上限の範囲内です');
  });
});
