import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type FakeConnector, startFakeConnector } from '../fakes/start-connector.ts';
import { dataFolder, kaeru, type Product, startBare } from './product.ts';
import { expectAway, expectBalanced, expectRecorded, languageButton, until, untilReady } from './store-failure.ts';
import { installed, type Person, staffFile, wrote } from './teams.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const HEAD = '900001';
const people: Person[] = [{ staff: HEAD }, { staff: '900002', head: HEAD }];
const at = (time: string) => `2026-11-18T${time}:00+09:00`;

/** A disk of its own, where this machine lets the test have one (root on Linux). */
function tinyDisk(folder: string): boolean {
  mkdirSync(folder, { mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=700', 'kaeru-test', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const place = dataFolder();
const mounted = tinyDisk(place.data);
const ballast = join(place.data, 'ballast');
const env = { KAERU_DATA: place.data };
let connector: FakeConnector;
let product: Product;

beforeAll(async () => {
  if (!mounted) return;
  writeFileSync(place.file('staff.csv'), staffFile(people));
  const { status, stderr } = await kaeru(['import', 'staff', place.file('staff.csv')], env);
  expect(status, stderr).toBe(0);
  connector = await startFakeConnector();
  product = await startBare(place.data, { at: at('16:10') });
  for (const { staff } of people) await product.activity(installed(staff, connector.serviceUrl));
  await product.activity(wrote(HEAD, connector.serviceUrl, '言語'));
  await product.settle();
});

afterAll(async () => {
  await product?.stop();
  await connector?.stop();
  if (mounted) execFileSync('umount', ['--lazy', place.data]);
  place.remove();
});

/** Nothing more fits on the disk. */
function fill(): void {
  const { bavail, bsize } = statfsSync(place.data);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize));
}

function rows(statement: string): Record<string, unknown>[] {
  const store = new DatabaseSync(join(place.data, 'kaeru.db'), { readOnly: true, timeout: 5_000 });
  try {
    return store.prepare(statement).all();
  } finally {
    store.close();
  }
}

test.skipIf(!mounted)(
  'a full disk: presses and messages are told so, nothing is half written, and with room again all goes on by itself',
  async () => {
    const button = await languageButton(connector, HEAD, 'en');
    const before = rows('select count(*) as items from item');
    fill();
    await expectAway(product, connector, HEAD, button);
    await product.moveTo(at('16:16')).catch(() => {});
    writeFileSync(place.file('more.csv'), staffFile([...people, { staff: '900003', head: HEAD }]));
    const command = await kaeru(['import', 'staff', place.file('more.csv'), '--effective', '2026-11-17'], env);
    expect([command.status, command.stderr]).toEqual([
      1,
      expect.stringMatching(/空き容量、権限を確かめてください。\n$/),
    ]);
    expect(command.stderr).not.toMatch(/\n\s+at |思わぬ誤り/);
    expect(rows('select * from language_choice')).toEqual([]);
    expect(rows('select count(*) as items from item')).toEqual(before);
    expect(rows(`select * from staff_row where staff = '900003'`)).toEqual([]);
    rmSync(ballast);
    await untilReady(product, 5_000);
    await product.moveTo(at('16:18'));
    await expectRecorded(product, connector, HEAD, button);
    expect(rows('select staff, language from language_choice')).toEqual([{ staff: HEAD, language: 'en' }]);
    await until('everybody has the card', async () => {
      const sent = rows(`select attempts from item join message_item on item_id = item.id
        join message on message.id = message_id where rule = 'no-overtime-day' and message.state = 'sent'`);
      expect(sent.every(({ attempts }) => attempts === 1)).toBe(true);
      return sent.length === people.length;
    });
    await expectBalanced(product, env);
  },
);
