import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { ItemTable, MessageTable } from '../../ports/tables.ts';

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
  /** The revision that was seen on the message; -1: it is to show the item and does not yet. */
  seen: number | null;
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
    .select(['message.state', 'message.why', 'message.attempts', 'message_item.revision as seen'])
    .where('item.staff', '!=', '')
    .orderBy('item.due_at')
    .orderBy('item.rule')
    .orderBy('item.staff')
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

/** The messages that show items of these rules, for these people, due from `from` on. */
export function messagesOfItems(
  db: Db,
  rules: string[],
  staff: string[],
  from: Instant,
): Promise<(Pick<MessageTable, 'id' | 'state'> & { item: string })[]> {
  return db
    .selectFrom('item')
    .innerJoin('message_item', 'message_item.item_id', 'item.id')
    .innerJoin('message', 'message.id', 'message_item.message_id')
    .select(['message.id', 'message.state', 'item.id as item'])
    .where('item.staff', 'in', staff)
    .where('item.rule', 'in', rules)
    .where('item.due_at', '>=', from)
    .where('message_item.until_at', 'is', null)
    .execute();
}

/** These messages are not sent, and their items are no one's any more. */
export async function cancelMessages(db: Db, messages: { id: string; item: string }[], now: Instant): Promise<void> {
  if (messages.length === 0) return;
  const ids = messages.map((one) => one.id);
  const items = messages.map((one) => one.item);
  await db.updateTable('message').set({ state: 'cancelled', settled_at: now }).where('id', 'in', ids).execute();
  await db.updateTable('item').set({ state: 'cancelled' }).where('id', 'in', items).execute();
}
