import { type Database, StoreUnavailable } from '../../ports/database.ts';

const asksWithin = 1_500;

/** A store, and whether it takes what is written: a full disk still reads. */
export interface WatchedStore {
  database: Database;
  takesWrites(): Promise<boolean>;
}

/** Remembers how the last transaction ended. After one that the store did not take it is asked anew, by a write of its own. */
export function watchWrites(database: Database): WatchedStore {
  let failing = false;
  const transaction: Database['transaction'] = async (work, patience) => {
    try {
      const answer = await database.transaction(work, patience);
      failing = false;
      return answer;
    } catch (error) {
      if (error instanceof StoreUnavailable) failing = true;
      throw error;
    }
  };
  const watched = { ...database, transaction };
  return {
    database: watched,
    async takesWrites() {
      if (failing) await transaction(writeSomething, { within: asksWithin });
      return true;
    },
  };
}

const writeSomething: Parameters<Database['transaction']>[0] = async (db) => {
  const row = { key: 'store.asked', value: '' };
  await db
    .insertInto('meta')
    .values(row)
    .onConflict((held) => held.column('key').doUpdateSet({ value: row.value }))
    .execute();
};
