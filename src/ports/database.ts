import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Reads and writes through Kysely; inside `transaction` it is the transaction. */
export type Db = Kysely<Tables>;

/** What the running services of one store tell each other past their transactions. */
export interface News {
  /** Every running service hears it within milliseconds, this one too; where the server is away, nobody does: what counts is in the store. */
  tell(text: string): void;
  /** From now on. */
  hear(listener: (text: string) => void): void;
}

/** One run of a service among those on its store. */
export interface ServiceLock {
  /** Names this run in what it claims. */
  owner: string;
  /** Those of these owners whose service runs no more: what they had under way will never be recorded by them. */
  deadAmong(owners: string[]): Promise<string[]>;
  /** Null where the store knows one service only. */
  readonly news: News | null;
  release(): Promise<void>;
}

export interface Patience {
  within: number;
  /**
   * The use-case changes what belongs to these names, and nothing else but what it leaves to `atEnd`; of what others change it
   * reads only what they change alone. A store may then take it side by side with others that have other names (decision
   * 0020), and may do its work a second time where the first was taken back: it must leave nothing behind but in the store.
   */
  beside?: readonly string[];
}

export interface Database {
  readonly db: Db;
  /**
   * One use-case = one transaction: all of it is committed (durably) or none. Use-cases with `within` that wait at the same time
   * share their commit; one that throws is taken back alone. `within`: where somebody waits for the answer,
   * it is given up after that many milliseconds of elapsed time, as StoreUnavailable, unless its commit is already under way.
   */
  transaction<T>(work: (db: Db) => Promise<T>, patience?: Patience): Promise<T>;
  /**
   * Takes the lock of a service; it falls free with the process, however it ends. `alone` (a rehearsal, whose clock moves):
   * null when any other service runs on the store. `replicas`: null where the store knows one service only and has it, or
   * where one runs alone.
   */
  lockService(company: 'alone' | 'replicas'): Promise<ServiceLock | null>;
  /** Milliseconds of a clock that all services of this store share; null where there is one service at most. */
  sharedElapsed: ((db: Db) => Promise<number>) | null;
  close(): Promise<void>;
}

/**
 * The store answers no statement: disk full, file gone, server away. What was asked has not been done, unless it is `unclear`:
 * the commit was asked for, and no answer came.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly unclear: boolean;

  constructor(message: string, options: ErrorOptions & { unclear?: boolean } = {}) {
    super(message, options);
    this.unclear = options.unclear ?? false;
  }
}
