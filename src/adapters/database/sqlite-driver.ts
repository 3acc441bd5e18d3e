import { setImmediate as breath, setTimeout as wait } from 'node:timers/promises';
import { type DatabaseConnection, SqliteDialect, SqliteDriver } from 'kysely';
import { isBusy, type NodeSqlite } from './node-sqlite.ts';

/** How long somebody waits for another process that writes, in milliseconds, and how often it is looked. */
const turnWithin = 5_000;
const looksEvery = 20;
/** A command lets its process breathe that often, so that Ctrl-C is heard in the middle of long work. */
const breathesEvery = 50;

/** Does it again while another process writes; between, this process answers others. Gives up as StoreUnavailable. */
export async function whenFree<T>(work: () => Promise<T>, within = turnWithin): Promise<T> {
  const end = performance.now() + within;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= end) throw error;
      await wait(looksEvery);
    }
  }
}

/** The one connection of a file, seen by a driver. `stop`: nothing more is done after it fires, but for the way back. */
function patient(connection: DatabaseConnection, database: NodeSqlite, stop: AbortSignal | undefined) {
  let breathed = performance.now();
  const executeQuery: DatabaseConnection['executeQuery'] = async (query, options) => {
    if (stop && performance.now() - breathed > breathesEvery) {
      await breath();
      breathed = performance.now();
    }
    stop?.throwIfAborted();
    if (database.inTransaction) return connection.executeQuery(query, options);
    return whenFree(() => connection.executeQuery(query, options));
  };
  return { executeQuery, streamQuery: connection.streamQuery.bind(connection) };
}

/**
 * Takes the write lock at the start: a deferred transaction that turns into a writer fails at once beside another process.
 * Rolls back only what SQLite has not rolled back by itself, so that the fault that caused it is the one that is told.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: NodeSqlite;
  readonly #stop: AbortSignal | undefined;
  #connection: DatabaseConnection | null = null;

  constructor(database: NodeSqlite, stop: AbortSignal | undefined) {
    super({ database });
    this.#database = database;
    this.#stop = stop;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= patient(await super.acquireConnection(), this.#database, this.#stop);
    return this.#connection;
  }

  /** Waits for nobody: whoever waits for the lock must not keep the connection from those who read. */
  override async beginTransaction(): Promise<void> {
    this.#stop?.throwIfAborted();
    this.#database.rows('begin immediate', []);
  }

  override async commitTransaction(): Promise<void> {
    this.#stop?.throwIfAborted();
    this.#database.rows('commit', []);
  }

  override async rollbackTransaction(): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(await super.acquireConnection());
  }
}

/** SQLite as Kysely speaks it. `stop`: from the moment it fires everything fails with its reason. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: NodeSqlite;
  readonly #stop: AbortSignal | undefined;

  constructor(database: NodeSqlite, stop?: AbortSignal) {
    super({ database });
    this.#database = database;
    this.#stop = stop;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database, this.#stop);
  }
}
