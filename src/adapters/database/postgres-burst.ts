import { type Connection, Query, type QueryResult } from 'pg';

/** A built statement; `name` is what the server keeps it under, where it keeps it. */
export interface Statement {
  name: string | undefined;
  text: string;
  values: unknown[];
}

type Rows = unknown[];

/** Statements that the server keeps, by connection. */
const parsed = new WeakMap<Connection, Set<string>>();

/**
 * Statements in one message, answered in one. With a statement that fails those behind it are not run, and all have failed: it is for
 * a transaction that then ends.
 */
export class Burst extends Query {
  readonly #statements: readonly Statement[];
  readonly #fresh: string[] = [];
  #kept = new Set<string>();

  private constructor(statements: readonly Statement[], answer: (rows: Rows[]) => void, fail: (error: Error) => void) {
    super({ text: 'burst' }, (error: Error | undefined, result: unknown) => {
      if (error === undefined || error === null) return answer([result as QueryResult].flat().map(({ rows }) => rows));
      for (const name of this.#fresh) this.#kept.delete(name);
      fail(error);
    });
    this.#statements = statements;
  }

  /** Gives the rows of each statement, in their order. */
  static ask(client: { query(burst: Burst): unknown }, statements: readonly Statement[]): Promise<Rows[]> {
    return new Promise((answer, fail) => void client.query(new Burst(statements, answer, fail)));
  }

  override submit = (connection: Connection): void => {
    this.#kept = parsed.get(connection) ?? new Set();
    parsed.set(connection, this.#kept);
    connection.stream.cork();
    for (const statement of this.#statements) this.#put(connection, statement);
    connection.sync();
    connection.stream.uncork();
  };

  /** `pg` keeps a list of its own of what it had parsed under which name, so a burst has names of its own. */
  #put(connection: Connection, { name, text, values }: Statement): void {
    const kept = name === undefined ? '' : `${name}_burst`;
    if (!this.#kept.has(kept)) {
      // What was parsed in a burst that failed may stand there or not; the statement without a name gives way by itself.
      if (kept !== '') connection.close({ type: 'S', name: kept }, true);
      connection.parse({ name: kept, text, types: [] }, true);
    }
    if (kept !== '' && !this.#kept.has(kept)) {
      this.#kept.add(kept);
      this.#fresh.push(kept);
    }
    connection.bind({ portal: '', statement: kept, values: values.map(written) }, true);
    connection.describe({ type: 'P', name: '' }, true);
    connection.execute({ portal: '' }, true);
  }
}

const written = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
