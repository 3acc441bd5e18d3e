import { openPostgres } from '../../../src/adapters/database/postgres.ts';
import { openSqlite } from '../../../src/adapters/database/sqlite.ts';

/*
 * Five use-cases that wait at the same time, for a process that is killed: `write-together.ts FILE-OR-URL inside` stands still
 * in the last of them, `answered` after the first of them was answered. It says where it stands.
 */
const [address = '', where = ''] = process.argv.slice(2);
const database = await (address.startsWith('postgres') ? openPostgres(address) : openSqlite(address));
const say = () => void process.stdout.write(`${where}\n`);
setInterval(() => {}, 60_000);

const writes = [1, 2, 3, 4, 5].map((n) =>
  database.transaction(
    async (db) => {
      await db
        .insertInto('meta')
        .values({ key: `row-${n}`, value: '' })
        .execute();
      if (n < 5 || where !== 'inside') return;
      say();
      await new Promise(() => {});
    },
    { within: 20_000 },
  ),
);
await writes[0];
say();
