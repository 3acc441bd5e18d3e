import { type Driver, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { StoreConnection, type Terms } from './postgres-connection.ts';
import { faultOf } from './postgres-faults.ts';

class StoreDriver implements Driver {
  readonly #pool: Pool;
  readonly #terms: Terms;

  constructor(pool: Pool, terms: Terms) {
    this.#pool = pool;
    this.#terms = terms;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<StoreConnection> {
    const { limit } = this.#terms;
    limit.check();
    const connecting = this.#pool.connect().catch((error: unknown) => Promise.reject(faultOf(error)));
    const client = await limit.race(connecting).catch((error: unknown) => {
      // A connection that comes too late for this one is the next one's.
      connecting.then((late) => late.release()).catch(() => {});
      throw error;
    });
    return new StoreConnection(client, this.#terms);
  }

  async beginTransaction(connection: StoreConnection): Promise<void> {
    await connection.begin();
    this.#terms.begun?.(connection);
  }

  commitTransaction = (connection: StoreConnection): Promise<void> => connection.commit();
  rollbackTransaction = (connection: StoreConnection): Promise<void> => connection.rollback();

  async releaseConnection(connection: StoreConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }
}

/** PostgreSQL as Kysely speaks it, with one writer at a time. */
export class StoreDialect extends PostgresDialect {
  readonly #driver: () => Driver;

  constructor(pool: Pool, terms: Terms) {
    super({ pool });
    this.#driver = () => new StoreDriver(pool, terms);
  }

  override createDriver(): Driver {
    return this.#driver();
  }
}
