import { sql } from 'kysely';
import type { Db } from '../../ports/database.ts';
import { kept, type Slots } from '../../ports/kept-query.ts';
import type { ItemTable, UnknownSenderTable } from '../../ports/tables.ts';

/** Every chat that is known, by AADオブジェクトID. */
export async function chatsByAad(db: Db) {
  const rows = await db
    .selectFrom('conversation')
    .select(['aad_id', 'conversation_id', 'unreachable_why', 'unreachable_since'])
    .execute();
  return new Map(
    rows.map((row) => [
      row.aad_id,
      {
        conversationId: row.conversation_id,
        unreachableWhy: row.unreachable_why,
        unreachableSince: row.unreachable_since,
      },
    ]),
  );
}

/** Every chat that was, or is to be, opened, by AADオブジェクトID. */
export async function openingsByAad(db: Db) {
  const rows = await db.selectFrom('chat_opening').select(['aad_id', 'state', 'created_at', 'settled_at']).execute();
  return new Map(
    rows.map((row) => [row.aad_id, { state: row.state, createdAt: row.created_at, settledAt: row.settled_at }]),
  );
}

/** Who wrote or installed and stood in no roster then; latest first. */
export function unknownSenders(db: Db): Promise<UnknownSenderTable[]> {
  return db.selectFrom('unknown_sender').selectAll().orderBy('last_at', 'desc').orderBy('aad_id').execute();
}

export async function openingsByState(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('chat_opening')
    .select((row) => ['state', row.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
}

/** Alarms on which no end was noted yet. */
export function alarmsWithoutEnd(db: Db, rule: string): Promise<Pick<ItemTable, 'id' | 'occasion'>[]> {
  return openWithoutNote(db, { rule });
}

const openWithoutNote = kept((db, is: Slots<{ rule: string }>) =>
  db
    .selectFrom('item')
    .select(['id', 'occasion'])
    .where('rule', '=', is('rule'))
    .where('note', 'is', null)
    .where('state', '=', sql.lit('open')),
);

/** Keeps with an alarm when it ended and how many people's refusals were undone (JSON). */
export async function noteEnd(db: Db, items: string[], end: string): Promise<void> {
  if (items.length === 0) return;
  await db.updateTable('item').set({ note: end }).where('id', 'in', items).execute();
}
