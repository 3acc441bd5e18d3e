import { sql } from 'kysely';
import { openPostgres } from '../../../src/adapters/database/postgres.ts';

/*
 * One process beside others. `write URL NAME COUNT` adds COUNT rows, one transaction each, with the number of rows it found,
 * and as often one sign to a row by a lone statement; `hold URL` takes the service lock, says so and stays until it is killed;
 * `join URL` joins as a replica, says under which name, and stays.
 */
const [act = '', url = '', name = '', count = '0'] = process.argv.slice(2);
const database = await openPostgres(url);

if (act === 'hold') {
  const lock = await database.lockService('alone');
  process.stdout.write(lock ? 'locked\n' : 'refused\n');
  setInterval(() => {}, 60_000);
} else if (act === 'join') {
  const lock = await database.lockService('replicas');
  process.stdout.write(`${lock?.owner}\n`);
  setInterval(() => {}, 60_000);
} else {
  for (let n = 0; n < Number(count); n += 1) await Promise.all([addRow(n), addSign()]);
  await database.close();
}

function addRow(n: number): Promise<void> {
  return database.transaction(async (db) => {
    const { total } = await db
      .selectFrom('meta')
      .select((row) => row.fn.countAll<number>().as('total'))
      .where('key', '!=', 'lone')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('meta')
      .values({ key: `${name}-${n}`, value: String(total) })
      .execute();
  });
}

async function addSign(): Promise<void> {
  await database.db
    .insertInto('meta')
    .values({ key: 'lone', value: 'x' })
    .onConflict((held) => held.column('key').doUpdateSet({ value: sql`meta.value || 'x'` }))
    .execute();
}
