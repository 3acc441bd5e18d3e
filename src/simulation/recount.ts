import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { everything, itemWithId, outdated, unfinished, unsent, updatesGivenUp } from './queries.ts';
import type { Watch } from './watch.ts';

/** So many of one kind are told of at most. */
const mostTold = 50;

interface Span {
  since: Instant;
  now: Instant;
}

/**
 * Counts anew what was made since that instant, from the store against what Teams accepted: one state for each item, nobody
 * lost, nobody twice. `atRest`: nothing is under way, and what could go has gone.
 */
export async function recount(db: Db, watch: Watch, { since, now }: Span, atRest: boolean): Promise<void> {
  const counted = await everything(db, { since });
  const of = (items: string | null | undefined) => (items ? items.split(',') : []);
  const wrong = async (items: string[], what: string) => {
    for (const id of items.slice(0, mostTold)) watch.report(now, what, await itemWithId(db, { id }));
  };
  const reached = (item: string) => watch.hasReached(item);
  const seen = new Set<string>();
  const twice = of(counted?.every).filter((item) => seen.has(item) || !seen.add(item));
  await wrong(twice, 'an item stands in two messages at once');
  await wrong(of(counted?.bare), 'an open item has no message');
  await wrong(of(counted?.linked), 'a skipped item has a message');
  await wrong(
    of(counted?.sent).filter((item) => !reached(item)),
    'a card is told as sent that Teams never took',
  );
  for (const state of unsent)
    await wrong(of(counted?.[state]).filter(reached), `a card that Teams took is told as ${state}`);
  if (atRest) await judgeRest(db, watch, { since, now });
  // A card of the first third may be of an item that was made before.
  const older = watch.acceptedSince(since + (now - since) / 3).filter((item) => !seen.has(item));
  for (const id of older) {
    if (!(await itemWithId(db, { id }))) watch.report(now, 'Teams holds a card of an item that the store has lost');
  }
}

/** Nothing is under way or waits for ever, and every stored card shows its present state, but where its update was refused (the app is gone) or came to nothing. */
async function judgeRest(db: Db, watch: Watch, { since, now }: Span): Promise<void> {
  for (const row of await unfinished(db, { since, now })) {
    const sending = row.state === 'sending';
    watch.report(now, sending ? 'a card is under way for ever' : 'a card waits past its last minute', row);
  }
  const lost = new Set((await updatesGivenUp(db, {})).map((attempt) => attempt.message_id));
  for (const row of await outdated(db, { since })) {
    if (!lost.has(row.message)) watch.report(now, 'a stored card was never brought to its present state', row);
  }
}
