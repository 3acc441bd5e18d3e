import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Reads and writes through Kysely; inside `transaction` it is the transaction. */
export type Db = Kysely<Tables>;

export interface ServiceLock {
  /** Names this run of the service in what it claims. */
  owner: string;
  release(): Promise<void>;
}

export interface Database {
  readonly db: Db;
  /** One use-case = one transaction: all of it is committed (durably) or none. */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Takes the one-service lock, or says who may not start: null when another service holds it. It falls free with the process. */
  lockService(): Promise<ServiceLock | null>;
  close(): Promise<void>;
}

/** The store answers no statement: disk full, file gone, server away. What was asked has not been done. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
