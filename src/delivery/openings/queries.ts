import { sql } from 'kysely';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, type Slots } from '../../ports/kept-query.ts';
import type { ChatOpeningTable } from '../../ports/tables/delivery.ts';
import { limited, stillPending } from '../queries.ts';

const rowsAtOnce = 400;
const plannedKey = 'openings-planned';

/** For which day and roster the openings were planned last. */
export async function openingsPlanned(db: Db): Promise<string | null> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', plannedKey).executeTakeFirst();
  return row?.value ?? null;
}

export async function noteOpeningsPlanned(db: Db, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key: plannedKey, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Ids whose chat was opened, refused, tried or is to be opened: nobody of them is asked a second time. */
export async function openingsHeld(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('chat_opening').select('aad_id').execute();
  return new Set(rows.map((row) => row.aad_id));
}

export async function insertOpenings(db: Db, openings: ChatOpeningTable[]): Promise<void> {
  for (let from = 0; from < openings.length; from += rowsAtOnce) {
    const insert = db.insertInto('chat_opening').values(openings.slice(from, from + rowsAtOnce));
    await insert.onConflict((conflict) => conflict.column('aad_id').doNothing()).execute();
  }
}

/** Chats to open, oldest first, but for people who have written meanwhile, and those another service tries again later. */
export const waitingOpenings = limited((most) =>
  kept((db, is: Slots<{ owner: string }>) =>
    db
      .selectFrom('chat_opening')
      .selectAll()
      .where('state', '=', 'pending')
      .where((where) => where.or([where('owner', 'is', null), where('owner', '=', is('owner'))]))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('conversation')
              .select('conversation.aad_id')
              .whereRef('conversation.aad_id', '=', 'chat_opening.aad_id')
              .where((where) =>
                where.or([where('conversation_id', '!=', ''), where('unreachable_since', 'is not', null)]),
              ),
          ),
        ),
      )
      .orderBy('created_at')
      .limit(sql.lit(most)),
  ),
);

/** Marks those that still wait as under way, before any request leaves. */
export async function claimOpenings(db: Db, ids: string[], owner: string): Promise<ChatOpeningTable[]> {
  if (ids.length === 0) return [];
  return db
    .updateTable('chat_opening')
    .set((row) => ({ state: 'opening' as const, owner, attempts: row('attempts', '+', 1) }))
    .where('id', 'in', ids)
    .where(stillPending)
    .returningAll()
    .execute();
}

/** A claimed opening whose request was not made waits again. */
export async function returnOpening(db: Db, id: string): Promise<void> {
  await db
    .updateTable('chat_opening')
    .set((row) => ({ state: 'pending' as const, attempts: row('attempts', '-', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'opening')
    .execute();
}

/** These people's chats were refused while the app, not they, was: they are asked once more. */
export async function refusedOpensAgain(db: Db, aadIds: string[]): Promise<void> {
  if (aadIds.length === 0) return;
  await db
    .updateTable('chat_opening')
    .set({ state: 'pending', why: null, owner: null, settled_at: null })
    .where('aad_id', 'in', aadIds)
    .where('state', '=', 'refused')
    .execute();
}

export async function setOpening(db: Db, id: string, change: Partial<ChatOpeningTable>): Promise<void> {
  await db.updateTable('chat_opening').set(change).where('id', '=', id).execute();
}

/** After a crash: whether the chat was opened is not known, and nobody is asked twice. */
export async function recoverOpenings(db: Db, dead: string[], now: Instant): Promise<number> {
  const lost = await db
    .updateTable('chat_opening')
    .set({ state: 'unknown', why: 'interrupted', settled_at: now })
    .where('state', '=', 'opening')
    .where('owner', 'in', dead)
    .returning('id')
    .execute();
  await db
    .updateTable('chat_opening')
    .set({ owner: null })
    .where('state', '=', 'pending')
    .where('owner', 'in', dead)
    .execute();
  const ids = lost.map((opening) => opening.id);
  if (ids.length > 0) {
    await db
      .updateTable('attempt')
      .set({ outcome: 'unknown', why: 'interrupted', ended_at: now })
      .where('message_id', 'in', ids)
      .where('ended_at', 'is', null)
      .execute();
  }
  return ids.length;
}
