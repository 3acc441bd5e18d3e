import { sql } from 'kysely';
import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { keptOne, type Slots } from '../ports/kept-query.ts';
import type { AttemptTable, ItemTable, MessageItemTable, MessageTable } from '../ports/tables.ts';

/**
 * States as they stand in the conditions of partial indexes: written into the statement, not bound, because SQLite takes such
 * an index only where the statement itself says the same.
 */
export const pending = sql.lit('pending' as const);
export const sending = sql.lit('sending' as const);

/** Rows of one statement: SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const rowsAtOnce = 400;

/** A list in pieces that one statement takes. */
export function* chunks<T>(rows: T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce);
}

/** Inserts items; one that stands already for (rule, occasion, person) stays as it is. */
export async function insertItems(db: Db, items: ItemTable[]): Promise<void> {
  for (const some of chunks(items)) {
    const insert = db.insertInto('item').values(some);
    await insert.onConflict((conflict) => conflict.columns(['rule', 'occasion', 'staff']).doNothing()).execute();
  }
}

export async function insertMessages(db: Db, messages: MessageTable[], links: MessageItemTable[]): Promise<void> {
  for (const some of chunks(messages)) await db.insertInto('message').values(some).execute();
  for (const some of chunks(links)) await db.insertInto('message_item').values(some).execute();
}

/** 職員番号 that hold an item of this occasion already. */
export async function staffWithItem(db: Db, rule: string, occasion: string): Promise<Set<string>> {
  const query = db.selectFrom('item').select('staff').where('rule', '=', rule).where('occasion', '=', occasion);
  return new Set((await query.execute()).map((row) => row.staff));
}

/** Whose messages: free ones and those this owner keeps for a second try; still of use after that instant; at most so many. */
interface Looked {
  owner: string;
  after: Instant;
  most: number;
}

/** Messages that may go, most urgent first. A waiting message with a `why` is held back and not among them. */
export function waitingMessages(db: Db, { owner, after, most }: Looked): Promise<MessageTable[]> {
  return db
    .selectFrom('message')
    .selectAll()
    .where('state', '=', pending)
    .where('why', 'is', null)
    .where((where) => where.or([where('owner', 'is', null), where('owner', '=', owner)]))
    .where('last_useful_at', '>', after)
    .orderBy('priority')
    .orderBy('due_at')
    .limit(most)
    .execute();
}

/** Messages that may go and are of no use after `until`, the earliest end first. */
export function hurriedMessages(
  db: Db,
  { owner, after, most, until }: Looked & { until: Instant },
): Promise<MessageTable[]> {
  return db
    .selectFrom('message')
    .selectAll()
    .where('state', '=', pending)
    .where('why', 'is', null)
    .where((where) => where.or([where('owner', 'is', null), where('owner', '=', owner)]))
    .where('last_useful_at', '>', after)
    .where('last_useful_at', '<=', until)
    .orderBy('last_useful_at')
    .orderBy('priority')
    .limit(most)
    .execute();
}

/**
 * Marks those of the messages that may still go as `sending`; gives what was claimed. Meanwhile a message may have become
 * useless, been held back or been claimed by another service.
 */
export async function claimMessages(db: Db, ids: string[], owner: string, after: Instant): Promise<MessageTable[]> {
  if (ids.length === 0) return [];
  return db
    .updateTable('message')
    .set((row) => ({ state: 'sending' as const, owner, attempts: row('attempts', '+', 1) }))
    .where('id', 'in', ids)
    .where('state', '=', 'pending')
    .where('why', 'is', null)
    .where('last_useful_at', '>', after)
    .returningAll()
    .execute();
}

/** A claimed message whose request was not made waits again. */
export async function returnMessage(db: Db, id: string): Promise<void> {
  await db
    .updateTable('message')
    .set((row) => ({ state: 'pending' as const, attempts: row('attempts', '-', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
}

/** One attempt row for each call, written before its request. */
export async function insertAttempts(db: Db, attempts: AttemptTable[]): Promise<void> {
  if (attempts.length > 0) await db.insertInto('attempt').values(attempts).execute();
}

export async function forgetAttempt(db: Db, id: string): Promise<void> {
  await db.deleteFrom('attempt').where('id', '=', id).execute();
}

/** How attempts ended: one statement for all that ended alike. */
export async function endAttempts(
  db: Db,
  ends: Pick<AttemptTable, 'id' | 'outcome' | 'status' | 'why'>[],
  now: Instant,
): Promise<void> {
  const alike = new Map<string, typeof ends>();
  for (const end of ends) {
    const key = `${end.outcome} ${end.status} ${end.why}`;
    alike.set(key, [...(alike.get(key) ?? []), end]);
  }
  for (const [first, ...others] of alike.values()) {
    if (!first) continue;
    const { id, ...end } = first;
    const ids = [id, ...others.map((other) => other.id)];
    await db
      .updateTable('attempt')
      .set({ ...end, ended_at: now })
      .where('id', 'in', ids)
      .execute();
  }
}

/** The present revisions of these items. */
export async function revisionsOf(db: Db, items: string[]): Promise<Map<string, number>> {
  if (items.length === 0) return new Map();
  const rows = await db.selectFrom('item').select(['id', 'revision']).where('id', 'in', items).execute();
  return new Map(rows.map((row) => [row.id, row.revision]));
}

/** Items that a message shows now, the one that is drawn in full first. */
export function itemsShownBy(db: Db, message: string): Promise<ItemTable[]> {
  return db
    .selectFrom('message_item')
    .innerJoin('item', 'item.id', 'message_item.item_id')
    .selectAll('item')
    .where('message_item.message_id', '=', message)
    .where('message_item.until_at', 'is', null)
    .orderBy('message_item.place')
    .execute();
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

export function messageById(db: Db, id: string): Promise<MessageTable | undefined> {
  return db.selectFrom('message').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function setMessage(db: Db, id: string, change: Partial<MessageTable>): Promise<void> {
  await db.updateTable('message').set(change).where('id', '=', id).execute();
}

export async function noteShownRevision(db: Db, message: string, item: string, revision: number): Promise<void> {
  await db
    .updateTable('message_item')
    .set({ revision })
    .where('message_id', '=', message)
    .where('item_id', '=', item)
    .where('until_at', 'is', null)
    .execute();
}

/** Drops what waits past its last useful minute: `skipped(expired)`, or with the reason that held it back. */
export async function expireWaiting(db: Db, now: Instant): Promise<void> {
  await db
    .updateTable('message')
    .set({ state: 'skipped', why: sql<string>`coalesce(why, 'expired')`, settled_at: now })
    .where('state', '=', pending)
    .where('last_useful_at', '<=', now)
    .execute();
}

/** Lets go, or holds back, what waits for one person's chat or hours; what waits for the person's next ping goes on doing so. */
export async function holdWaiting(db: Db, aadId: string, why: string | null): Promise<void> {
  await db
    .updateTable('message')
    .set({ why })
    .where('aad_id', '=', aadId)
    .where('state', '=', pending)
    .where((where) => where.or([where('why', 'is', null), where('why', 'in', ['unreachable', 'hours'])]))
    .execute();
}

/** True the first time an activity is seen. */
export async function noteActivity(db: Db, activity: string, now: Instant): Promise<boolean> {
  const made = await db
    .insertInto('handled_activity')
    .values({ activity_id: activity, handled_at: now })
    .onConflict((conflict) => conflict.column('activity_id').doNothing())
    .executeTakeFirst();
  return Number(made.numInsertedOrUpdatedRows ?? 0) > 0;
}
