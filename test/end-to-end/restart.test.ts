import { cpSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FakeConnector, startFakeConnector } from '../fakes/start-connector.ts';
import { answerButton, chat, oneTitled, storedTitled, stripOf } from './cards.ts';
import { command, commandJson, dataFolder, kaeru, kaeruJson, type Product, startBare } from './product.ts';
import { installed, type Person, pressed, staffFile } from './teams.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const HEAD = '900001';
const CLERK = '900002';
const WEDNESDAY = '本日は定時退庁日です';
const people: Person[] = [{ staff: HEAD }, { staff: CLERK, head: HEAD }];
const at = (time: string, day = '18') => `2026-11-${day}T${time}:00+09:00`;

let connector: FakeConnector;
let folder: ReturnType<typeof dataFolder>;
let product: Product;

const imported = dataFolder();

beforeAll(async () => {
  writeFileSync(imported.file('staff.csv'), staffFile(people));
  const { status, stderr } = await kaeru(['import', 'staff', imported.file('staff.csv'), '--data', imported.data]);
  expect(status, stderr).toBe(0);
});

afterAll(() => imported.remove());

async function begin(): Promise<void> {
  folder = dataFolder();
  cpSync(imported.data, folder.data, { recursive: true });
  connector = await startFakeConnector();
  product = await startBare(folder.data, { at: at('16:14') });
}

async function end(): Promise<void> {
  await product.stop();
  await connector.stop();
  folder.remove();
}

async function installAndAsk(): Promise<void> {
  for (const { staff } of people) await product.activity(installed(staff, connector.serviceUrl));
  await product.moveTo(at('16:15'));
  for (const { staff } of people) await oneTitled(connector, staff, WEDNESDAY);
}

/* One life after the other on one folder, each from where the one before it left. */
describe('a service that ends and starts again on its folder', () => {
  beforeAll(begin);
  afterAll(end);

  test('a second service on the folder is refused with one sentence, and harms nothing; commands work beside it', async () => {
    for (const flags of [[], ['--fresh']]) {
      const second = await command(['rehearse', '--bare', '--port', '0', '--data', folder.data, ...flags]);
      expect(second.status).toBe(1);
      expect(second.stdout).toBe('');
      expect(second.stderr.trim().split('\n').at(-1)).toContain('別のサービスが動いています');
      expect(second.stderr).not.toMatch(/\n\s+at /);
    }
    const { status, document } = await kaeruJson(['rehearse', '--bare', '--port', '0', '--data', folder.data]);
    expect({ status, document }).toMatchObject({ status: 1, document: { error: { code: 'service-running' } } });
    await installAndAsk();
    const beside = await commandJson<{ due: unknown[] }>([
      'occasions',
      '--from',
      '2026-11-18',
      '--to',
      '2026-11-18',
      '--data',
      folder.data,
    ]);
    expect(beside.document.due).toHaveLength(3);
  });

  test('a port that is taken is one sentence and exit 1', async () => {
    const other = dataFolder();
    const { status, stderr } = await command([
      'rehearse',
      '--bare',
      '--port',
      String(product.port),
      '--data',
      other.data,
    ]);
    other.remove();
    expect(status).toBe(1);
    expect(stderr).toContain(String(product.port));
    expect(stderr).not.toMatch(/\n\s+at |思わぬ誤り/);
  });

  test.each([
    ['stop', '16:20', '16:40'],
    ['kill', '16:45', '17:00'],
  ] as const)('after %s goes on from the stored clock and sends nothing twice', async (how, before, after) => {
    await product.moveTo(at(before));
    const calls = (await connector.state()).calls.length;
    await product[how]();
    product = await startBare(folder.data, { at: at('16:14') });
    expect(await product.now()).toBeGreaterThanOrEqual(Date.parse(at(before)));
    await product.moveTo(at(after));
    expect((await connector.state()).calls).toHaveLength(calls);
    for (const { staff } of people) expect(await chat(connector, staff)).toHaveLength(2);
  });

  test('a press made before the end is there after it, and its update of the stored message is not lost', async () => {
    const card = await oneTitled(connector, CLERK, WEDNESDAY);
    const press = pressed(CLERK, connector.serviceUrl, answerButton(card.card, 'leave'), card.id);
    expect((await product.activity(press)).status).toBe(200);
    await product.kill();
    product = await startBare(folder.data);
    await product.settle();
    expect(stripOf((await oneTitled(connector, CLERK, WEDNESDAY)).card)).toContain('✓ 定時に退庁する予定です');
  });

  test('--fresh forgets roster, chats, ledger and clock', async () => {
    await product.stop();
    product = await startBare(folder.data, { at: at('16:10'), flags: ['--fresh'] });
    expect(await product.now()).toBeLessThan(Date.parse(at('16:14')));
    await product.moveTo(at('16:16'));
    expect(await product.ledger()).toEqual({ items: [], totals: {} });
  });
});

describe('a service that starts again much later', () => {
  beforeAll(begin);
  afterAll(end);

  test('a later --at wins over the stored clock; what is still of use is caught up, what is not is never sent', async () => {
    for (const { staff } of people) await product.activity(installed(staff, connector.serviceUrl));
    await product.settle();
    await product.stop();
    product = await startBare(folder.data, { at: at('16:50') });
    await product.moveTo(at('16:52'));
    for (const { staff } of people) await oneTitled(connector, staff, WEDNESDAY);
    await product.stop();
    product = await startBare(folder.data, { at: at('16:14', '26') });
    await product.moveTo(at('16:20', '26'));
    for (const { staff } of people) expect(await storedTitled(connector, staff, WEDNESDAY)).toHaveLength(1);
    const missed = (await product.ledger()).items.filter((one) => one.date === '2026-11-25');
    expect(
      missed.filter((one) => one.rule === 'no-overtime-day').map((one) => [one.staff, one.state, one.why]),
    ).toEqual([
      [HEAD, 'skipped', 'expired'],
      [CLERK, 'skipped', 'expired'],
    ]);
  });
});
