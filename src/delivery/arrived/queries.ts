import { sql } from 'kysely';
import type { Db } from '../../ports/database.ts';
import { keptRows } from '../../ports/kept-query.ts';
import type { MessageTable } from '../../ports/tables.ts';

/** What is known of a message that arrived; null leaves what stands. */
export type Arrived = Pick<MessageTable, 'id' | 'activity_id' | 'settled_at'> & { revision: number | null };

/** That revision of its first item stands on a message now. */
export type Changed = Pick<MessageTable, 'id'> & { revision: number };

/** That revision of an item stands on a message now. */
export interface Shown {
  message: string;
  item: string;
  revision: number;
}

/** Messages arrived: each with that activity, showing that revision of its first item. */
export const noteSent = (db: Db, messages: readonly Arrived[]) => eightAtATime(messages, (some) => putSent(db, some));

/** Stored messages were changed: each shows that revision of its first item now. */
export const noteChanged = (db: Db, all: readonly Changed[]) => eightAtATime(all, (some) => putChanged(db, some));

/** What messages show now. */
export const noteShown = (db: Db, all: readonly Shown[]) => eightAtATime(all, (some) => putShown(db, some));

const atOnce = 8;

/** One that stands there twice changes nothing; a statement of another length would be another one to the store. */
async function eightAtATime<Row>(rows: readonly Row[], put: (some: Row[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += atOnce) {
    const some = rows.slice(from, from + atOnce);
    const last = some.at(-1);
    while (last && some.length > 1 && some.length < atOnce) some.push(last);
    await put(some);
  }
}

const putSent = keptRows<Arrived>(['id', 'activity_id', 'settled_at', 'revision'], (db, rows) => {
  const known = rows.map((row) => {
    const numbers = sql`cast(${row.settled_at} as bigint), cast(${row.revision} as integer)`;
    return sql`(${row.id}, ${row.activity_id}, ${numbers})`;
  });
  return db
    .with('known(id, activity_id, settled_at, revision)', () => sql<Arrived>`(values ${sql.join(known)})`)
    .updateTable('message')
    .from('known')
    .set({
      state: 'sent',
      activity_id: sql<string | null>`coalesce(known.activity_id, message.activity_id)`,
      shown_revision: sql<number>`coalesce(known.revision, message.shown_revision)`,
      settled_at: sql<number>`known.settled_at`,
      why: null,
    })
    .whereRef('message.id', '=', 'known.id');
});

const putChanged = keptRows<Changed>(['id', 'revision'], (db, rows) => {
  const known = rows.map(({ id, revision }) => sql`(${id}, cast(${revision} as integer))`);
  return db
    .with('known(id, revision)', () => sql<Changed>`(values ${sql.join(known)})`)
    .updateTable('message')
    .from('known')
    .set({ shown_revision: sql<number>`known.revision` })
    .whereRef('message.id', '=', 'known.id');
});

const putShown = keptRows<Shown>(['message', 'item', 'revision'], (db, rows) => {
  const known = rows.map(({ message, item, revision }) => sql`(${message}, ${item}, cast(${revision} as integer))`);
  return db
    .with('known(message, item, revision)', () => sql<Shown>`(values ${sql.join(known)})`)
    .updateTable('message_item')
    .from('known')
    .set({ revision: sql<number>`known.revision` })
    .whereRef('message_item.message_id', '=', 'known.message')
    .whereRef('message_item.item_id', '=', 'known.item')
    .where('message_item.until_at', 'is', null);
});
