import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../../src/adapters/database/postgres.ts';
import type { Database } from '../../../src/ports/database.ts';
import { startPartition } from '../../fakes/partition.ts';
import { query, startPostgres, type TestPostgres } from '../../fakes/start-postgres.ts';

const long = process.env['KAERU_LONG'] === '1';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** An empty store, the way to it that can be cut, and a service on that way. */
async function onAWay() {
  const url = await server.database();
  const port = Number(new URL(url).port);
  const way = await startPartition(port);
  onTestFinished(() => way.stop());
  return { url, way, one: await opened(url.replace(`:${port}/`, `:${way.port}/`)) };
}

async function opened(url: string): Promise<Database> {
  const database = await openPostgres(url);
  onTestFinished(() => database.close());
  return database;
}

const put = (database: Database, key: string, within?: number) =>
  database.transaction(
    (db) => db.insertInto('meta').values({ key, value: '' }).execute(),
    within === undefined ? undefined : { within },
  );

const keys = async (url: string) => (await query(url, 'select key from meta order by key')).map((row) => row['key']);

async function timed(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work.catch(() => {});
  return performance.now() - began;
}

const unavailable = { name: 'StoreUnavailable', unclear: false };

describe('a server out of reach', () => {
  test('keeps whoever waits no longer than that: nothing they asked for is done, also when it is back', async () => {
    const { url, way, one } = await onAWay();
    await put(one, 'before');
    way.cut();
    const behind = put(one, 'without patience');
    const [first, second] = [put(one, 'first', 300), put(one, 'second', 200)];
    expect(await timed(Promise.allSettled([first, second]))).toBeLessThan(5_000);
    await expect(first).rejects.toMatchObject(unavailable);
    await expect(second).rejects.toMatchObject(unavailable);
    way.heal();
    await behind;
    await put(one, 'after', 2_000);
    expect(await keys(url)).toEqual(['after', 'before', 'without patience']);
  });

  test('in the middle of a transaction takes back what it had written', async () => {
    const { url, way, one } = await onAWay();
    const torn = one.transaction(
      async (db) => {
        await db.insertInto('meta').values({ key: 'half', value: '' }).execute();
        way.cut();
        await db.insertInto('meta').values({ key: 'whole', value: '' }).execute();
      },
      { within: 300 },
    );
    await expect(torn).rejects.toMatchObject(unavailable);
    way.heal();
    await put(one, 'after');
    expect(await keys(url)).toEqual(['after']);
  });

  test('is let go: closing waits 2 s at most, with the lock of the service', async () => {
    const { way, one } = await onAWay();
    const lock = await one.lockService('replicas');
    await put(one, 'idle connections stand');
    way.cut();
    expect(await timed(Promise.all([lock?.release(), one.close()]))).toBeLessThan(6_000);
  });

  test('counts as dead for the others once the server lets its lock go; back again it writes under its own name', async () => {
    const { url, way, one } = await onAWay();
    const other = await opened(url);
    const [lost, held] = [await one.lockService('replicas'), await other.lockService('replicas')];
    const owners = [lost?.owner ?? ''];
    await put(one, 'before');
    way.cut();
    await query(url, `select pg_terminate_backend(pid, 5000) from pg_locks where objid = ${owners[0]}`);
    expect(await held?.deadAmong(owners)).toEqual(owners);
    await put(other, 'the other goes on');
    await expect(put(one, 'lost', 300)).rejects.toMatchObject(unavailable);
    way.heal();
    await put(one, 'after');
    expect(await held?.deadAmong(owners)).toEqual([]);
    expect(await keys(url)).toEqual(['after', 'before', 'the other goes on']);
    await lost?.release();
    await held?.release();
  });

  test('is asked for a commit and never answers: nobody is told that nothing was done', async () => {
    const own = await startPostgres();
    onTestFinished(() => own.stop());
    const [url, otherUrl] = [await own.database(), await own.database()];
    const [one, other] = [await opened(url), await opened(otherUrl)];
    for (const each of [url, otherUrl]) {
      await query(
        each,
        'create function stop_here() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return null; end $$',
      );
      await query(
        each,
        'create constraint trigger late after insert on meta deferrable initially deferred for each row execute function stop_here()',
      );
    }
    const sideBySide = ['a', 'b'].map((key) =>
      other.transaction((db) => db.insertInto('meta').values({ key, value: '' }).execute(), {
        within: 60_000,
        beside: [key],
      }),
    );
    const writes = [put(one, 'who knows'), ...sideBySide];
    for (const write of writes) write.catch(() => {});
    await expect
      .poll(() => query(url, `select pid from pg_stat_activity where query = 'commit' and state = 'active'`))
      .toHaveLength(2);
    await own.down();
    for (const write of writes) await expect(write).rejects.toMatchObject({ name: 'StoreUnavailable', unclear: true });
  });

  test.runIf(long)(
    'in the middle of a transaction keeps other services from writing for 10 s at most',
    async () => {
      const { url, way, one } = await onAWay();
      const other = await opened(url);
      const frozen = one.transaction(async (db) => {
        await db.insertInto('meta').values({ key: 'frozen', value: '' }).execute();
        way.cut();
        await wait(20_000);
        await db.insertInto('meta').values({ key: 'too late', value: '' }).execute();
      });
      frozen.catch(() => {});
      await wait(500);
      await expect(put(other, 'at once', 1_000)).rejects.toMatchObject(unavailable);
      await wait(9_500);
      await put(other, 'after 10 s');
      way.heal();
      await expect(frozen).rejects.toMatchObject({ name: 'StoreUnavailable' });
      expect(await keys(url)).toEqual(['after 10 s']);
    },
    60_000,
  );
});

/** A disk of its own, where this machine lets the test have one (root on Linux). */
function tinyDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'kaeru-test', folder], {
      stdio: 'ignore',
    });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

test.runIf(long)(
  'a server whose disk is full fails what writes, whole, still reads, and takes writes again once there is room',
  async (context) => {
    const disk = tinyDisk(120) ?? context.skip('Only root may mount a disk.');
    const own = await startPostgres(disk);
    onTestFinished(() => own.stop());
    const url = await own.database();
    const { db, transaction } = await opened(url);
    const write = (key: string) =>
      transaction(async (inside) => {
        await inside
          .insertInto('meta')
          .values({ key: `${key} first`, value: '' })
          .execute();
        const value = randomBytes(200_000).toString('hex');
        for (let n = 0; n < 5; n += 1)
          await inside
            .insertInto('meta')
            .values({ key: `${key} ${n}`, value })
            .execute();
      });
    const keysOf = async () =>
      (await db.selectFrom('meta').select('key').where('key', 'like', '% first').orderBy('key').execute()).map(
        (row) => row.key,
      );
    await write('before');
    const ballast = join(disk, 'ballast');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 500_000));
    await expect(write('full')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect.poll(() => keysOf().catch(() => null), { timeout: 30_000 }).toEqual(['before first']);
    rmSync(ballast);
    await expect
      .poll(
        () =>
          write('after').then(
            () => 'taken',
            () => 'refused',
          ),
        { timeout: 30_000 },
      )
      .toBe('taken');
    expect(await keysOf()).toEqual(['after first', 'before first']);
  },
  120_000,
);

describe('somebody who stops the work', () => {
  test('stops what waits for the store at once, takes back what was begun, and hears their own reason', async () => {
    const url = await server.database();
    const other = await opened(url);
    const stop = new AbortController();
    const stopped = await openPostgres(url, stop.signal);
    onTestFinished(() => stopped.close());
    const reason = new Error('stopped by hand');
    await other.transaction(async (db) => {
      await db.insertInto('meta').values({ key: 'other', value: '' }).execute();
      const waiting = put(stopped, 'waits for the writer');
      waiting.catch(() => {});
      await wait(100);
      stop.abort(reason);
      await expect(waiting).rejects.toBe(reason);
    });
    await expect(stopped.db.selectFrom('meta').selectAll().execute()).rejects.toBe(reason);
    expect(await keys(url)).toEqual(['other']);
  });
});
