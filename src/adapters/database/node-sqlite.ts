import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { CompiledQuery, type DatabaseConnection, SqliteDialect, SqliteDriver } from 'kysely';
import { StoreUnavailable } from '../../ports/database.ts';

const preparedStatementsKept = 400;
/** BUSY, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB: the store, not the statement, is at fault. */
const storeFaults = new Set([5, 8, 10, 11, 13, 14, 15, 26]);

type SqlValue = null | number | bigint | string | Uint8Array;

/** A new store may be read and written by its owner alone; SQLite gives what it lays beside it (WAL) the same mode. */
function makePrivate(file: string): void {
  if (file === ':memory:') return;
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch {
    // SQLite is asked next and says what is wrong with the file.
  }
}

/** Runs a statement; a fault of the store itself becomes StoreUnavailable. */
function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && storeFaults.has(Number(error.errcode) & 0xff)) {
      throw new StoreUnavailable(`The store answers no statement (SQLite code ${String(error.errcode)}).`, {
        cause: error,
      });
    }
    throw error;
  }
}

type Parameters = ReadonlyArray<unknown>;

/** A prepared statement in the shape Kysely asks for. */
interface Kept {
  /** Whether it gives rows; asked once, because SQLite describes every column anew each time. */
  reader: boolean;
  all(parameters: Parameters): unknown[];
  run(parameters: Parameters): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(parameters: Parameters): NodeJS.Iterator<unknown>;
}

function keep(statement: StatementSync): Kept {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => guarded(() => statement.all(...(parameters as SqlValue[]))),
    run: (parameters) => guarded(() => statement.run(...(parameters as SqlValue[]))),
    iterate: (parameters) => statement.iterate(...(parameters as SqlValue[])),
  };
}

/** `node:sqlite` in the shape Kysely's SQLite driver asks for, with prepared statements kept. */
export class NodeSqlite {
  readonly #database: DatabaseSync;
  readonly #kept = new Map<string, Kept>();

  constructor(file: string) {
    makePrivate(file);
    this.#database = guarded(() => new DatabaseSync(file, { timeout: 5000 }));
    guarded(() =>
      this.#database.exec(
        'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on;',
      ),
    );
  }

  prepare(text: string) {
    return guarded(() => this.#statement(text));
  }

  /** False also after a fault (disk full) at which SQLite rolled back by itself. */
  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  close(): void {
    this.#kept.clear();
    this.#database.close();
  }

  #statement(text: string): Kept {
    const known = this.#kept.get(text);
    if (known) return known;
    const made = keep(this.#database.prepare(text));
    if (this.#kept.size >= preparedStatementsKept) this.#kept.clear();
    this.#kept.set(text, made);
    return made;
  }
}

/**
 * Takes the write lock at the start: a deferred transaction that turns into a writer fails at once beside another process.
 * Rolls back only what SQLite has not rolled back by itself, so that the fault that caused it is the one that is told.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: NodeSqlite;

  constructor(database: NodeSqlite) {
    super({ database });
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: NodeSqlite;

  constructor(database: NodeSqlite) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database);
  }
}
