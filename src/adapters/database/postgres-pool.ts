import { type ClientConfig, Pool, types } from 'pg';

/** Sums and counts come as `bigint` and `numeric`; all numbers of the store are whole and far below 2^53. */
const wholeNumbers = new Set<number>([types.builtins.INT8, types.builtins.NUMERIC]);

const connections = 8;
const connectWithin = 5_000;
/** A statement that takes longer is given up by the server; the client gives up a server that does not even say so. */
const statementWithin = 20_000;
const answerWithin = 30_000;
/** How long a writer waits for the one before it. */
const turnWithin = 10_000;
/** A process that stands still or is out of reach inside a transaction is put out of it, so that the others can write. */
const idleInTransaction = 10_000;

/** How every connection of the product is made. Nothing in it names a person or a machine. */
export function connectionOf(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'kaeru',
    connectionTimeoutMillis: connectWithin,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => parserOf(oid, format) },
  };
}

function parserOf(oid: number, format?: 'text' | 'binary') {
  if (wholeNumbers.has(oid) && format !== 'binary') return Number;
  return format === 'binary' ? types.getTypeParser(oid, 'binary') : types.getTypeParser(oid, 'text');
}

/** What is asked at once goes out at once and is answered in that order; the types of `pg` do not know it yet. */
const atOnce = { pipeline: true };

/**
 * The store is asked for few rows by their keys and fits into memory. As a server comes, it believes that it reads a disk that turns,
 * and before it has counted a campaign it goes through whole tables for eight rows.
 */
const keysAreNear = '-c random_page_cost=1.1';

/** Connections for the work of the rooms, each with its time limits. */
export function workingPool(url: string): Pool {
  return quiet(
    new Pool({
      ...connectionOf(url),
      ...atOnce,
      options: keysAreNear,
      max: connections,
      statement_timeout: statementWithin,
      query_timeout: answerWithin,
      lock_timeout: turnWithin,
      idle_in_transaction_session_timeout: idleInTransaction,
    }),
  );
}

/** Connections for bringing the store forward: a step may take as long as it needs. */
export function migratingPool(url: string): Pool {
  return quiet(new Pool({ ...connectionOf(url), max: 4 }));
}

/** A connection that breaks says so in the statement that was under way, or is replaced; its event alone ends no process. */
function quiet(pool: Pool): Pool {
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  return pool;
}
