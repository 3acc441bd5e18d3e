import type { Db } from '../../ports/database.ts';
import { kept, keptOne, type Slots } from '../../ports/kept-query.ts';
import type { ItemTable, MessageTable } from '../../ports/tables.ts';

/** What a press has to know of the message that shows its item. */
export type ShowingMessage = Pick<MessageTable, 'id' | 'state' | 'activity_id' | 'settled_at' | 'carries'>;

const pressed = keptOne((db, is: Slots<{ item: string }>) =>
  db
    .selectFrom('item')
    .leftJoin('message_item as link', (join) =>
      join.onRef('link.item_id', '=', 'item.id').on('link.until_at', 'is', null),
    )
    .leftJoin('message', 'message.id', 'link.message_id')
    .selectAll('item')
    .select(['message.id as message_id', 'message.state as message_state'])
    .select(['message.activity_id', 'message.settled_at', 'message.carries'])
    .where('item.id', '=', is('item')),
);

/** An item and the message that shows it now, in one look at the store. */
export async function pressedItem(
  db: Db,
  item: string,
): Promise<{ item: ItemTable; message: ShowingMessage | undefined } | undefined> {
  const row = await pressed(db, { item });
  if (row === undefined) return undefined;
  const { message_id: id, message_state: state, activity_id, settled_at, carries } = row;
  if (id === null || state === null || carries === null) return { item: row, message: undefined };
  return { item: row, message: { id, state, activity_id, settled_at, carries } };
}

const nextOf = (db: Db, is: Slots<{ item: string }>) =>
  db
    .updateTable('item')
    .set((row) => ({ revision: row('revision', '+', 1) }))
    .where('id', '=', is('item'));

/** With what can have become of an item since it was read: to give that back takes as long as the change. */
const revise = keptOne((db, is: Slots<{ item: string }>) =>
  nextOf(db, is).returning(['revision', 'state', 'why', 'note', 'about', 'last_useful_at', 'urgency']),
);

const reviseAlone = kept(nextOf);

/** Makes the next drawing of an item a new revision, and gives the item as it is now. `stands`: its row is as it was read. */
export async function reviseItem(db: Db, item: ItemTable, stands = false): Promise<ItemTable> {
  if (!stands) return { ...item, ...(await revise(db, { item: item.id })) };
  await reviseAlone(db, { item: item.id });
  return { ...item, revision: item.revision + 1 };
}

const outdated = keptOne((db, is: Slots<{ message: string }>) =>
  db
    .selectFrom('message_item')
    .innerJoin('item', 'item.id', 'message_item.item_id')
    .select('item.id')
    .where('message_item.message_id', '=', is('message'))
    .where('message_item.until_at', 'is', null)
    .whereRef('item.revision', '>', 'message_item.revision')
    .limit(1),
);

/** Whether a message shows an older revision of one of its items than the present one. */
export async function isOutdated(db: Db, message: string): Promise<boolean> {
  return (await outdated(db, { message })) !== undefined;
}
