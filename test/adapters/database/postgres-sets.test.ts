import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../../src/adapters/database/postgres.ts';
import type { Statement } from '../../../src/adapters/database/postgres-burst.ts';
import { askOneByOne, inSets } from '../../../src/adapters/database/postgres-sets.ts';
import type { Database, Db } from '../../../src/ports/database.ts';
import { kept, keptRows, type Slots } from '../../../src/ports/kept-query.ts';
import { startPostgres, type TestPostgres } from '../../fakes/start-postgres.ts';

/** How many statements leave for those that were asked. */
const leave = (texts: (string | [string, ...unknown[]])[], isKept = true) => {
  const all = texts.map((one): Statement => {
    const [text, ...values] = typeof one === 'string' ? [one, 'a'] : one;
    return { name: isKept ? 'kept' : undefined, text, values };
  });
  return inSets(all, () => 'kept').map(({ statement, asked }) => `${asked.length} ${statement.text}`);
};

const put =
  'insert into "meta" ("key", "value") values ($1, $2) on conflict ("key") do update set "value" = "excluded"."value"';

describe('statements that are asked at once', () => {
  test('go as one where only their values differ: reads, changes of rows by their id, new rows', () => {
    const read = 'select "value" from "meta" where "key" = $1';
    const touch = 'update "item" set "revision" = "revision" + $1 where "id" = $2';
    const two =
      'insert into "meta" ("key", "value") values ($1, $2), ($3, $4) on conflict ("key") do update set "value" = "excluded"."value"';
    expect(
      leave([
        [read, 'a'],
        [read, 'b'],
      ]),
    ).toEqual([expect.stringMatching(/^2 select kaeru_asked/)]);
    expect(
      leave([
        [touch, 1, 'a'],
        [touch, 1, 'b'],
      ]),
    ).toEqual(['2 update "item" set "revision" = "revision" + $1 where "id" = any($2::text[])']);
    expect(
      leave([
        [put, 'a', '1'],
        [two, 'b', '2', 'c', '3'],
        [put, 'd', '4'],
      ]),
    ).toEqual([
      expect.stringMatching(/^3 insert into "meta" .* json_populate_recordset\(null::"meta", \$1\) on conflict/),
    ]);
  });

  test.each([
    ['in an order of their own', 'select "value" from "meta" where "key" > $1 order by "key"'],
    ['as a number of rows', 'select "value" from "meta" where "key" > $1 limit 1'],
    ['under locks', 'select "value" from "meta" where "key" = $1 for update'],
    ['with what came of it', 'update "meta" set "value" = \'x\' where "id" = $1 returning "value"'],
    ['with rows that come back', 'insert into "meta" ("key") values ($1) on conflict do nothing returning "key"'],
    ['by what stands in other rows', 'update "item" set "place" = (select 1) where "id" = $1'],
    ['by another column', 'update "item" set "place" = 1 where "staff" = $1'],
    ['by a deletion', 'delete from "meta" where "key" = $1'],
  ])('go one by one where they are asked %s', (_, text) => {
    expect(
      leave([
        [text, 'a'],
        [text, 'b'],
      ]),
    ).toEqual([`1 ${text}`, `1 ${text}`]);
  });

  test('go one by one where their values are nobody’s list: the same id twice, other values beside it, nothing, a fraction, bytes', () => {
    const touch = 'update "item" set "revision" = $1 where "id" = $2';
    const read = 'select "value" from "meta" where "key" = $1';
    expect(
      leave([
        [touch, 1, 'a'],
        [touch, 1, 'a'],
      ]),
    ).toHaveLength(2);
    expect(
      leave([
        [touch, 1, 'a'],
        [touch, 2, 'b'],
      ]),
    ).toHaveLength(2);
    expect(
      leave([
        [read, 'a'],
        [read, null],
      ]),
    ).toHaveLength(2);
    expect(
      leave([
        [read, 'a'],
        [read, 1],
      ]),
    ).toHaveLength(2);
    expect(
      leave([
        [read, 1],
        [read, 0.5],
      ]),
    ).toHaveLength(2);
    expect(
      leave([
        [put, 'a', '1'],
        [put, 'b', Buffer.from('2')],
      ]),
    ).toHaveLength(2);
  });

  test('go as rows of one statement, even one alone, where the server would not keep their text: it is too long', () => {
    const two = put.replace('($1, $2)', '($1, $2), ($3, $4)');
    const rows: [string, ...unknown[]][] = [[two, 'a', '1', 'b', '2']];
    expect(leave(rows)).toEqual([`1 ${two}`]);
    expect(leave(rows, false)).toEqual([expect.stringMatching(/^1 insert into "meta" .* json_populate_recordset/)]);
    const read = 'select "value" from "meta" where "key" = $1';
    expect(leave([[read, 'a']], false), 'a read is asked as it is').toEqual([`1 ${read}`]);
  });

  test('go as they are, also where they are too long to be kept, once the server has not understood them as one', () => {
    const text = 'insert into "unknown" ("key") values ($1), ($2)';
    const asked: Statement = { name: undefined, text, values: ['a', 'b'] };
    const going = inSets([asked], () => undefined);
    expect(going[0]?.statement.text).toContain('json_populate_recordset');
    askOneByOne(going);
    expect(inSets([asked, asked], () => undefined).map(({ statement }) => statement.text)).toEqual([text, text]);
  });

  test('keep their order where one writes what another names', () => {
    const read = 'select "value" from "meta" where "key" = $1';
    const other = 'select "id" from "item" where "id" = $1';
    const wide = 'with "known" as (select 1) update "staff_row" set "name" = $1';
    expect(leave([read, [put, 'a', 'b'], read]).map((one) => one.slice(0, 8))).toEqual([
      '1 select',
      '1 insert',
      '1 select',
    ]);
    expect(leave([other, [put, 'a', 'b'], other]).map((one) => one.slice(0, 8))).toEqual(['2 select', '1 insert']);
    expect(leave([read, wide, read]).map((one) => one.slice(0, 8))).toEqual(['1 select', '1 with "', '1 select']);
  });
});

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const rowOf = kept((db, is: Slots<{ key: string }>) => db.selectFrom('meta').selectAll().where('key', '=', is('key')));
const longer = kept((db, is: Slots<{ key: string; than: number }>) =>
  db
    .selectFrom('meta')
    .select(['key', (row) => row.fn<number>('length', ['value']).as('long')])
    .where('key', '>=', is('key'))
    .where(sql<boolean>`length(value) > ${is('than')}`),
);
const putRow = keptRows<{ key: string; value: string }>(['key', 'value'], (db, rows) =>
  db
    .insertInto('meta')
    .values(rows)
    .onConflict((held) => held.column('key').doUpdateSet(({ ref }) => ({ value: ref('excluded.value') }))),
);
const wronglyTyped = kept((db, is: Slots<{ value: number }>) =>
  db
    .selectFrom('meta')
    .select('key')
    .where('value', '=', sql<string>`${is('value')}`),
);

/** All that PostgreSQL keeps: it knows no U+0000, and half a character becomes the replacement sign on the way. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', 'NULL', '"', '\\', '{}', 'a,b', "'", '\n', ' ', '見本', '𠮟る', '\ud800', '$1'),
);
const asKept = (text: string) => text.replaceAll('\0', '\ufffd').toWellFormed();

describe('use-cases side by side on PostgreSQL', () => {
  test('read and write as they would one after the other, whatever their values are', async () => {
    const store = await opened();
    const ofAny = fc.asyncProperty(
      fc.uniqueArray(fc.record({ key: anyText.map(asKept), value: anyText, than: fc.integer({ min: -3, max: 9 }) }), {
        minLength: 2,
        maxLength: 30,
        selector: ({ key }) => key,
      }),
      async (all) => {
        await sql`delete from meta`.execute(store.db);
        let runs = 0;
        const writes = all.map(({ key, value }) => (db: Db) => {
          runs += 1;
          return putRow(db, [{ key, value }]);
        });
        await beside(store, writes);
        const reads = all.map(({ key, than }) => async (db: Db) => {
          runs += 1;
          const [own, others] = await Promise.all([rowOf(db, { key }), longer(db, { key, than })]);
          return { own, others: others.map((row) => row.key).sort() };
        });
        const found = await beside(store, reads);
        expect(runs, 'nothing was done a second time').toBe(all.length * 2);
        const bytes = (text: string) => Buffer.from(text);
        for (const [n, { key, value, than }] of all.entries()) {
          expect(found[n]?.own).toEqual([{ key, value: asKept(value) }]);
          const others = all.filter(
            (one) => bytes(one.key).compare(bytes(key)) >= 0 && [...asKept(one.value)].length > than,
          );
          expect(found[n]?.others).toEqual(others.map((one) => one.key).sort());
        }
      },
    );
    await fc.assert(ofAny, { numRuns: process.env['KAERU_LONG'] === '1' ? 1_000 : 30 });
  });

  test('are done a second time, and from then on one by one, where the server does not understand them as one', async () => {
    const store = await opened();
    await putRow(store.db, [{ key: 'five', value: '5' }]);
    let runs = 0;
    const ask = [5, 6].map((value) => async (db: Db) => {
      runs += 1;
      return (await wronglyTyped(db, { value })).length;
    });
    expect(await beside(store, ask)).toEqual([1, 0]);
    expect(runs).toBe(4);
    expect(await beside(store, ask)).toEqual([1, 0]);
    expect(runs).toBe(6);
  });
});

async function opened(): Promise<Database> {
  const store = await openPostgres(await server.store());
  onTestFinished(() => store.close());
  return store;
}

/** All at once, each under a name of its own. */
function beside<T>(store: Database, all: ((db: Db) => Promise<T>)[]): Promise<T[]> {
  return Promise.all(all.map((one, n) => store.transaction(one, { within: 20_000, beside: [`${n}`] })));
}
