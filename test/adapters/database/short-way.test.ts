import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../../src/adapters/database/sqlite.ts';
import type { Database, Db } from '../../../src/ports/database.ts';
import { kept, type Slots } from '../../../src/ports/kept-query.ts';

const put = kept((db, is: Slots<{ key: string; value: string }>) =>
  db.insertInto('meta').values({ key: is('key'), value: is('value') }),
);
const found = kept((db, is: Slots<{ key: string }>) => db.selectFrom('meta').selectAll().where('key', '=', is('key')));

let database: Database;
beforeEach(async () => {
  database = await openSqlite(':memory:');
});
afterEach(() => database.close());

test('a kept statement outside a transaction sees nothing of one that is open, and is not part of it', async () => {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const undone = database.transaction(async (db) => {
    await put(db, { key: 'inside', value: '1' });
    await held;
    throw new Error('taken back');
  });
  await new Promise(setImmediate);
  const seen = found(database.db, { key: 'inside' });
  const written = put(database.db, { key: 'outside', value: '2' });
  letGo();
  await expect(undone).rejects.toThrow('taken back');
  expect(await seen).toEqual([]);
  await written;
  expect(await found(database.db, { key: 'outside' })).toMatchObject([{ value: '2' }]);
});

test('a kept statement that is asked after its transaction has ended is refused', async () => {
  let leaked: Db | null = null;
  await database.transaction(async (db) => {
    leaked = db;
    await put(db, { key: 'kept', value: '1' });
  });
  const late = leaked as Db | null;
  if (!late) throw new Error('The work did not run.');
  await expect(put(late, { key: 'late', value: '2' })).rejects.toThrow();
  expect(await found(database.db, { key: 'late' })).toEqual([]);
});
