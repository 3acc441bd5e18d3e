import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isServiceRunning } from '../../../src/adapters/database/service-lock.ts';
import { openSqlite } from '../../../src/adapters/database/sqlite.ts';
import { databaseContract } from './contract.ts';

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'kaeru.db');
}

async function opened(file: string) {
  const database = await openSqlite(file);
  onTestFinished(() => database.close());
  return database;
}

const writeMany = fileURLToPath(new URL('./write-many.ts', import.meta.url));
const holdLock = fileURLToPath(new URL('./hold-lock.ts', import.meta.url));
const node = ['--disable-warning=ExperimentalWarning'];

databaseContract('SQLite', async () => {
  const file = aFile();
  return { open: () => openSqlite(file), address: file };
});

describe('the file', () => {
  test('is durable at every commit and overwrites what is deleted', async () => {
    const { db } = await opened(aFile());
    const value = async (pragma: string) =>
      Object.values((await sql.raw(`pragma ${pragma}`).execute(db)).rows[0] ?? {})[0];
    expect(await value('journal_mode')).toBe('wal');
    expect(await value('synchronous')).toBe(2);
    expect(await value('secure_delete')).toBe(1);
    expect(await value('foreign_keys')).toBe(1);
  });

  test('of a folder that is not there yet is made with the folder', async () => {
    const file = join(aFile(), '..', 'deep', 'er', 'kaeru.db');
    await opened(file);
    expect(statSync(file).isFile()).toBe(true);
  });

  test('in memory is a store of this process alone', async () => {
    const database = await opened(':memory:');
    await database.db.insertInto('meta').values({ key: 'a', value: '1' }).execute();
    expect(await (await opened(':memory:')).db.selectFrom('meta').selectAll().execute()).toEqual([]);
    expect(await database.lockService('alone')).not.toBeNull();
  });
});

describe('a store that cannot be used', () => {
  test('because it is no database says that the store is at fault', async () => {
    const file = aFile();
    writeFileSync(file, 'this is a text and no database, long enough to have a header of its own '.repeat(100));
    await expect(openSqlite(file).then((made) => made.close())).rejects.toMatchObject({
      name: expect.stringMatching(/StoreUnavailable|Refusal/),
    });
  });

  test('because a folder stands in its place says that the store is unavailable', async () => {
    const file = aFile();
    mkdirSync(file);
    await expect(openSqlite(file)).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });

  test('because it is full fails the transaction whole, and works again when there is room', async () => {
    const database = await opened(aFile());
    const { db } = database;
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql.raw(`pragma max_page_count = ${(rows[0]?.page_count ?? 0) + 2}`).execute(db);
    const fill = database.transaction(async (inside) => {
      await inside.insertInto('meta').values({ key: 'small', value: '1' }).execute();
      await inside
        .insertInto('meta')
        .values({ key: 'big', value: 'x'.repeat(200_000) })
        .execute();
    });
    await expect(fill).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await db.selectFrom('meta').selectAll().execute()).toEqual([]);
    await sql.raw('pragma max_page_count = 1000000').execute(db);
    await database.transaction((inside) => inside.insertInto('meta').values({ key: 'later', value: '1' }).execute());
    expect(await db.selectFrom('meta').select('key').execute()).toEqual([{ key: 'later' }]);
  });

  test('because it may only be read fails what writes and not what reads', async () => {
    const { db } = await opened(aFile());
    await sql.raw('pragma query_only = on').execute(db);
    await expect(db.insertInto('meta').values({ key: 'a', value: '1' }).execute()).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    expect(await db.selectFrom('meta').selectAll().execute()).toEqual([]);
  });

  test('because the statement is wrong is not called unavailable', async () => {
    const { db } = await opened(aFile());
    await expect(sql.raw('select * from no_such_table').execute(db)).rejects.toMatchObject({
      message: expect.stringContaining('no_such_table'),
    });
    await db.insertInto('meta').values({ key: 'a', value: '1' }).execute();
    const twice = db.insertInto('meta').values({ key: 'a', value: '2' }).execute();
    await expect(twice).rejects.not.toMatchObject({ name: 'StoreUnavailable' });
  });
});

describe('beside other processes', () => {
  test('writers wait for each other and lose nothing', async () => {
    const file = aFile();
    const database = await opened(file);
    const run = promisify(execFile);
    const env = { ...process.env, NODE_OPTIONS: '' };
    await Promise.all(['a', 'b'].map((name) => run(process.execPath, [...node, writeMany, file, name, '60'], { env })));
    const rows = await database.db.selectFrom('meta').selectAll().execute();
    expect(rows).toHaveLength(120);
    expect(rows.map((row) => Number(row.value)).sort((a, b) => a - b)).toEqual(rows.map((_row, index) => index));
  });

  test('the lock of a service that is killed is free at once, and no store is brought forward beside a running one', async () => {
    const file = aFile();
    await (await openSqlite(file)).close();
    const service = spawn(process.execPath, [...node, holdLock, file], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    onTestFinished(() => void service.kill('SIGKILL'));
    const [said] = await once(service.stdout, 'data');
    expect(String(said)).toBe('locked\n');
    const database = await opened(file);
    expect(isServiceRunning(file)).toBe(true);
    expect(await database.lockService('alone')).toBeNull();
    forgetMigrations(file);
    await expect(openSqlite(file)).rejects.toMatchObject({ name: 'Refusal', code: 'service-running' });
    service.kill('SIGKILL');
    await once(service, 'exit');
    expect(isServiceRunning(file)).toBe(false);
    const lock = await database.lockService('alone');
    expect(lock).not.toBeNull();
    await lock?.release();
  });
});

/** Makes a store look older than it is: as if no step had been taken. */
function forgetMigrations(file: string): void {
  const raw = new DatabaseSync(file, { timeout: 5000 });
  raw.exec('delete from kysely_migration');
  raw.close();
}
