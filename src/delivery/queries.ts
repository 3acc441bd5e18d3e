import { sql } from 'kysely';
import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { kept, keptOfMany, keptOne, type Slots } from '../ports/kept-query.ts';
import type { ItemTable, MessageTable } from '../ports/tables.ts';

/**
 * States as they stand in the conditions of partial indexes: written into the statement, not bound, because SQLite takes such
 * an index only where the statement itself says the same.
 */
export const pending = sql.lit('pending' as const);
export const sending = sql.lit('sending' as const);

/**
 * The same for rows that are named by their ids: no engine takes a partial index for it. PostgreSQL else does, as it believes what it
 * counted before a campaign, when nothing waited, and goes through all that waits for the sake of eight rows.
 */
export const stillPending = sql<boolean>`coalesce(state, '') = ${pending}`;

/** Rows of one statement: SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const rowsAtOnce = 400;

/** A list in pieces that one statement takes. */
export function* chunks<T>(rows: T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce);
}

/**
 * A statement for each number of rows it may give: the number stands in the statement itself. SQLite plans a statement with a bound
 * limit anew at every run, which costs ten times as much as looking.
 */
export function limited<V extends object, D, R>(build: (most: number) => (db: D, values: V) => Promise<R>) {
  const built = new Map<number, (db: D, values: V) => Promise<R>>();
  return (db: D, asked: V & { most: number }): Promise<R> => {
    const query = built.get(asked.most) ?? build(asked.most);
    built.set(asked.most, query);
    return query(db, asked);
  };
}

/** Whose messages: free ones and those this owner keeps for a second try; still of use after that instant; at most so many. */
interface Looked {
  owner: string;
  after: Instant;
  most: number;
}

type Asked = Omit<Looked, 'most'>;

function mayGo(db: Db, is: Slots<Asked>, most: number) {
  return db
    .selectFrom('message')
    .selectAll()
    .where('state', '=', pending)
    .where('why', 'is', null)
    .where((where) => where.or([where('owner', 'is', null), where('owner', '=', is('owner'))]))
    .where('last_useful_at', '>', is('after'))
    .limit(sql.lit(most));
}

/** Messages that may go, most urgent first. A waiting message with a `why` is held back and not among them. */
export const waitingMessages = limited((most) =>
  kept((db, is: Slots<Asked>) => mayGo(db, is, most).orderBy('priority').orderBy('due_at')),
);

/** Messages that may go and are of no use after `until`, the earliest end first. */
export const hurriedMessages = limited((most) =>
  kept((db, is: Slots<Asked & { until: Instant }>) =>
    mayGo(db, is, most).where('last_useful_at', '<=', is('until')).orderBy('last_useful_at').orderBy('priority'),
  ),
);

/**
 * Marks those of the messages that may still go as `sending`; gives what was claimed. Meanwhile a message may have become
 * useless, been held back or been claimed by another service.
 */
export function claimMessages(db: Db, ids: string[], owner: string, after: Instant): Promise<MessageTable[]> {
  return takeMessages(db, { owner, after }, ids);
}

const takeMessages = keptOfMany((db, is: Slots<Pick<Looked, 'owner' | 'after'>>, ids) =>
  db
    .updateTable('message')
    .set((row) => ({ state: 'sending' as const, owner: is('owner'), attempts: row('attempts', '+', 1) }))
    .where('id', 'in', ids)
    .where(stillPending)
    .where('why', 'is', null)
    .where('last_useful_at', '>', is('after'))
    .returningAll(),
);

/** A claimed message whose request was not made waits again. */
export async function returnMessage(db: Db, id: string): Promise<void> {
  await db
    .updateTable('message')
    .set((row) => ({ state: 'pending' as const, attempts: row('attempts', '-', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
}

const presentRevisions = keptOfMany((db, _is: Slots<object>, ids) =>
  db.selectFrom('item').select(['id', 'revision']).where('id', 'in', ids),
);

/** The present revisions of these items. */
export async function revisionsOf(db: Db, items: string[]): Promise<Map<string, number>> {
  return new Map((await presentRevisions(db, {}, items)).map((row) => [row.id, row.revision]));
}

const shownByMany = keptOfMany((db, _is: Slots<object>, messages) =>
  db
    .selectFrom('message_item')
    .innerJoin('item', 'item.id', 'message_item.item_id')
    .selectAll('item')
    .select('message_item.message_id as shown_by')
    .where('message_item.message_id', 'in', messages)
    .where('message_item.until_at', 'is', null)
    .orderBy('message_item.place'),
);

/** Items that these messages show now, the one that is drawn in full first. */
export async function itemsShownByEach(db: Db, messages: readonly string[]): Promise<Map<string, ItemTable[]>> {
  const found = new Map<string, ItemTable[]>();
  for (const { shown_by: message, ...item } of await shownByMany(db, {}, messages))
    found.set(message, [...(found.get(message) ?? []), item]);
  return found;
}

/** The same for one message. */
export async function itemsShownBy(db: Db, message: string): Promise<ItemTable[]> {
  return (await itemsShownByEach(db, [message])).get(message) ?? [];
}

const showing = keptOne((db, is: Slots<{ item: string }>) =>
  db
    .selectFrom('message_item')
    .innerJoin('message', 'message.id', 'message_item.message_id')
    .selectAll('message')
    .where('message_item.item_id', '=', is('item'))
    .where('message_item.until_at', 'is', null),
);

/** The message that shows an item now. */
export function messageShowing(db: Db, item: string): Promise<MessageTable | undefined> {
  return showing(db, { item });
}

const itemWithId = keptOne((db, is: Slots<{ id: string }>) =>
  db.selectFrom('item').selectAll().where('id', '=', is('id')),
);

export function itemById(db: Db, id: string): Promise<ItemTable | undefined> {
  return itemWithId(db, { id });
}

const revise = keptOne((db, is: Slots<{ id: string }>) =>
  db
    .updateTable('item')
    .set((row) => ({ revision: row('revision', '+', 1) }))
    .where('id', '=', is('id'))
    .returningAll(),
);

/** Makes the next drawing of an item a new revision; gives the item as it is now. */
export function nextRevision(db: Db, id: string): Promise<ItemTable | undefined> {
  return revise(db, { id });
}

const messageWithId = keptOne((db, is: Slots<{ id: string }>) =>
  db.selectFrom('message').selectAll().where('id', '=', is('id')),
);

export function messageById(db: Db, id: string): Promise<MessageTable | undefined> {
  return messageWithId(db, { id });
}

export async function setMessage(db: Db, id: string, change: Partial<MessageTable>): Promise<void> {
  await db.updateTable('message').set(change).where('id', '=', id).execute();
}

/** Drops what waits past its last useful minute: `skipped(expired)`, or with the reason that held it back. */
export async function expireWaiting(db: Db, now: Instant): Promise<void> {
  await dropLate(db, { now });
}

const dropLate = kept((db, is: Slots<{ now: Instant }>) =>
  db
    .updateTable('message')
    .set({ state: 'skipped', why: sql<string>`coalesce(why, 'expired')`, settled_at: is('now') })
    .where('state', '=', pending)
    .where('last_useful_at', '<=', is('now')),
);

/** Lets go, or holds back, what waits for one person's chat or hours; what waits for the person's next ping goes on doing so. */
export async function holdWaiting(db: Db, aadId: string, why: string | null): Promise<void> {
  await hold(db, { aadId, why });
}

const hold = kept((db, is: Slots<{ aadId: string; why: string | null }>) =>
  db
    .updateTable('message')
    .set({ why: is('why') })
    .where('aad_id', '=', is('aadId'))
    .where('state', '=', pending)
    .where((where) => where.or([where('why', 'is', null), where('why', 'in', ['unreachable', 'hours'])])),
);

/** True the first time an activity is seen. */
export async function noteActivity(db: Db, activity: string, now: Instant): Promise<boolean> {
  const made = await db
    .insertInto('handled_activity')
    .values({ activity_id: activity, handled_at: now })
    .onConflict((conflict) => conflict.column('activity_id').doNothing())
    .executeTakeFirst();
  return Number(made.numInsertedOrUpdatedRows ?? 0) > 0;
}
