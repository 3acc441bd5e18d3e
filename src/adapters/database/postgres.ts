import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Database, Db } from '../../ports/database.ts';
import { takeShortWay } from '../../ports/kept-query.ts';
import { Refusal } from '../../ports/room.ts';
import type { Tables } from '../../ports/tables.ts';
import { limitBy, limitOf, Pulse, unlimited } from './limit.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { GivenWay, type StoreConnection, type Terms } from './postgres-connection.ts';
import { StoreDialect } from './postgres-driver.ts';
import { isConflict, refusalToOpen } from './postgres-faults.ts';
import { locks } from './postgres-locks.ts';
import { migratingPool, workingPool } from './postgres-pool.ts';
import { PostgresServiceLock } from './postgres-service-lock.ts';
import { inOneMessage, SharedCommits } from './shared-commits.ts';
import { Turns } from './turns.ts';

/** Presses that share a commit: what it costs the server is the same for one and for so many (decision 0025). */
const mostBeside = 256;
/** A server that is out of reach does not say good-bye: so long, in milliseconds, that is waited for. */
const closesWithin = 2_000;

/**
 * Opens the store of a DATABASE_URL and brings it forward. Refuses (Refusal) a server or database that cannot be used, a newer
 * store, and to bring an older one forward while a service runs on it. What is deleted leaves the disk by VACUUM. `stop`: all
 * work on the store fails with its reason from the moment it fires; a commit that is under way ends first.
 */
export async function openPostgres(url: string, stop?: AbortSignal): Promise<Database> {
  let lock: PostgresServiceLock | null = null;
  const pool = workingPool(url);
  const usual = stop ? limitBy(stop) : unlimited;
  const pulse = new Pulse();
  const mayWrite = async () => lock?.assure();
  const db = connect(pool, { mayWrite, limit: usual, pulse });
  const turns = new Turns();
  const shared = new SharedCommits({
    transact: (work, within, names) => {
      const limit = limitOf(within, pulse);
      return turns.first(limit, () => transact(pool, { mayWrite, limit, pulse, names }, work));
    },
    mostBeside,
    between: inOneMessage,
    isConflict,
  });
  /**
   * The only writer of all services. Where another one writes and presses wait here, those go first, once: what stands in line for
   * the lock keeps its own presses waiting, and behind it those of the others (decision 0026).
   */
  const alone = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    const terms: Terms = { mayWrite, limit: usual, pulse };
    try {
      return await turns.next(usual, () => transact(pool, { ...terms, givesWay: () => turns.isHurried }, work));
    } catch (error) {
      if (!(error instanceof GivenWay)) throw error;
    }
    return turns.again(usual, () => transact(pool, terms, work));
  };
  try {
    if ((await pendingMigrations(db)).length > 0) await bringForward(url);
  } catch (error) {
    await db.destroy();
    throw stop?.aborted ? stop.reason : refusalToOpen(error);
  }
  return {
    db,
    transaction: (work, patience) => (patience ? shared.add(work, patience) : alone(work)),
    async lockService(company) {
      const taken = await PostgresServiceLock.take(url, company);
      if (taken !== null) lock = taken;
      return taken;
    },
    sharedElapsed: serverTime,
    close: () => Promise.race([db.destroy(), wait(closesWithin, undefined, { ref: false })]),
  };
}

/** The server's clock: one for all services, whatever their own machines say. */
async function serverTime(db: Db): Promise<number> {
  const { rows } = await sql<{
    now: number;
  }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`.execute(db);
  return rows[0]?.now ?? 0;
}

function transact<T>(pool: Pool, terms: Terms, work: (db: Db) => Promise<T>): Promise<T> {
  let inside: StoreConnection | null = null;
  const begun = (connection: StoreConnection) => {
    inside = connection;
  };
  const own = connect(pool, { ...terms, begun });
  return own.transaction().execute((db) => onWayInside(db, inside, work));
}

function connect(pool: Pool, terms: Terms): Db {
  return new Kysely<Tables>({ dialect: new StoreDialect(pool, terms) });
}

/** Two programs may open an empty store at once: one takes the steps, the other waits and finds them taken. */
async function bringForward(url: string): Promise<void> {
  const db = connect(migratingPool(url), { mayWrite: async () => {}, limit: unlimited, pulse: new Pulse() });
  try {
    await db.connection().execute(async (alone) => {
      await sql`select pg_advisory_lock(${locks.kaeru}, ${locks.migration})`.execute(alone);
      if ((await pendingMigrations(db)).length > 0) await takeSteps(url, db);
    });
  } finally {
    await db.destroy();
  }
}

async function takeSteps(url: string, db: Db): Promise<void> {
  const lock = await PostgresServiceLock.take(url, 'alone');
  if (lock === null) {
    throw new Refusal(
      'service-running',
      'サービスの稼働中はデータベースを更新できません。サービスを止めてから実行してください。',
      'DATABASE_URL',
    );
  }
  try {
    await refuseOtherEncodings(db);
    await migrate(db, orderByBytes);
  } finally {
    await lock.release();
  }
}

async function refuseOtherEncodings(db: Db): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(db);
  const encoding = rows[0]?.encoding;
  if (encoding === 'UTF8') return;
  const message = `データベースの文字コードが ${encoding} です。UTF8 で作り直してください（createdb -E UTF8 -T template0 名前）。`;
  throw new Refusal('database', message, 'DATABASE_URL');
}

/** Texts are ordered and compared by their bytes, as on SQLite, whatever order the database was made with. */
async function orderByBytes(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ change: string }>`
    select format('alter table %s alter column %I type text collate "C"', attrelid::regclass, attname) as change
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname not like 'kysely%'
      and atttypid = 'text'::regtype and attcollation <> '"C"'::regcollation and not attisdropped
    order by attrelid, attnum`.execute(db);
  for (const { change } of rows) await sql.raw(change).execute(db);
}

/** A kept statement goes to the connection of the transaction at once, until its work is over. */
async function onWayInside<T>(db: Db, inside: StoreConnection | null, work: (db: Db) => Promise<T>): Promise<T> {
  let over = false;
  takeShortWay(db, { rows: (sql, parameters) => (over || !inside ? null : inside.rows(sql, parameters)) });
  try {
    return await work(db);
  } finally {
    over = true;
  }
}
