import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { BookRow } from './book-row.ts';
import type { Watch } from './watch.ts';

const oneDay = 24 * 60 * 60_000;
/** States in which a card cannot have reached anybody. */
const unsent = new Set(['pending', 'skipped', 'refused', 'cancelled']);

interface Span {
  since: Instant;
  now: Instant;
}

/**
 * Counts anew what was made since that instant, from the store against what Teams accepted: one state for each item, nobody
 * lost, nobody twice. `atRest`: nothing is under way, and what could go has gone. Gives what it counted.
 */
export async function recount(db: Db, watch: Watch, span: Span, atRest: boolean): Promise<BookRow[]> {
  const { since, now } = span;
  const rows = await rowsOf(db, since);
  const seen = new Map<string, BookRow>();
  for (const row of rows) {
    if (seen.has(row.item)) watch.report(now, 'an item stands in two messages at once', row);
    seen.set(row.item, row);
    judge(row, watch, now, atRest);
  }
  const older = watch.acceptedSince(since + oneDay).filter((item) => !seen.has(item));
  for (const item of older) {
    const held = await db.selectFrom('item').select('id').where('id', '=', item).executeTakeFirst();
    if (!held) watch.report(now, 'Teams holds a card of an item that the store has lost');
  }
  if (atRest) await judgeStored(db, watch, now, rows);
  return rows;
}

/** Every stored card shows its present state, but where its update was refused (the app is gone) or came to nothing. */
async function judgeStored(db: Db, watch: Watch, now: Instant, rows: BookRow[]): Promise<void> {
  const attempts = db.selectFrom('attempt').select('message_id').where('kind', '=', 'update');
  const givenUp = await attempts.where('outcome', 'in', ['refused', 'unknown']).execute();
  const lost = new Set(givenUp.map((attempt) => attempt.message_id));
  for (const row of rows) {
    const { state, message, shown, revision } = row;
    if (state !== 'sent' || message === null || shown === null || shown >= revision || lost.has(message)) continue;
    watch.report(now, 'a stored card was never brought to its present state', row);
  }
}

function judge(row: BookRow, watch: Watch, now: Instant, atRest: boolean): void {
  const reached = watch.hasReached(row.item);
  if (row.itemState === 'open' && row.state === null) watch.report(now, 'an open item has no message', row);
  if (row.itemState === 'skipped' && row.message !== null) watch.report(now, 'a skipped item has a message', row);
  if (row.state === 'sent' && !reached) watch.report(now, 'a card is told as sent that Teams never took', row);
  if (row.state !== null && unsent.has(row.state) && reached) {
    watch.report(now, `a card that Teams took is told as ${row.state}`, row);
  }
  if (!atRest) return;
  if (row.state === 'sending') watch.report(now, 'a card is under way for ever', row);
  if (row.state === 'pending' && row.lastUsefulAt < now) watch.report(now, 'a card waits past its last minute', row);
}

async function rowsOf(db: Db, since: Instant): Promise<BookRow[]> {
  return db
    .selectFrom('item')
    .leftJoin('message_item', (join) =>
      join.onRef('message_item.item_id', '=', 'item.id').on('message_item.until_at', 'is', null),
    )
    .leftJoin('message', 'message.id', 'message_item.message_id')
    .select(['item.id as item', 'item.rule', 'item.date', 'item.staff', 'item.state as itemState', 'item.revision'])
    .select(['item.last_useful_at as lastUsefulAt', 'message_item.revision as shown'])
    .select(['message.id as message', 'message.state'])
    .where('item.created_at', '>=', since)
    .execute();
}
