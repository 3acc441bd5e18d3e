import { sql } from 'kysely';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { ItemTable, MessageItemTable } from '../../ports/tables.ts';
import { chunks } from '../queries.ts';

/** A link that says: this message is to show the item, and nobody has seen it there yet. */
const unseen = -1;
/** Behind every place that is given out. */
const behind = 1000;

/** An item on its way from the message planned for it to another one. */
export interface Boarding {
  item: string;
  /** The message planned for it, which has not left. */
  own: string;
  carrier: string;
}

/** Puts items that wait onto other messages, behind what stands there. Their own messages are given up and keep their reason. */
export async function board(db: Db, boardings: Boarding[], now: Instant): Promise<void> {
  for (const some of chunks(boardings)) {
    const own = some.map((one) => one.own);
    const places = await lastPlaces(db, [...new Set(some.map((one) => one.carrier))]);
    const links = some.map(({ item, carrier }): MessageItemTable => {
      const place = (places.get(carrier) ?? 0) + 1;
      places.set(carrier, place);
      return { message_id: carrier, item_id: item, revision: unseen, from_at: now, until_at: null, place };
    });
    await db.updateTable('message').set({ state: 'cancelled', settled_at: now }).where('id', 'in', own).execute();
    await endLinks(db, own, now);
    await db.insertInto('message_item').values(links).execute();
  }
}

async function endLinks(db: Db, messages: string[], now: Instant): Promise<void> {
  const links = db.updateTable('message_item').set({ until_at: now }).where('message_id', 'in', messages);
  await links.where('until_at', 'is', null).execute();
}

async function lastPlaces(db: Db, messages: string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('message_item')
    .select((row) => ['message_id', row.fn.max<number>('place').as('place')])
    .where('message_id', 'in', messages)
    .groupBy('message_id')
    .execute();
  return new Map(rows.map((row) => [row.message_id, Number(row.place)]));
}

/** Items put onto these messages that nobody has seen there, but for those to `keep`, wait for a ping again. */
export async function unload(db: Db, messages: string[], keep: ReadonlySet<string> = new Set()): Promise<void> {
  if (messages.length === 0) return;
  const aboard = await db
    .selectFrom('message_item')
    .select('item_id')
    .where('message_id', 'in', messages)
    .where('until_at', 'is', null)
    .where('revision', '=', unseen)
    .execute();
  const items = aboard.map((row) => row.item_id).filter((item) => !keep.has(item));
  if (items.length === 0) return;
  await db
    .deleteFrom('message_item')
    .where('message_id', 'in', messages)
    .where('item_id', 'in', items)
    .where('revision', '=', unseen)
    .execute();
  const own = db.selectFrom('message_item').select('message_id').where('item_id', 'in', items).where('place', '=', 0);
  await db
    .updateTable('message')
    .set({ state: 'pending', settled_at: null })
    .where('id', 'in', own)
    .where('state', '=', 'cancelled')
    .execute();
  const links = db.updateTable('message_item').set({ until_at: null }).where('item_id', 'in', items);
  await links.where('place', '=', 0).execute();
}

/** What stood on a message that turns out to have arrived was seen there. */
export async function noteSeen(db: Db, message: string): Promise<void> {
  const links = db.updateTable('message_item').set({ revision: 0 }).where('message_id', '=', message);
  await links.where('revision', '=', unseen).execute();
}

/** Moves an item from the message that shows it to a newer one, which was drawn with it. */
export async function moveItem(
  db: Db,
  item: Pick<ItemTable, 'id' | 'revision'>,
  from: string,
  to: string,
  now: Instant,
): Promise<void> {
  await db
    .updateTable('message_item')
    .set({ until_at: now })
    .where('message_id', '=', from)
    .where('item_id', '=', item.id)
    .where('until_at', 'is', null)
    .execute();
  const place = ((await lastPlaces(db, [to])).get(to) ?? 0) + 1;
  const link = { message_id: to, item_id: item.id, revision: item.revision, from_at: now, until_at: null, place };
  await db.insertInto('message_item').values(link).execute();
}

/**
 * The item is drawn in full on its message from now on, the others as lines: for a program that reads no answers to presses.
 * The place 0 stays with the item the message was planned for.
 */
export async function putFirst(db: Db, message: string, item: string): Promise<void> {
  const present = () => db.updateTable('message_item').where('message_id', '=', message).where('until_at', 'is', null);
  const back = present().set({ place: sql<number>`${behind} - place` });
  await back.where('place', '<', 0).execute();
  await present().set({ place: -1 }).where('item_id', '=', item).where('place', '>', 0).execute();
}

/** An item that a message showed once and that stands elsewhere now; undefined where there is none. */
export function onceShownBy(db: Db, message: string): Promise<ItemTable | undefined> {
  return db
    .selectFrom('message_item')
    .innerJoin('item', 'item.id', 'message_item.item_id')
    .selectAll('item')
    .where('message_item.message_id', '=', message)
    .where('message_item.until_at', 'is not', null)
    .orderBy('message_item.from_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}
