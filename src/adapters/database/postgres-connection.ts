import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  type RootOperationNode,
} from 'kysely';
import type { PoolClient } from 'pg';
import { StoreUnavailable } from '../../ports/database.ts';
import type { Limit, Pulse } from './limit.ts';
import { Burst, type Statement } from './postgres-burst.ts';
import { endsConnection, faultOf } from './postgres-faults.ts';
import { Gathering } from './postgres-gathering.ts';
import { alone, beginAlone, beginBeside, beginIfFree } from './postgres-locks.ts';

const writing = new Set<RootOperationNode['kind']>([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
]);

/** Others write, and somebody else of this process has something better to do than to wait for them. */
export class GivenWay extends Error {}

/** On what terms somebody works: `mayWrite` throws where this process may not write now; `limit` is how long they wait. */
export interface Terms {
  mayWrite(): Promise<void>;
  limit: Limit;
  pulse: Pulse;
  /** What a transaction changes, where it goes side by side with others. */
  names?: readonly string[] | undefined;
  /** Whether a transaction that names nothing gives up its turn where others write: it then throws GivenWay, and has begun nothing. */
  givesWay?(): boolean;
  /** Is told the connection of each transaction. */
  begun?(connection: StoreConnection): void;
}

/**
 * One connection of the pool. Whatever writes, a transaction or a lone statement, first takes the store's writer lock and
 * holds it until its commit: as on SQLite there is one writer at a time, over all processes (decision 0004). One that names
 * what it changes shares the lock with others that have other names; what is asked in it at the same time goes together (0020, 0024).
 */
export class StoreConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #mayWrite: () => Promise<void>;
  readonly #limit: Limit;
  readonly #pulse: Pulse;
  readonly #names: readonly string[] | undefined;
  readonly #givesWay: (() => boolean) | undefined;
  readonly #gathering: Gathering | null;
  #inside = false;
  #over = false;

  constructor(client: PoolClient, { mayWrite, limit, pulse, names, givesWay }: Terms) {
    this.#client = client;
    this.#mayWrite = mayWrite;
    this.#limit = limit;
    this.#pulse = pulse;
    this.#names = names;
    this.#givesWay = givesWay;
    this.#gathering = names ? new Gathering({ send: (all) => this.#together(all), nameOf }) : null;
  }

  async begin(): Promise<void> {
    this.#limit.check();
    await this.#limit.race(this.#mayWrite());
    try {
      if (this.#givesWay) await this.#beginIfFree(this.#givesWay);
      else await this.#together(this.#names ? beginBeside(this.#names) : beginAlone);
      this.#inside = true;
    } catch (error) {
      await this.rollback().catch(() => {});
      throw error;
    }
  }

  async #beginIfFree(givesWay: () => boolean): Promise<void> {
    const [, [looked] = []] = await this.#together(beginIfFree);
    if ((looked as { free: boolean }).free) return;
    if (givesWay()) throw new GivenWay();
    await this.#together([alone]);
  }

  /** From here on nobody's patience counts: a commit that was asked for is heard to its end. */
  async commit(): Promise<void> {
    this.#limit.check();
    this.#gathering?.leave();
    const { command } = await this.#answer('commit').catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) throw error;
      throw new StoreUnavailable(error.message, { cause: error.cause, unclear: true });
    });
    this.#inside = false;
    if (command === 'ROLLBACK') throw new AbortedTransactionError();
  }

  async rollback(): Promise<void> {
    this.#inside = false;
    if (this.#over) return;
    this.#gathering?.leave();
    try {
      await this.#answer('rollback');
    } catch (error) {
      this.#over = true;
      throw error;
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#inside || !writing.has(query.query.kind)) return this.#run(query);
    await this.begin();
    try {
      const result = await this.#run<R>(query);
      await this.commit();
      return result;
    } catch (error) {
      await this.rollback().catch(() => {});
      throw error;
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new TypeError('Rows are read in pages, not as a stream.');
  }

  release(): void {
    this.#client.release(this.#over);
  }

  /** A statement inside the transaction that is open; without parameters it may be several in one message. */
  async rows(sql: string, parameters: readonly unknown[]): Promise<unknown[]> {
    if (this.#gathering) return this.#gathering.ask(named(sql, parameters));
    const { rows } = await this.#ask(parameters.length === 0 ? sql : named(sql, parameters));
    return rows ?? [];
  }

  async #run<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, rowCount, command } = await this.#ask(named(sql, parameters));
    const counted = command !== 'SELECT' && rowCount !== null;
    return { rows, ...(counted ? { numAffectedRows: BigInt(rowCount) } : {}) };
  }

  #ask(query: string | Statement) {
    this.#limit.check();
    this.#gathering?.leave();
    return this.#waitFor(this.#answer(query));
  }

  async #together(statements: readonly Statement[]): Promise<unknown[][]> {
    this.#limit.check();
    return this.#waitFor(this.#heard(Burst.ask(this.#client, statements)));
  }

  /** A statement that nobody waits for any more takes its connection with it: the server then rolls back by itself. */
  async #waitFor<T>(answer: Promise<T>): Promise<T> {
    try {
      return await this.#limit.race(answer);
    } catch (error) {
      if (endsWait(this.#limit)) this.#over = true;
      throw error;
    }
  }

  #answer(query: string | Statement) {
    return this.#heard(typeof query === 'string' ? this.#client.query(query) : this.#client.query(query));
  }

  async #heard<T>(asked: Promise<T>): Promise<T> {
    try {
      const answer = await asked;
      this.#pulse.beat();
      return answer;
    } catch (error) {
      if (endsConnection(error)) this.#over = true;
      throw faultOf(error);
    }
  }
}

function endsWait(limit: Limit): boolean {
  try {
    limit.check();
    return false;
  } catch {
    return true;
  }
}

const statementsKept = 400;
const longestKept = 2000;
const names = new Map<string, string>();

function named(text: string, parameters: readonly unknown[]): Statement {
  return { name: nameOf(text), text, values: parameters.map(storable) };
}

/** A statement with a name is parsed once on each connection. Long ones and those with ever other numbers of rows have none. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (text.length > longestKept || names.size >= statementsKept) return undefined;
  const name = `kaeru_${names.size}`;
  names.set(text, name);
  return name;
}

/** PostgreSQL keeps no U+0000 in a text; the replacement sign stands for it, as for every other sign that is none. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
}
