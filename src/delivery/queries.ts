import { sql } from 'kysely';
import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { AttemptTable, ItemTable, MessageItemTable, MessageTable } from '../ports/tables.ts';

/** Rows of one statement: SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const rowsAtOnce = 400;

function* chunks<T>(rows: T[]): Generator<T[]> {
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
    .where('state', '=', 'pending')
    .where('why', 'is', null)
    .where((where) => where.or([where('owner', 'is', null), where('owner', '=', owner)]))
    .where('last_useful_at', '>', now)
    .orderBy('priority')
    .orderBy('due_at')
    .limit(most)
    .execute();
}

/** Updates that wait, oldest first, with the message they change. */
export function waitingUpdates(db: Db, owner: string, most: number): Promise<MessageTable[]> {
  return db
    .selectFrom('message_update')
    .innerJoin('message', 'message.id', 'message_update.message_id')
    .selectAll('message')
    .where('message_update.state', '=', 'pending')
    .where((where) => where.or([where('message_update.owner', 'is', null), where('message_update.owner', '=', owner)]))
    .orderBy('message_update.queued_at')
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

/** The same for updates of stored messages. */
export async function claimUpdates(
  db: Db,
  ids: string[],
  owner: string,
  attempts: AttemptTable[],
): Promise<MessageTable[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .updateTable('message_update')
    .set((row) => ({ state: 'sending' as const, owner, attempts: row('attempts', '+', 1) }))
    .where('message_id', 'in', ids)
    .where('state', '=', 'pending')
    .returning('message_id')
    .execute();
  const claimed = rows.map((row) => row.message_id);
  if (claimed.length === 0) return [];
  await insertAttempts(db, attempts, new Set(claimed));
  return db.selectFrom('message').selectAll().where('id', 'in', claimed).execute();
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

async function insertAttempts(db: Db, attempts: AttemptTable[], of: Set<string>): Promise<void> {
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

/** Queues one update of a stored message; one that waits already stands for both, one under way is followed by another. */
export async function queueUpdate(db: Db, message: string, now: Instant): Promise<void> {
  await db
    .insertInto('message_update')
    .values({ message_id: message, state: 'pending', attempts: 0, owner: null, queued_at: now, again: 0 })
    .onConflict((conflict) =>
      conflict.column('message_id').doUpdateSet({
        again: sql<0 | 1>`case when message_update.state = 'sending' then 1 else 0 end`,
        queued_at: now,
      }),
    )
    .execute();
}

/** Ends an update that was claimed; one that was asked for meanwhile waits in its place. */
export async function endUpdate(db: Db, message: string): Promise<void> {
  await db
    .updateTable('message_update')
    .set({ state: 'pending', again: 0, owner: null, attempts: 0 })
    .where('message_id', '=', message)
    .where('state', '=', 'sending')
    .where('again', '=', 1)
    .execute();
  await db.deleteFrom('message_update').where('message_id', '=', message).where('state', '=', 'sending').execute();
}

/** Puts an update back to wait; the service that tried it tries it again. */
export async function returnUpdate(db: Db, message: string): Promise<void> {
  await db
    .updateTable('message_update')
    .set({ state: 'pending', again: 0 })
    .where('message_id', '=', message)
    .execute();
}

/** Drops what waits past its last useful minute: `skipped(expired)`, or with the reason that held it back. */
export async function expireWaiting(db: Db, now: Instant): Promise<void> {
  await db
    .updateTable('message')
    .set({ state: 'skipped', why: sql<string>`coalesce(why, 'expired')`, settled_at: now })
    .where('state', '=', 'pending')
    .where('last_useful_at', '<=', now)
    .execute();
}

/**
 * Takes back what has not left: items of these rules for these people, due from `from` on. What is under way or was sent
 * stays. Gives how many were cancelled, and how many had left (災害モード says so).
 */
export async function cancelWaiting(
  db: Db,
  { rules, staff, from }: { rules: string[]; staff: string[]; from: Instant },
  now: Instant,
): Promise<{ cancelled: number; left: number }> {
  let cancelled = 0;
  let left = 0;
  for (const some of chunks(staff)) {
    const messages = await db
      .selectFrom('item')
      .innerJoin('message_item', 'message_item.item_id', 'item.id')
      .innerJoin('message', 'message.id', 'message_item.message_id')
      .select(['message.id', 'message.state', 'item.id as item'])
      .where('item.staff', 'in', some)
      .where('item.rule', 'in', rules)
      .where('item.due_at', '>=', from)
      .where('message_item.until_at', 'is', null)
      .execute();
    const waiting = messages.filter((message) => message.state === 'pending');
    left += messages.filter((message) => ['sending', 'sent', 'unknown'].includes(message.state)).length;
    cancelled += waiting.length;
    if (waiting.length === 0) continue;
    const change = { state: 'cancelled' as const, settled_at: now };
    await db
      .updateTable('message')
      .set(change)
      .where(
        'id',
        'in',
        waiting.map((one) => one.id),
      )
      .execute();
    await db
      .updateTable('item')
      .set({ state: 'cancelled' })
      .where(
        'id',
        'in',
        waiting.map((one) => one.item),
      )
      .execute();
  }
  return { cancelled, left };
}

/** Lets go, or holds back, what waits for one person's chat. */
export async function holdWaiting(db: Db, aadId: string, why: string | null): Promise<void> {
  await db.updateTable('message').set({ why }).where('aad_id', '=', aadId).where('state', '=', 'pending').execute();
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

export interface LedgerRow {
  staff: string;
  rule: string;
  date: string;
  card: string;
  item_state: ItemTable['state'];
  item_why: string | null;
  state: MessageTable['state'] | null;
  why: string | null;
  attempts: number | null;
}

/** Every item with the message that shows it. */
export function ledgerRows(db: Db): Promise<LedgerRow[]> {
  return db
    .selectFrom('item')
    .leftJoin('message_item', (join) =>
      join.onRef('message_item.item_id', '=', 'item.id').on('message_item.until_at', 'is', null),
    )
    .leftJoin('message', 'message.id', 'message_item.message_id')
    .select(['item.staff', 'item.rule', 'item.date', 'item.card', 'item.state as item_state', 'item.why as item_why'])
    .select(['message.state', 'message.why', 'message.attempts'])
    .where('item.staff', '!=', '')
    .orderBy('item.due_at')
    .orderBy('item.rule')
    .orderBy('item.staff')
    .execute();
}

/** What was sent to a person on a date, in order of time. */
export function sentItemsOf(db: Db, staff: string, date: string): Promise<ItemTable[]> {
  return db
    .selectFrom('item')
    .innerJoin('message_item', 'message_item.item_id', 'item.id')
    .innerJoin('message', 'message.id', 'message_item.message_id')
    .selectAll('item')
    .where('item.staff', '=', staff)
    .where('item.date', '=', date)
    .where('item.state', '=', 'open')
    .where('message.state', '=', 'sent')
    .where('message_item.until_at', 'is', null)
    .orderBy('item.due_at')
    .execute();
}

/** Counts for operation: messages by state, and stored messages that wait for their update. */
export async function deliveryFigures(db: Db): Promise<{ messages: Record<string, number>; updatesWaiting: number }> {
  const byState = await db
    .selectFrom('message')
    .select((row) => ['state', row.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const { count } = await db
    .selectFrom('message_update')
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    messages: Object.fromEntries(byState.map((row) => [row.state, Number(row.count)])),
    updatesWaiting: Number(count),
  };
}
