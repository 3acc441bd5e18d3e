import type { Db } from '../../ports/database.ts';
import { type LedgerRow, ledgerRows } from './queries.ts';

export interface LedgerItem {
  staff: string;
  rule: string;
  date: string;
  card: string;
  state: string;
  why?: string;
  attempts: number;
}

/** Every item of the roster's people with its one state; `totals` adds up to the number of items, always. */
export async function ledger(db: Db): Promise<{ items: LedgerItem[]; totals: Record<string, number> }> {
  const items = (await ledgerRows(db)).map(ledgerItem);
  const totals: Record<string, number> = {};
  for (const item of items) totals[item.state] = (totals[item.state] ?? 0) + 1;
  return { items, totals };
}

function ledgerItem(row: LedgerRow): LedgerItem {
  const unsent = row.item_state !== 'open' || row.state === null;
  const why = unsent ? row.item_why : row.why;
  return {
    staff: row.staff,
    rule: row.rule,
    date: row.date,
    card: row.card,
    state: unsent ? row.item_state : stateOf(row),
    ...(why === null ? {} : { why }),
    attempts: row.attempts ?? 0,
  };
}

/** An item that joins a card in the chat waits until that card has been updated. */
function stateOf({ state, seen, item_state }: LedgerRow): string {
  return state === 'sent' && seen !== null && seen < 0 ? 'pending' : (state ?? item_state);
}
