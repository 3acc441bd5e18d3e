import { sql } from 'kysely';
import type { Db } from '../../ports/database.ts';
import { kept, keptRows, type Slots } from '../../ports/kept-query.ts';
import type { MessageTable } from '../../ports/tables.ts';

/** What is known of a message that arrived; null leaves what stands. */
export type Arrived = Pick<MessageTable, 'id' | 'activity_id' | 'settled_at'> & { revision: number | null };

/** Messages arrived: each with that activity, showing that revision of its first item. */
export async function noteSent(db: Db, messages: readonly Arrived[]): Promise<void> {
  for (let from = 0; from < messages.length; from += sentAtOnce) {
    const some = messages.slice(from, from + sentAtOnce);
    const last = some.at(-1);
    // One that stands there twice changes nothing; a statement of another length would be another one to the store.
    while (last && some.length > 1 && some.length < sentAtOnce) some.push(last);
    await putSent(db, some);
  }
}

const sentAtOnce = 8;

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

/** A stored message was changed: it shows that revision of its first item now. */
export const noteChanged = kept((db, is: Slots<{ id: string; revision: number }>) =>
  db
    .updateTable('message')
    .set({ shown_revision: is('revision') })
    .where('id', '=', is('id')),
);

/** That revision of an item stands on a message now. */
export const noteShownRevision = kept((db, is: Slots<{ message: string; item: string; revision: number }>) =>
  db
    .updateTable('message_item')
    .set({ revision: is('revision') })
    .where('message_id', '=', is('message'))
    .where('item_id', '=', is('item'))
    .where('until_at', 'is', null),
);
