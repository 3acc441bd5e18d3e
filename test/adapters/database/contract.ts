import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Database, type Db, type ServiceLock, StoreUnavailable } from '../../../src/ports/database.ts';
import { atEnd, mustBeAlone } from '../../../src/ports/side-by-side.ts';

const together = fileURLToPath(new URL('write-together.ts', import.meta.url));
const node = ['--disable-warning=ExperimentalWarning'];
const env = { ...process.env, NODE_OPTIONS: '' };

/** One store of an engine. `open` may be called several times: each is one more service or command on the same store. */
export interface Store {
  open(): Promise<Database>;
  /** Where another process finds it: a file, or a URL. */
  address: string;
}

/** What every engine promises behind `ports/database`. `store` makes an empty store that goes with the test. */
export function databaseContract(engine: string, store: () => Promise<Store>): void {
  const opened = async (on: Store) => {
    const database = await on.open();
    onTestFinished(() => database.close());
    return database;
  };
  const put = (database: Database, key: string, value = 'v') =>
    database.transaction((db) => db.insertInto('meta').values({ key, value }).execute());
  const keys = async ({ db }: Database) => {
    const rows = await db.selectFrom('meta').select('key').orderBy('key').execute();
    return rows.map((row) => row.key);
  };

  describe(`${engine}: a store`, () => {
    test('is made and brought forward by opening it, and opening it again changes nothing', async () => {
      const on = await store();
      const first = await opened(on);
      await put(first, 'kept');
      const second = await opened(on);
      expect(await keys(second)).toEqual(['kept']);
      const steps = await migrations(second);
      expect(steps.length).toBeGreaterThan(0);
      expect(await migrations(await opened(on))).toEqual(steps);
    });

    test('written by a newer Kaeru is refused in one sentence, and stays as it is', async () => {
      const on = await store();
      const database = await opened(on);
      await database.db
        .withTables<{ kysely_migration: { name: string; timestamp: string } }>()
        .insertInto('kysely_migration')
        .values({ name: '9999', timestamp: '2030-01-01T00:00:00Z' })
        .execute();
      await expect(on.open()).rejects.toMatchObject({
        name: 'Refusal',
        code: 'newer-database',
        message: expect.stringMatching(/^[^\n]*9999[^\n]*$/),
      });
      expect(await migrations(database)).toContain('9999');
    });

    test('has a retention class for every table, and days where the class has an end', async () => {
      const { db } = await opened(await store());
      const tables = (await db.introspection.getTables()).map((table) => table.name).sort();
      const rows = await db.selectFrom('retention').selectAll().orderBy('table_name').execute();
      expect(rows.map((row) => row.table_name)).toEqual(tables);
      const days = new Map(rows.map((row) => [row.table_name, row.days]));
      expect([days.get('no_overtime_answer'), days.get('no_overtime_note'), days.get('no_overtime_decision')]).toEqual([
        93, 31, 1096,
      ]);
      expect(days.get('audit')).toBe(1826);
      expect(days.get('item'), 'an item outlives its answer').toBeGreaterThanOrEqual(93);
      for (const row of rows) expect(row.class).toMatch(/^[a-z-]+$/);
    });

    test('gives back what it was given: null, empty and long texts, signs of every kind, instants', async () => {
      const { db } = await opened(await store());
      const texts = ['', '髙﨑 𠮷田 👨‍👩‍👧', "'; drop table meta; --", 'あ'.repeat(100_000), 'line\nline\ttab'];
      for (const [index, value] of texts.entries())
        await db
          .insertInto('meta')
          .values({ key: `k${index}`, value })
          .execute();
      const rows = await db.selectFrom('meta').selectAll().orderBy('key').execute();
      expect(rows.map((row) => row.value)).toEqual(texts);
      const far = Date.UTC(2999, 0, 1);
      await db.insertInto('holiday').values({ date: '2999-01-01', name: null, import_id: 'i' }).execute();
      await db.insertInto('handled_activity').values({ activity_id: 'a', handled_at: far }).execute();
      const back = await db.selectFrom('handled_activity').select('handled_at').executeTakeFirstOrThrow();
      expect(Number(back.handled_at)).toBe(far);
      expect((await db.selectFrom('holiday').select('name').executeTakeFirstOrThrow()).name).toBeNull();
    });
  });

  describe(`${engine}: a transaction`, () => {
    test('is kept whole, and seen by others once it is', async () => {
      const on = await store();
      const [one, other] = [await opened(on), await opened(on)];
      await one.transaction(async (db) => {
        await db.insertInto('meta').values({ key: 'a', value: '1' }).execute();
        expect(await keys(other)).toEqual([]);
        await db.insertInto('meta').values({ key: 'b', value: '2' }).execute();
      });
      expect(await keys(other)).toEqual(['a', 'b']);
    });

    test('that throws leaves nothing, whatever it had written', async () => {
      const database = await opened(await store());
      const failed = database.transaction(async (db) => {
        await db.insertInto('meta').values({ key: 'a', value: '1' }).execute();
        await db.insertInto('meta').values({ key: 'a', value: 'twice' }).execute();
      });
      await expect(failed).rejects.toThrow();
      expect(await keys(database)).toEqual([]);
      await put(database, 'after');
      expect(await keys(database)).toEqual(['after']);
    });

    test('gives what its work gives', async () => {
      const database = await opened(await store());
      expect(await database.transaction(async () => 42)).toBe(42);
    });

    test('beside others of the same service loses no update', async () => {
      const database = await opened(await store());
      await put(database, 'count', '0');
      const add = () =>
        database.transaction(async (db) => {
          const { value } = await db
            .selectFrom('meta')
            .select('value')
            .where('key', '=', 'count')
            .executeTakeFirstOrThrow();
          await db
            .updateTable('meta')
            .set({ value: String(Number(value) + 1) })
            .where('key', '=', 'count')
            .execute();
        });
      await Promise.all(Array.from({ length: 30 }, add));
      expect((await database.db.selectFrom('meta').select('value').executeTakeFirstOrThrow()).value).toBe('30');
    });
  });

  describe(`${engine}: use-cases that somebody waits for`, () => {
    const patience = { within: 20_000 };
    const row = (db: Db, key: string, value = 'v') => db.insertInto('meta').values({ key, value }).execute();

    test('share a commit where they wait at the same time: each has its answer, and none is told before it is kept', async () => {
      const on = await store();
      const [one, other] = [await opened(on), await opened(on)];
      const seen: string[][] = [];
      const answers = ['a', 'b', 'c'].map((key) =>
        one.transaction(async (db) => {
          await row(db, key);
          seen.push(await keys(other));
          return key;
        }, patience),
      );
      const first = answers[0]?.then(() => keys(other));
      expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
      expect(await first).toEqual(['a', 'b', 'c']);
      expect(seen, 'nobody sees one of them before all').toEqual([[], [], []]);
    });

    test('follow each other: one finds what the one before it has done, however many they are', async () => {
      const database = await opened(await store());
      await put(database, 'count', '0');
      const add = () =>
        database.transaction(async (db) => {
          const found = await db.selectFrom('meta').select('value').executeTakeFirstOrThrow();
          await db
            .updateTable('meta')
            .set({ value: String(Number(found.value) + 1) })
            .execute();
          return found.value;
        }, patience);
      const counted = await Promise.all(Array.from({ length: 150 }, add));
      expect(counted).toEqual(counted.map((_, before) => String(before)));
    });

    test('fail alone: what one has written before it threw is taken back, and the others are kept', async () => {
      const database = await opened(await store());
      const own = new Error('mine alone');
      const all = [
        database.transaction((db) => row(db, 'before'), patience),
        database.transaction(async (db) => {
          await row(db, 'half');
          await db.updateTable('meta').set({ value: 'spoilt' }).execute();
          throw own;
        }, patience),
        database.transaction(async (db) => {
          await row(db, 'half');
          await row(db, 'before');
        }, patience),
        database.transaction((db) => row(db, 'after'), patience),
      ];
      const [before, thrown, refused, after] = await Promise.allSettled(all);
      expect([before?.status, after?.status]).toEqual(['fulfilled', 'fulfilled']);
      expect(thrown).toEqual({ status: 'rejected', reason: own });
      expect(refused?.status, 'its key was there already').toBe('rejected');
      const rows = await database.db.selectFrom('meta').selectAll().orderBy('key').execute();
      expect(rows).toEqual([
        { key: 'after', value: 'v' },
        { key: 'before', value: 'v' },
      ]);
    });

    test.each<[string, (db: Db) => Promise<unknown>]>([
      ['a store that answers no statement', () => Promise.reject(new StoreUnavailable('gone'))],
      ['a commit that is refused', (db) => sql`insert into lent values ('to nobody')`.execute(db)],
    ])(
      'fail together with %s: nothing of them is kept, and everybody is told that it is the store',
      async (_, fault) => {
        const database = await opened(await store());
        await sql`create table lent (key text references meta (key) deferrable initially deferred)`.execute(
          database.db,
        );
        const all = [
          database.transaction((db) => row(db, 'before'), patience),
          database.transaction(fault, patience),
          database.transaction((db) => row(db, 'after'), patience),
        ];
        for (const one of await Promise.allSettled(all))
          expect(one).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable' } });
        expect(await keys(database)).toEqual([]);
        await database.transaction((db) => row(db, 'later'), patience);
        expect(await keys(database)).toEqual(['later']);
      },
    );

    test('are kept all or none when the process is killed: whoever was answered is kept', async () => {
      const on = await store();
      const database = await opened(on);
      for (const [killed, kept] of [
        ['inside', 0],
        ['answered', 5],
      ] as const) {
        const child = spawn(process.execPath, [...node, together, on.address, killed], { env });
        onTestFinished(() => void child.kill('SIGKILL'));
        const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
        expect(String(said)).toBe(`${killed}\n`);
        child.kill('SIGKILL');
        await once(child, 'exit');
        await expect.poll(() => keys(database), { timeout: 5_000 }).toHaveLength(kept);
        await put(database, 'goes on');
        await database.db.deleteFrom('meta').execute();
      }
    });
  });

  describe(`${engine}: use-cases that name what they change`, () => {
    const named = (...beside: string[]) => ({ within: 20_000, beside });
    const add = async (db: Db, key: string) => {
      const found = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
      const value = String(Number(found?.value ?? 0) + 1);
      await db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((held) => held.column('key').doUpdateSet({ value }))
        .execute();
    };
    const held = async ({ db }: Database) => {
      const rows = await db.selectFrom('meta').selectAll().orderBy('key').execute();
      return Object.fromEntries(rows.map((row) => [row.key, row.value]));
    };

    test('lose nothing beside each other, beside writers who name nothing, and beside other services', async () => {
      const on = await store();
      const services = [await opened(on), await opened(on)];
      const all = Array.from({ length: 30 }, (_, n) => {
        const key = `k${n % 3}`;
        const patience = n % 10 === 9 ? undefined : n % 7 === 6 ? { within: 20_000 } : named(key, `other ${key}`);
        return services[n % 2]?.transaction((db) => add(db, key), patience);
      });
      await Promise.all(all);
      expect(await held(services[0] as Database)).toEqual({ k0: '10', k1: '10', k2: '10' });
    });

    test('fail alone: what one has written is taken back, and the others are kept', async () => {
      const database = await opened(await store());
      const own = new Error('mine alone');
      const all = ['a', 'b', 'c'].map((key) =>
        database.transaction(async (db) => {
          await add(db, key);
          if (key === 'b') throw own;
          return key;
        }, named(key)),
      );
      expect(await Promise.allSettled(all)).toMatchObject([{ value: 'a' }, { reason: own }, { value: 'c' }]);
      expect(await held(database)).toEqual({ a: '1', c: '1' });
    });

    test('fail together with a store that answers no statement', async () => {
      const database = await opened(await store());
      const all = ['a', 'b'].map((key) =>
        database.transaction(async (db) => {
          await add(db, key);
          if (key === 'b') throw new StoreUnavailable('gone');
        }, named(key)),
      );
      for (const one of await Promise.allSettled(all))
        expect(one).toMatchObject({ reason: { name: 'StoreUnavailable' } });
      expect(await held(database)).toEqual({});
    });

    test('find what they left to the end done when they are kept, and nothing of it where they are not', async () => {
      const database = await opened(await store());
      const touch = async (db: Db, all: string[]) => {
        for (const key of all) await add(db, key);
      };
      const work = (key: string) => async (db: Db) => {
        await atEnd(db, 'touched', ['z', 'y'], touch);
        await add(db, key);
        if (key === 'c') throw new Error('mine alone');
      };
      await Promise.allSettled(['a', 'b', 'c'].map((key) => database.transaction(work(key), named(key))));
      const { y, z, ...own } = await held(database);
      expect(own).toEqual({ a: '1', b: '1' });
      expect(Number(y), 'once for both, or for each').toBeGreaterThan(0);
      expect(z).toBe(y);
      expect(Number(y)).toBeLessThanOrEqual(2);
    });

    test('are taken alone where they ask for it, once each', async () => {
      const database = await opened(await store());
      const work = (key: string) => async (db: Db) => {
        if (key === 'b') mustBeAlone(db);
        await add(db, key);
        return key;
      };
      const all = ['a', 'b', 'c'].map((key) => database.transaction(work(key), named(key)));
      expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
      expect(await held(database)).toEqual({ a: '1', b: '1', c: '1' });
    });
  });

  describe(`${engine}: a unique key`, () => {
    test('lets one insert win and the others know', async () => {
      const on = await store();
      const databases = [await opened(on), await opened(on)];
      const row = { activity_id: 'a', handled_at: 1 };
      const won = [];
      for (const { db } of databases) {
        const insert = db
          .insertInto('handled_activity')
          .values(row)
          .onConflict((conflict) => conflict.column('activity_id').doNothing());
        won.push(Number((await insert.executeTakeFirst()).numInsertedOrUpdatedRows ?? 0));
      }
      expect(won).toEqual([1, 0]);
    });
  });

  describe(`${engine}: the lock`, () => {
    test('is held by one service at a time and free again after it', async () => {
      const on = await store();
      const [one, other] = [await opened(on), await opened(on)];
      const held = await one.lockService('alone');
      expect(held?.owner).toMatch(/\S/);
      expect(await other.lockService('alone')).toBeNull();
      await held?.release();
      const next: ServiceLock | null = await other.lockService('alone');
      expect(next).not.toBeNull();
      expect(next?.owner).not.toBe(held?.owner);
      await next?.release();
    });

    test('does not stand in the way of commands beside the service', async () => {
      const on = await store();
      const [service, command] = [await opened(on), await opened(on)];
      const held = await service.lockService('alone');
      await put(command, 'imported');
      expect(await keys(service)).toEqual(['imported']);
      await held?.release();
    });
  });
}

async function migrations({ db }: Database): Promise<string[]> {
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map((row) => row.name);
}
