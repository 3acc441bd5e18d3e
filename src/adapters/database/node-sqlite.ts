import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StoreUnavailable } from '../../ports/database.ts';

const preparedStatementsKept = 400;
/** BUSY, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB: the store, not the statement, is at fault. */
const storeFaults = new Set([5, 8, 10, 11, 13, 14, 15, 26]);

/** So long a statement waits for another process that writes, in milliseconds, while nothing else of this one can run. */
const waitsAtOnce = 20;
const opensWithin = 5_000;
const busy = 5;

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
export function guarded<T>(work: () => T): T {
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

/** Another process is writing at this moment: what was asked may be asked again. */
export function isBusy(error: unknown): boolean {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  return cause instanceof Error && 'errcode' in cause && (Number(cause.errcode) & 0xff) === busy;
}

type Parameters = ReadonlyArray<unknown>;

/** A prepared statement in the shape Kysely asks for. */
interface Kept {
  /** Whether it gives rows; asked once, because SQLite describes every column anew each time. */
  reader: boolean;
  all(parameters: Parameters): unknown[];
  run(parameters: Parameters): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(parameters: Parameters): IterableIterator<unknown>;
}

function keep(statement: StatementSync): Kept {
  const rowOf = rowsOf(statement);
  // The values alone: the objects that Node's binding makes are slow to make, and slow for whoever reads or copies them.
  statement.setReturnArrays(true);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => guarded(() => statement.all(...(parameters as SqlValue[])).map(rowOf)),
    run: (parameters) => guarded(() => statement.run(...(parameters as SqlValue[]))),
    *iterate(parameters) {
      for (const values of statement.iterate(...(parameters as SqlValue[]))) yield rowOf(values);
    },
  };
}

type RowMaker = (values: readonly unknown[]) => object;

/** Makes the rows of a statement of their values. */
function rowsOf(statement: StatementSync): (values: unknown) => object {
  let columns = 0;
  let make: RowMaker = () => ({});
  return (given) => {
    const values = given as unknown[];
    // A migration gives `select *` other columns.
    if (values.length !== columns) {
      columns = values.length;
      make = rowMaker(statement.columns().map(({ name }) => name));
    }
    return make(values);
  };
}

/**
 * Writes the making of such a row out, as `{ "id": values[0], "staff": values[1] }`: V8 then knows its shape at once. One loop for
 * the rows of all statements takes seven times as long. The names are those of our own statements.
 */
function rowMaker(names: readonly string[]): RowMaker {
  const fields = names.map((name, at) => `${JSON.stringify(name)}: values[${at}]`);
  return new Function('values', `return { ${fields.join(', ')} };`) as RowMaker;
}

/** `node:sqlite` in the shape Kysely's SQLite driver asks for, with prepared statements kept. */
export class NodeSqlite {
  readonly #database: DatabaseSync;
  readonly #kept = new Map<string, Kept>();

  constructor(file: string) {
    makePrivate(file);
    this.#database = guarded(() => new DatabaseSync(file, { timeout: opensWithin }));
    guarded(() =>
      this.#database.exec(
        `pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on;
         pragma busy_timeout = ${waitsAtOnce}`,
      ),
    );
  }

  prepare(text: string) {
    return guarded(() => this.#statement(text));
  }

  /** Runs a statement to its end; no rows where it gives none. */
  rows(text: string, parameters: Parameters): unknown[] {
    const statement = this.prepare(text);
    if (statement.reader) return statement.all(parameters);
    statement.run(parameters);
    return [];
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
