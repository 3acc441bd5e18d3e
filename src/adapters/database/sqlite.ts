import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { Database, Db, ServiceLock } from '../../ports/database.ts';
import { takeShortWay } from '../../ports/kept-query.ts';
import { Refusal } from '../../ports/room.ts';
import type { Tables } from '../../ports/tables.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { NodeSqlite } from './node-sqlite.ts';
import { holdLock, lockFileOf } from './service-lock.ts';
import { oneByOne, SharedCommits } from './shared-commits.ts';
import { NodeSqliteDialect, whenFree } from './sqlite-driver.ts';
import { onWayInside, wayOutside } from './sqlite-short-way.ts';

const lookAgainAfter = 100;
const longestWait = 5000;
/** Presses that share a commit: for so long nothing else of the process has its turn. */
const mostBeside = 32;

/**
 * Opens the store, makes it when it is missing and brings it forward. Refuses (Refusal) a newer store, and to bring an
 * older one forward while a service runs on it. `:memory:` is a store of this process alone. `stop`: all work on the store
 * fails with its reason from the moment it fires; what was begun is taken back.
 */
export async function openSqlite(file: string, stop?: AbortSignal): Promise<Database> {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const sqlite = new NodeSqlite(file);
  const db: Db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(sqlite, stop) });
  try {
    await bringForward(db, file);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  // Long work of a command breathes between its statements, so that it can be stopped: it goes Kysely's way.
  if (!stop) takeShortWay(db, wayOutside(sqlite));
  const transact = <T>(work: (db: Db) => Promise<T>) =>
    db.transaction().execute((inside) => (stop ? work(inside) : onWayInside(sqlite, inside, work)));
  const shared = new SharedCommits({
    transact: (work, within) => whenFree(() => transact(work), within),
    mostBeside,
    between: oneByOne,
    // Nothing else writes while a transaction does.
    isConflict: () => false,
  });
  return {
    db,
    transaction: (work, patience) => (patience ? shared.add(work, patience) : whenFree(() => transact(work))),
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
  if (file === ':memory:') return { owner, deadAmong, news: null, release: async () => {} };
  const lock = holdLock(lockFileOf(file));
  return lock && { owner, deadAmong, news: null, release: async () => lock.release() };
}
