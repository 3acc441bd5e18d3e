import { openSqlite } from '../../../src/adapters/database/sqlite.ts';

/* One process beside others: `node write-many.ts FILE NAME COUNT` adds COUNT rows, one transaction each. */
const [file = '', name = '', count = '0'] = process.argv.slice(2);
const database = await openSqlite(file);
for (let n = 0; n < Number(count); n += 1) {
  await database.transaction(async (db) => {
    const { total } = await db
      .selectFrom('meta')
      .select((row) => row.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    await db
      .insertInto('meta')
      .values({ key: `${name}-${n}`, value: String(total) })
      .execute();
  });
}
await database.close();
