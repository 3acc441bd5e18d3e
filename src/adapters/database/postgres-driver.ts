import { type Driver, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { StoreConnection } from './postgres-connection.ts';
import { faultOf } from './postgres-faults.ts';

class StoreDriver implements Driver {
  readonly #pool: Pool;
  readonly #mayWrite: () => Promise<void>;

  constructor(pool: Pool, mayWrite: () => Promise<void>) {
    this.#pool = pool;
    this.#mayWrite = mayWrite;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<StoreConnection> {
    try {
      return new StoreConnection(await this.#pool.connect(), this.#mayWrite);
    } catch (error) {
      throw faultOf(error);
    }
  }

  beginTransaction = (connection: StoreConnection): Promise<void> => connection.begin();
  commitTransaction = (connection: StoreConnection): Promise<void> => connection.commit();
  rollbackTransaction = (connection: StoreConnection): Promise<void> => connection.rollback();

  async releaseConnection(connection: StoreConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }
}

/** PostgreSQL as Kysely speaks it, with one writer at a time. `mayWrite` throws where this process may not write now. */
export class StoreDialect extends PostgresDialect {
  readonly #driver: () => Driver;

  constructor(pool: Pool, mayWrite: () => Promise<void>) {
    super({ pool });
    this.#driver = () => new StoreDriver(pool, mayWrite);
  }

  override createDriver(): Driver {
    return this.#driver();
  }
}
