import { sql } from 'kysely';
import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, keptOfMany, type Slots } from '../../ports/kept-query.ts';
import type { ItemTable, MessageTable } from '../../ports/tables.ts';
import { chunks, limited } from '../queries.ts';

/** Written into the statement as in the partial index `message_held`. */
const held = sql<boolean>`message.state = 'pending' and message.why in ('budget', 'digest')`;
/** What rang, or may have: a recalled card had rung. What waits, was refused, dropped or cancelled reached nobody. */
const reached: MessageTable['state'][] = ['sending', 'sent', 'unknown', 'recalled'];

const counted = keptOfMany((db, is: Slots<{ week: LocalDate }>, staff) =>
  db
    .selectFrom('message')
    .select((row) => ['staff', row.fn.countAll<number>().as('pings')])
    .where('counted_week', '=', is('week'))
    .where('counted_week', 'is not', null)
    .where('staff', 'in', staff)
    .where('state', 'in', reached)
    .groupBy('staff'),
);

/** How many counted pings of a week reached each of these people, or are under way. */
export async function usedInWeek(db: Db, week: LocalDate, staff: readonly string[]): Promise<Map<string, number>> {
  const rows = await counted(db, { week }, staff);
  return new Map(rows.map((row) => [row.staff, Number(row.pings)]));
}

export async function noteCounted(db: Db, messages: string[], week: LocalDate): Promise<void> {
  if (messages.length === 0) return;
  await db.updateTable('message').set({ counted_week: week }).where('id', 'in', messages).execute();
}

/** These messages wait for their people's next ping: their items are digests from now on. */
export async function holdForBudget(db: Db, messages: string[]): Promise<void> {
  if (messages.length === 0) return;
  await db.updateTable('message').set({ why: 'budget' }).where('id', 'in', messages).execute();
  const items = db.selectFrom('message_item').select('item_id').where('message_id', 'in', messages);
  await db.updateTable('item').set({ urgency: 'digest' }).where('id', 'in', items).execute();
}

/** Written into the statement as in the partial index `message_hours`. */
const waitsForHours = sql<boolean>`message.state = 'pending' and message.why = 'hours'`;

/** These messages wait for the working hours of their people. */
export async function holdForHours(db: Db, messages: string[]): Promise<void> {
  if (messages.length === 0) return;
  await db.updateTable('message').set({ why: 'hours' }).where('id', 'in', messages).execute();
}

export function waitingForHours(db: Db): Promise<Pick<MessageTable, 'id' | 'staff'>[]> {
  return forHours(db, {});
}

const forHours = kept((db) => db.selectFrom('message').select(['id', 'staff']).where(waitsForHours).orderBy('staff'));

/** These go on, unless they were dropped or held back for another reason meanwhile. */
export async function letGo(db: Db, messages: string[]): Promise<void> {
  for (const some of chunks(messages)) {
    await db.updateTable('message').set({ why: null }).where('id', 'in', some).where(waitsForHours).execute();
  }
}

/** An item that waits for a ping, and the message that was planned for it. */
export interface Held {
  staff: string;
  message: string;
  item: string;
}

/** What waits for the next ping of these people and is of use, the one that ends first before the others. */
export function heldOf(db: Db, staff: string[], now: Instant): Promise<Held[]> {
  return db
    .selectFrom('message')
    .innerJoin('message_item', 'message_item.message_id', 'message.id')
    .innerJoin('item', 'item.id', 'message_item.item_id')
    .select(['message.staff', 'message.id as message', 'item.id as item'])
    .where(held)
    .where('message.staff', 'in', staff)
    .where('message_item.until_at', 'is', null)
    .where('item.state', '=', 'open')
    .where('item.last_useful_at', '>', now)
    .orderBy('item.last_useful_at')
    .orderBy('item.due_at')
    .orderBy('item.id')
    .execute();
}

const withHeld = keptOfMany((db, _is: Slots<object>, staff) =>
  db.selectFrom('message').select('staff').distinct().where(held).where('message.staff', 'in', staff),
);

/** Those of these people for whom something waits for a ping. */
export async function staffWithHeld(db: Db, staff: readonly string[]): Promise<Set<string>> {
  return new Set((await withHeld(db, {}, staff)).map((row) => row.staff));
}

type Campaign = Pick<ItemTable, 'rule' | 'occasion' | 'date'>;

const withOpen = keptOfMany((db, is: Slots<Campaign & { now: Instant }>, staff) =>
  db
    .selectFrom('item')
    .select('staff')
    .distinct()
    .where('staff', 'in', staff)
    .where('date', '=', is('date'))
    .where('state', '=', 'open')
    .where('priority', '>', 0)
    .where('last_useful_at', '>', is('now'))
    .where((where) => where.or([where('rule', '!=', is('rule')), where('occasion', '!=', is('occasion'))])),
);

/** Those of these people who hold another item of that date that is still of use; replies are not among them. */
export async function staffWithOpen(
  db: Db,
  staff: readonly string[],
  { rule, occasion, date }: Campaign,
  now: Instant,
): Promise<Set<string>> {
  return new Set((await withOpen(db, { rule, occasion, date, now }, staff)).map((row) => row.staff));
}

/** For each of these people the last message in their chat that shows an item of that date; replies are not among them. */
export async function cardsOn(db: Db, staff: string[], date: LocalDate): Promise<Map<string, string>> {
  const last = new Map<string, string>();
  for (const some of chunks(staff)) {
    const rows = await db
      .selectFrom('item')
      .innerJoin('message_item', 'message_item.item_id', 'item.id')
      .innerJoin('message', 'message.id', 'message_item.message_id')
      .select(['item.staff', 'message.id'])
      .where('item.staff', 'in', some)
      .where('item.date', '=', date)
      .where('item.priority', '>', 0)
      .where('message_item.until_at', 'is', null)
      .where('message.state', '=', 'sent')
      .where('message.activity_id', 'is not', null)
      .orderBy('message.settled_at')
      .orderBy('message.id')
      .execute();
    for (const row of rows) last.set(row.staff, row.id);
  }
  return last;
}

/** A card that came so short a time ago stays where it is, in milliseconds: two that come together are both new. */
const justCame = 10 * 60_000;

/** Items of that date on other, older messages of the person which can still be pressed, the latest first. */
export function openOnOthers(
  db: Db,
  message: Pick<MessageTable, 'id' | 'staff'>,
  date: LocalDate,
  now: Instant,
  most: number,
): Promise<ItemTable[]> {
  const { id, staff } = message;
  return openElsewhere(db, { id, staff, date, now, settled: now - justCame, most });
}

const openElsewhere = limited((most) =>
  kept((db, is: Slots<{ id: string; staff: string; date: LocalDate; now: Instant; settled: Instant }>) =>
    db
      .selectFrom('item')
      .innerJoin('message_item', 'message_item.item_id', 'item.id')
      .innerJoin('message', 'message.id', 'message_item.message_id')
      .selectAll('item')
      .where('item.staff', '=', is('staff'))
      .where('item.date', '=', is('date'))
      .where('item.state', '=', 'open')
      .where('item.priority', '>', 0)
      .where('item.last_useful_at', '>', is('now'))
      .where('message_item.until_at', 'is', null)
      .where('message.id', '!=', is('id'))
      .where('message.state', 'in', ['sent', 'unknown'])
      .where('message.settled_at', '<=', is('settled'))
      .orderBy('item.due_at', 'desc')
      .orderBy('item.id')
      .limit(sql.lit(most)),
  ),
);

/** An item with the message that shows it: whether that was planned for another one, and why its own never left. */
export interface ContactRow {
  item: ItemTable;
  message: {
    state: MessageTable['state'];
    why: string | null;
    elsewhere: boolean;
    ownWhy: string | null;
    settled: Instant | null;
  };
}

/** Items of a person since a date that are not replies, in order of time, each with the message that shows it. */
export async function contactRows(db: Db, staff: string, since: LocalDate): Promise<ContactRow[]> {
  const rows = await db
    .selectFrom('item')
    .innerJoin('message_item as link', 'link.item_id', 'item.id')
    .innerJoin('message', 'message.id', 'link.message_id')
    .innerJoin('message_item as planned', (join) =>
      join.onRef('planned.item_id', '=', 'item.id').on('planned.place', '=', 0),
    )
    .innerJoin('message as own', 'own.id', 'planned.message_id')
    .selectAll('item')
    .select(['message.state as shownState', 'message.why as shownWhy', 'message.settled_at as settled'])
    .select(['message.id as shownBy', 'own.id as ownId', 'own.state as ownState', 'own.why as ownWhy'])
    .where('item.staff', '=', staff)
    .where('item.date', '>=', since)
    .where('item.state', '=', 'open')
    .where('item.priority', '>', 0)
    .where('link.until_at', 'is', null)
    .orderBy('item.due_at')
    .orderBy('item.id')
    .execute();
  return rows.map(({ shownState: state, shownWhy: why, settled, shownBy, ownId, ownState, ownWhy, ...item }) => {
    const elsewhere = shownBy !== ownId;
    return { item, message: { state, why, elsewhere, ownWhy: ownState === 'cancelled' ? ownWhy : null, settled } };
  });
}
