import { describe, expect, onTestFinished, test } from 'vitest';
import type { Database, ServiceLock } from '../../../src/ports/database.ts';

/** One store of an engine. `open` may be called several times: each is one more service or command on the same store. */
export interface Store {
  open(): Promise<Database>;
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
