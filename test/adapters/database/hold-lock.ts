import { openSqlite } from '../../../src/adapters/database/sqlite.ts';

/* A service that takes the lock of FILE, says so and stays until it is killed. */
const database = await openSqlite(process.argv[2] ?? '');
const lock = await database.lockService('alone');
process.stdout.write(lock ? 'locked\n' : 'refused\n');
setInterval(() => {}, 60_000);
