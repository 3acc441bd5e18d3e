import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { type News, type ServiceLock, StoreUnavailable } from '../../ports/database.ts';
import { faultOf } from './postgres-faults.ts';
import { locks } from './postgres-locks.ts';
import { connectionOf } from './postgres-pool.ts';

/** A server takes a moment to notice that the process before this one has died. */
const tries = 5;
const betweenTries = 100;
/** How often the session of the lock is asked whether it lives, in milliseconds, and how long it may take to say so. */
const beat = 10_000;
const answerWithin = 5_000;
const saysGoodByeWithin = 2_000;
const channel = 'kaeru_news';
/** What is said counts for seconds and is nowhere kept: whoever says it waits for no disk. */
const listening = `set synchronous_commit = off; listen ${channel}`;
/** The server lets go the lock of a machine that is gone without a word: after about 25 s, well before others take over at 45 s. */
const deadSilence =
  'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set tcp_user_timeout = 25000';

type Company = 'alone' | 'replicas';

/**
 * The lock of one service: advisory locks of a session of its own, which the server lets go when the process ends, however it
 * ends. One says that a service runs (shared by replicas, for itself where it has to be alone), the other which one: where
 * that is free, its owner is dead. A service whose session broke writes nothing until it has both again.
 * Over the same session services tell each other news, which wait for no transaction.
 */
export class PostgresServiceLock implements ServiceLock {
  readonly #number = randomInt(1, 2 ** 31 - 1);
  readonly owner = String(this.#number);
  readonly news: News = {
    tell: (text) => void this.#session?.query('select pg_notify($1, $2)', [channel, text]).catch(() => {}),
    hear: (listener) => void this.#listeners.push(listener),
  };
  readonly #listeners: ((text: string) => void)[] = [];
  readonly #url: string;
  readonly #company: Company;
  #session: Client | null = null;
  #released = false;
  #regaining: Promise<void> | null = null;
  #heart: NodeJS.Timeout | null = null;

  private constructor(url: string, company: Company) {
    this.#url = url;
    this.#company = company;
  }

  /** Null when another service runs that leaves no room for this one. */
  static async take(url: string, company: Company, patience = tries): Promise<PostgresServiceLock | null> {
    const lock = new PostgresServiceLock(url, company);
    for (let left = patience; left > 0; left -= 1) {
      if (await lock.#take()) return lock;
      if (left > 1) await wait(betweenTries);
    }
    return null;
  }

  async deadAmong(owners: string[]): Promise<string[]> {
    const session = this.#session;
    if (session === null) return [];
    try {
      const { rows } = await session.query<{ owner: string }>(
        `select objid::bigint::text as owner from pg_locks where locktype = 'advisory' and granted and objsubid = 2
          and classid::bigint = ${locks.owners} and database = (select oid from pg_database where datname = current_database())`,
      );
      const living = new Set(rows.map((row) => row.owner));
      return owners.filter((one) => one !== this.owner && !living.has(one));
    } catch (error) {
      throw faultOf(error);
    }
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
    this.#forget(session);
    await Promise.race([session?.end().catch(() => {}), wait(saysGoodByeWithin, undefined, { ref: false })]);
  }

  async #regain(): Promise<void> {
    if (!(await this.#take())) throw new StoreUnavailable('Another service has taken the store over.');
  }

  async #take(): Promise<boolean> {
    const session = new Client({ ...connectionOf(this.#url), query_timeout: answerWithin });
    const gone = () => this.#forget(session);
    session.on('error', gone).on('end', gone);
    session.on('notification', ({ payload = '' }) => {
      for (const listener of this.#listeners) listener(payload);
    });
    try {
      await session.connect();
      if ((await this.#lockIn(session)) && !this.#released) {
        await session.query(listening);
        this.#keep(session);
        return true;
      }
    } catch (error) {
      await session.end().catch(() => {});
      throw faultOf(error);
    }
    await session.end();
    return false;
  }

  async #lockIn(session: Client): Promise<boolean> {
    await session.query(deadSilence).catch(() => {});
    const shared = this.#company === 'replicas' ? '_shared' : '';
    const { rows } = await session.query(
      `select pg_try_advisory_lock${shared}(${locks.kaeru}, ${locks.service}) as held,
        pg_try_advisory_lock(${locks.owners}, ${this.#number}) as own`,
    );
    return rows[0]?.held === true && rows[0]?.own === true;
  }

  /** A session that says nothing any more is given up, so that this service knows before others take its work over. */
  #keep(session: Client): void {
    this.#session = session;
    this.#heart = setInterval(() => {
      session.query('select 1').catch(() => {
        this.#forget(session);
        session.end().catch(() => {});
      });
    }, beat).unref();
  }

  #forget(session: Client | null): void {
    if (session === null || this.#session !== session) return;
    this.#session = null;
    if (this.#heart !== null) clearInterval(this.#heart);
    this.#heart = null;
  }
}
