import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { type ServiceLock, StoreUnavailable } from '../../ports/database.ts';
import { locks } from './postgres-connection.ts';
import { faultOf } from './postgres-faults.ts';
import { connectionOf } from './postgres-pool.ts';

/** A server takes a moment to notice that the process before this one has died. */
const tries = 5;
const betweenTries = 100;

/**
 * The one-service lock: an advisory lock of a session of its own, which the server lets go when the process ends, however it
 * ends. A service whose session broke writes nothing until it has the lock again.
 */
export class PostgresServiceLock implements ServiceLock {
  readonly owner = `${process.pid}-${process.hrtime.bigint().toString(36)}`;
  readonly #url: string;
  #session: Client | null = null;
  #released = false;
  #regaining: Promise<void> | null = null;

  private constructor(url: string) {
    this.#url = url;
  }

  /** Null when another service holds the lock. */
  static async take(url: string, patience = tries): Promise<PostgresServiceLock | null> {
    const lock = new PostgresServiceLock(url);
    for (let left = patience; left > 0; left -= 1) {
      if (await lock.#take()) return lock;
      if (left > 1) await wait(betweenTries);
    }
    return null;
  }

  /** Throws StoreUnavailable where the lock was lost with its session and is not to be had again now. */
  async assure(): Promise<void> {
    if (this.#session !== null || this.#released) return;
    this.#regaining ??= this.#regain().finally(() => {
      this.#regaining = null;
    });
    await this.#regaining;
  }

  async release(): Promise<void> {
    this.#released = true;
    const session = this.#session;
    this.#session = null;
    await session?.end().catch(() => {});
  }

  async #regain(): Promise<void> {
    if (!(await this.#take())) throw new StoreUnavailable('Another service has taken the store over.');
  }

  async #take(): Promise<boolean> {
    const session = new Client({ ...connectionOf(this.#url), query_timeout: 5000 });
    const gone = () => {
      if (this.#session === session) this.#session = null;
    };
    session.on('error', gone).on('end', gone);
    try {
      await session.connect();
      const { rows } = await session.query(`select pg_try_advisory_lock(${locks.kaeru}, ${locks.service}) as held`);
      if (rows[0]?.held === true && !this.#released) {
        this.#session = session;
        return true;
      }
    } catch (error) {
      await session.end().catch(() => {});
      throw faultOf(error);
    }
    await session.end();
    return false;
  }
}
