import { sql } from 'kysely';
import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
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

/**
 * Messages that may go now, most urgent first. A waiting message with a `why` is held back and not among them, nor is one
 * that another service keeps for a second try.
 */
export function waitingMessages(db: Db, owner: string, now: Instant, most: number): Promise<MessageTable[]> {
  return db
    .selectFrom('message')
    .selectAll()
    .where('state', '=', pending)
    .where('why', 'is', null)
    .where((where) => where.or([where('owner', 'is', null), where('owner', '=', owner)]))
    .where('last_useful_at', '>', now)
    .orderBy('priority')
    .orderBy('due_at')
    .limit(most)
    .execute();
}

/**
 * Marks those of the messages that may still go as `sending`, with one attempt each; gives what was claimed. While the pace
 * was waited for, a message may have become useless or held back.
 */
export async function claimMessages(
  db: Db,
  ids: string[],
  owner: string,
  attempts: AttemptTable[],
  now: Instant,
): Promise<MessageTable[]> {
  if (ids.length === 0) return [];
  const claimed = await db
    .updateTable('message')
    .set((row) => ({ state: 'sending' as const, owner, attempts: row('attempts', '+', 1) }))
    .where('id', 'in', ids)
    .where('state', '=', 'pending')
    .where('why', 'is', null)
    .where('last_useful_at', '>', now)
    .returningAll()
    .execute();
  await insertAttempts(db, attempts, new Set(claimed.map((message) => message.id)));
  return claimed;
}

/** Which of these messages wait to be sent, and of which the update waits, at this moment. */
export async function stillWaiting(
  db: Db,
  sends: string[],
  updates: string[],
  now: Instant,
): Promise<{ sends: Set<string>; updates: Set<string> }> {
  const messages = db
    .selectFrom('message')
    .select('id')
    .where('id', 'in', sends)
    .where('state', '=', 'pending')
    .where('why', 'is', null)
    .where('last_useful_at', '>', now);
  const waiting = db
    .selectFrom('message_update')
    .select('message_id')
    .where('message_id', 'in', updates)
    .where('state', '=', 'pending');
  return {
    sends: new Set(sends.length === 0 ? [] : (await messages.execute()).map((row) => row.id)),
    updates: new Set(updates.length === 0 ? [] : (await waiting.execute()).map((row) => row.message_id)),
  };
}

/** One attempt row for each of these messages. */
export async function insertAttempts(db: Db, attempts: AttemptTable[], of: Set<string>): Promise<void> {
  const made = attempts.filter((attempt) => of.has(attempt.message_id));
  if (made.length > 0) await db.insertInto('attempt').values(made).execute();
}

export async function endAttempt(
  db: Db,
  id: string,
  end: Pick<AttemptTable, 'ended_at' | 'outcome' | 'status' | 'why'>,
): Promise<void> {
  await db.updateTable('attempt').set(end).where('id', '=', id).execute();
}

/** Items that a message shows now. */
export function itemsShownBy(db: Db, message: string): Promise<ItemTable[]> {
  return db
    .selectFrom('message_item')
    .innerJoin('item', 'item.id', 'message_item.item_id')
    .selectAll('item')
    .where('message_item.message_id', '=', message)
    .where('message_item.until_at', 'is', null)
    .execute();
}

/** The message that shows an item now. */
export function messageShowing(db: Db, item: string): Promise<MessageTable | undefined> {
  return db
    .selectFrom('message_item')
    .innerJoin('message', 'message.id', 'message_item.message_id')
    .selectAll('message')
    .where('message_item.item_id', '=', item)
    .where('message_item.until_at', 'is', null)
    .executeTakeFirst();
}

export function itemById(db: Db, id: string): Promise<ItemTable | undefined> {
  return db.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirst();
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

/** Lets go, or holds back, what waits for one person's chat. */
export async function holdWaiting(db: Db, aadId: string, why: string | null): Promise<void> {
  await db.updateTable('message').set({ why }).where('aad_id', '=', aadId).where('state', '=', pending).execute();
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
