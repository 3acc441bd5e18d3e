import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { Database, Db, ServiceLock } from '../../ports/database.ts';
import { Refusal } from '../../ports/room.ts';
import type { Tables } from '../../ports/tables.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { NodeSqlite } from './node-sqlite.ts';
import { holdLock, lockFileOf } from './service-lock.ts';
import { SharedCommits } from './shared-commits.ts';
import { NodeSqliteDialect, whenFree } from './sqlite-driver.ts';

const lookAgainAfter = 100;
const longestWait = 5000;

/**
 * Opens the store, makes it when it is missing and brings it forward. Refuses (Refusal) a newer store, and to bring an
 * older one forward while a service runs on it. `:memory:` is a store of this process alone. `stop`: all work on the store
 * fails with its reason from the moment it fires; what was begun is taken back.
 */
export async function openSqlite(file: string, stop?: AbortSignal): Promise<Database> {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const db: Db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(new NodeSqlite(file), stop) });
  try {
    await bringForward(db, file);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const shared = new SharedCommits((work, within) => whenFree(() => db.transaction().execute(work), within));
  return {
    db,
    transaction: (work, patience) => {
      return patience ? shared.add(work, patience.within) : whenFree(() => db.transaction().execute(work));
    },
    lockService: async () => lockOf(file),
    sharedElapsed: null,
    close: () => db.destroy(),
  };
}

/** Two first commands may meet on one store: the second waits for the first as long as a statement waits for another. */
async function bringForward(db: Db, file: string): Promise<void> {
  for (let waited = 0; (await pendingMigrations(db)).length > 0; waited += lookAgainAfter) {
    const lock = lockOf(file);
    if (lock) return whenFree(() => migrate(db)).finally(() => lock.release());
    if (waited >= longestWait) throw serviceRunning(file);
    await sleep(lookAgainAfter);
  }
}

function serviceRunning(file: string): Refusal {
  return new Refusal(
    'service-running',
    'サービスの稼働中はデータベースを更新できません。サービスを止めてから実行してください。',
    file,
  );
}

/** On a file there is one service: whoever else claimed something has died. */
function lockOf(file: string): ServiceLock | null {
  const owner = `${process.pid}-${process.hrtime.bigint().toString(36)}`;
  const deadAmong = async (owners: string[]) => owners.filter((one) => one !== owner);
  if (file === ':memory:') return { owner, deadAmong, release: async () => {} };
  const lock = holdLock(lockFileOf(file));
  return lock && { owner, deadAmong, release: async () => lock.release() };
}
