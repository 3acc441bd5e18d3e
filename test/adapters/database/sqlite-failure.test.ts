import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../../src/adapters/database/sqlite.ts';
import { watchWrites } from '../../../src/adapters/database/write-watch.ts';
import type { Database } from '../../../src/ports/database.ts';

async function aStore(stop?: AbortSignal): Promise<{ file: string; database: Database }> {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'kaeru.db');
  const database = await openSqlite(file, stop);
  onTestFinished(() => database.close());
  return { file, database };
}

/** Another process that is writing. */
function writerOf(file: string): { end(): void } {
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  return { end: () => other.close() };
}

const put = (database: Database, key: string, within?: number) =>
  database.transaction(
    (db) => db.insertInto('meta').values({ key, value: '' }).execute(),
    within === undefined ? undefined : { within },
  );

const keys = async ({ db }: Database) =>
  (await db.selectFrom('meta').select('key').orderBy('key').execute()).map((row) => row.key);

test('while another process writes, a writer waits for it, and this process reads and answers others meanwhile', async () => {
  const { file, database } = await aStore();
  const other = writerOf(file);
  const writing = put(database, 'mine');
  let turns = 0;
  for (const end = performance.now() + 300; performance.now() < end; turns += 1) {
    expect(await keys(database)).toEqual([]);
    await wait(5);
  }
  expect(turns).toBeGreaterThan(3);
  other.end();
  await writing;
  expect(await keys(database)).toEqual(['mine']);
});

test('whoever waits only so long is told in that time, and nothing of it is done later', async () => {
  const { file, database } = await aStore();
  const other = writerOf(file);
  const began = performance.now();
  await expect(put(database, 'mine', 200)).rejects.toMatchObject({ name: 'StoreUnavailable', unclear: false });
  expect(performance.now() - began).toBeLessThan(3_000);
  other.end();
  await put(database, 'later');
  expect(await keys(database)).toEqual(['later']);
});

test('work that is stopped is heard in the middle of many statements, and taken back whole', async () => {
  const stop = new AbortController();
  const { file, database } = await aStore(stop.signal);
  const reason = new Error('stopped by hand');
  const timer = setTimeout(() => stop.abort(reason), 20);
  onTestFinished(() => clearTimeout(timer));
  const endless = database.transaction(async (db) => {
    for (let key = 0; ; key += 1)
      await db
        .insertInto('meta')
        .values({ key: String(key), value: '' })
        .execute();
  });
  await expect(endless).rejects.toBe(reason);
  await expect(keys(database)).rejects.toBe(reason);
  const after = await openSqlite(file);
  expect(await keys(after)).toEqual([]);
  await after.close();
});

test('a store that took no write is asked anew until it does', async () => {
  const { file, database: plain } = await aStore();
  const { database, takesWrites } = watchWrites(plain);
  expect(await takesWrites()).toBe(true);
  await sql.raw('pragma query_only = on').execute(plain.db);
  await expect(put(database, 'full')).rejects.toMatchObject({ name: 'StoreUnavailable' });
  await expect(takesWrites()).rejects.toMatchObject({ name: 'StoreUnavailable' });
  await sql.raw('pragma query_only = off').execute(plain.db);
  expect(await takesWrites()).toBe(true);
  const other = writerOf(file);
  expect(await takesWrites(), 'nothing is written where all is well').toBe(true);
  other.end();
});
