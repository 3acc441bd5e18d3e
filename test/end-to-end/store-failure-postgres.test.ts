import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Partition, startPartition } from '../fakes/partition.ts';
import { type FakeConnector, startFakeConnector } from '../fakes/start-connector.ts';
import { query, startPostgres, type TestPostgres } from '../fakes/start-postgres.ts';
import { dataFolder, kaeru, type Product, startBare } from './product.ts';
import { expectAway, expectBalanced, expectRecorded, languageButton, until, untilReady } from './store-failure.ts';
import { chatOf, installed, type Person, staffFile, wrote } from './teams.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const long = process.env['KAERU_LONG'] === '1';
/** How long the network is broken, in milliseconds: at least from 16:14:58 over the minute; in the long run as long as a switch takes to start. */
const broken = long ? 30_000 : 3_000;
const HEAD = '900001';
const people: Person[] = [{ staff: HEAD }, ...['900002', '900003', '900004'].map((staff) => ({ staff, head: HEAD }))];
const at = (time: string) => `2026-11-18T${time}+09:00`;

let server: TestPostgres;
let way: Partition;
let connector: FakeConnector;
let product: Product;
let url: string;
let env: Record<string, string>;
const folder = dataFolder();

beforeAll(async () => {
  [server, connector] = await Promise.all([startPostgres(), startFakeConnector()]);
  url = await server.database();
  const port = Number(new URL(url).port);
  way = await startPartition(port);
  env = { DATABASE_URL: url.replace(`:${port}/`, `:${way.port}/`), KAERU_DATA: folder.data, KAERU_MODE: 'rehearsal' };
  writeFileSync(folder.file('staff.csv'), staffFile(people));
  const { status, stderr } = await kaeru(['import', 'staff', folder.file('staff.csv')], env);
  expect(status, stderr).toBe(0);
  product = await startBare(null, { at: at('16:13:00'), env });
  for (const { staff } of people) await product.activity(installed(staff, connector.serviceUrl));
  await product.activity(wrote(HEAD, connector.serviceUrl, '言語'));
  await product.settle();
});

afterAll(async () => {
  way?.heal();
  await product?.stop();
  await way?.stop();
  await server?.stop();
  await connector?.stop();
  folder.remove();
});

/** DATABASE_URL of one more empty database, by the way that can be cut. */
async function onTheWay(): Promise<string> {
  const own = await server.database();
  return own.replace(`:${new URL(own).port}/`, `:${way.port}/`);
}

const rows = (statement: string) => query(url, statement);
const choices = () => rows('select staff, language from language_choice');

/** Cards of the Wednesday that reached each chat, by the connector: accepted POSTs after the first two (welcome, 言語). */
async function wednesdayCards(): Promise<Record<string, unknown>[]> {
  return rows(`select item.staff, message.state, message.attempts from item join message_item on item_id = item.id
    join message on message.id = message_id where rule = 'no-overtime-day' order by item.staff`);
}

const everyCardOnce = people.map(({ staff }) => ({ staff, state: 'sent', attempts: 1 }));

async function sendsTo(staff: string): Promise<number> {
  return (await connector.state()).calls.filter((one) => one.kind === 'send' && one.conversation === chatOf(staff))
    .length;
}

describe('PostgreSQL that is out of reach without a word', () => {
  test('is told of within 3 s; nothing is half written; the minute that passed meanwhile is caught up, each card once', async () => {
    const button = await languageButton(connector, HEAD, 'en');
    const sendsBefore = await Promise.all(people.map(({ staff }) => sendsTo(staff)));
    await product.moveTo(at('16:14:58'));
    way.cut();
    const cutAt = performance.now();
    await expectAway(product, connector, HEAD, button);
    await wait(broken - (performance.now() - cutAt));
    expect(await choices()).toEqual([]);
    expect(await wednesdayCards()).toEqual([]);
    way.heal();
    await untilReady(product, 5_000);
    // A minute that was given up is caught up by the next one.
    await until(
      'everybody has the card',
      async () => {
        const cards = await wednesdayCards();
        return cards.length === people.length && cards.every(({ state }) => state === 'sent');
      },
      90_000,
    );
    await expectRecorded(product, connector, HEAD, button);
    expect(await choices()).toEqual([{ staff: HEAD, language: 'en' }]);
    expect(await wednesdayCards()).toEqual(everyCardOnce);
    for (const [at, { staff }] of people.entries()) expect(await sendsTo(staff)).toBe((sendsBefore[at] ?? 0) + 1);
    await expectBalanced(product, env);
  });
});

describe('PostgreSQL that is restarted', () => {
  test('while cards are under way: each is recorded once it is back, none sent twice, and commands say one sentence', async () => {
    await until(
      'the stored card shows the choice',
      async () => (await rows('select * from message_update')).length === 0,
    );
    const button = await languageButton(connector, HEAD, 'ja');
    const sendsBefore = await Promise.all(people.map(({ staff }) => sendsTo(staff)));
    await connector.script({ only: 'send', delay: 1_000, times: people.length });
    await Promise.all(people.map(({ staff }) => product.activity(wrote(staff, connector.serviceUrl, '今日'))));
    await until('all cards are under way', async () => {
      const sends = await Promise.all(people.map(({ staff }) => sendsTo(staff)));
      return sends.every((count, at) => count > (sendsBefore[at] ?? 0));
    });
    await server.down();
    const [command] = await Promise.all([
      kaeru(['delivery', 'status'], env),
      expectAway(product, connector, HEAD, button),
    ]);
    expect([command.status, command.stderr]).toEqual([1, expect.stringMatching(/^DATABASE_URL: [^\n]+。\n$/)]);
    await server.up();
    await untilReady(product, 10_000);
    await until(
      'nothing is under way',
      async () => (await rows(`select id from message where state in ('pending', 'sending')`)).length === 0,
    );
    await expectRecorded(product, connector, HEAD, button);
    expect(await choices()).toEqual([{ staff: HEAD, language: 'ja' }]);
    for (const [at, { staff }] of people.entries()) expect(await sendsTo(staff)).toBe((sendsBefore[at] ?? 0) + 1);
    expect((await product.ledger()).totals).not.toHaveProperty('unknown');
    await expectBalanced(product, env);
  });
});

test.runIf(long)(
  'a service that is stopped while PostgreSQL is out of reach ends within 25 s, and says why',
  async () => {
    const other = await startBare(null, {
      at: at('17:00:00'),
      env: { ...env, DATABASE_URL: await onTheWay(), KAERU_DATA: folder.file('other') },
    });
    await other.settle();
    way.cut();
    const began = performance.now();
    await other.stop();
    expect(performance.now() - began).toBeLessThan(25_000);
    expect(other.said().stderr).toMatch(/応答しませんでした。|データベースを読み書きできません。/);
    way.heal();
  },
);
