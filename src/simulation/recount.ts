import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Watch } from './watch.ts';

interface Row {
  item: string;
  rule: string;
  staff: string;
  itemState: string;
  message: string | null;
  state: string | null;
  lastUsefulAt: Instant;
}

const oneDay = 24 * 60 * 60_000;
/** States in which a card cannot have reached anybody. */
const unsent = new Set(['pending', 'skipped', 'refused', 'cancelled']);

/**
 * Counts anew what was made since that instant, from the store against what Teams accepted: one state for each item, nobody
 * lost, nobody twice. `atRest`: nothing is under way, and what could go has gone.
 */
export async function recount(db: Db, watch: Watch, since: Instant, now: Instant, atRest: boolean): Promise<void> {
  const rows = await rowsOf(db, since);
  const seen = new Map<string, Row>();
  for (const row of rows) {
    if (seen.has(row.item)) watch.report(now, 'an item stands in two messages at once', row);
    seen.set(row.item, row);
    judge(row, watch, now, atRest);
  }
  for (const [item, { at }] of watch.accepted) {
    if (at >= since + oneDay && !seen.has(item))
      watch.report(now, 'Teams holds a card of an item that the store has lost');
  }
}

function judge(row: Row, watch: Watch, now: Instant, atRest: boolean): void {
  const accepted = watch.accepted.get(row.item)?.times ?? 0;
  if (row.itemState === 'open' && row.state === null) watch.report(now, 'an open item has no message', row);
  if (row.itemState === 'skipped' && row.message !== null) watch.report(now, 'a skipped item has a message', row);
  if (row.state === 'sent' && accepted === 0) watch.report(now, 'a card is told as sent that Teams never took', row);
  if (row.state !== null && unsent.has(row.state) && accepted > 0) {
    watch.report(now, `a card that Teams took is told as ${row.state}`, row);
  }
  if (!atRest) return;
  if (row.state === 'sending') watch.report(now, 'a card is under way for ever', row);
  if (row.state === 'pending' && row.lastUsefulAt < now) watch.report(now, 'a card waits past its last minute', row);
}

async function rowsOf(db: Db, since: Instant): Promise<Row[]> {
  return db
    .selectFrom('item')
    .leftJoin('message_item', (join) =>
      join.onRef('message_item.item_id', '=', 'item.id').on('message_item.until_at', 'is', null),
    )
    .leftJoin('message', 'message.id', 'message_item.message_id')
    .select(['item.id as item', 'item.rule', 'item.staff', 'item.state as itemState'])
    .select(['item.last_useful_at as lastUsefulAt', 'message.id as message', 'message.state'])
    .where('item.created_at', '>=', since)
    .execute();
}
