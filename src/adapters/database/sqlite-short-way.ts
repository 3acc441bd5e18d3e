import { type Db, StoreUnavailable } from '../../ports/database.ts';
import { type ShortWay, takeShortWay } from '../../ports/kept-query.ts';
import { isBusy, type NodeSqlite } from './node-sqlite.ts';

/*
 * A statement of SQLite runs to its end without giving the loop back, so one that is built already needs nobody to queue it up:
 * Kysely's queue, guards and promises cost more than most statements.
 */

/** Outside a transaction: where none is open on the one connection, a statement is one of its own. Else it waits its turn. */
export function wayOutside(database: NodeSqlite): ShortWay {
  return {
    rows(sql, parameters) {
      if (database.inTransaction) return null;
      try {
        return database.rows(sql, parameters);
      } catch (error) {
        if (isBusy(error)) return null;
        throw error;
      }
    },
  };
}

/**
 * Inside a transaction until its work is over; whoever asks later meets Kysely's own refusal. Where SQLite has rolled back by
 * itself (disk full), nothing more is written as if it stood alone.
 */
export async function onWayInside<T>(database: NodeSqlite, db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  let over = false;
  takeShortWay(db, {
    rows(sql, parameters) {
      if (over) return null;
      if (!database.inTransaction) throw new StoreUnavailable('The store has taken back what was begun.');
      return database.rows(sql, parameters);
    },
  });
  try {
    return await work(db);
  } finally {
    over = true;
  }
}
