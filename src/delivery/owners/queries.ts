import { sql } from 'kysely';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept } from '../../ports/kept-query.ts';
import { unload } from '../links/queries.ts';
import { pending, sending } from '../queries.ts';

const named = kept((db) => {
  const sends = () => db.selectFrom('message').select('owner').where('owner', 'is not', null);
  const updates = db.selectFrom('message_update').select('owner').where('owner', 'is not', null);
  const openings = db
    .selectFrom('chat_opening')
    .select('owner')
    .where('owner', 'is not', null)
    .where((where) =>
      where.or([where('state', '=', sql.lit('pending' as const)), where('state', '=', sql.lit('opening' as const))]),
    );
  return sends()
    .where('state', '=', sending)
    .union(sends().where('state', '=', pending))
    .union(updates)
    .union(openings);
});

/** Owners named in what is under way, or kept for a second try: one statement, asked every few seconds by each of several services. */
export async function ownersOfClaims(db: Db): Promise<string[]> {
  return (await named(db, {})).flatMap((row) => row.owner ?? []);
}

/**
 * What dead owners were sending may have arrived: it is `unknown`, or, where the campaign says so and it is still of use,
 * waits to be sent once more. What they kept for a second try anybody may take. Gives how many became `unknown`.
 */
export async function recoverSends(db: Db, dead: string[], now: Instant): Promise<number> {
  const under = await db
    .selectFrom('message')
    .select('id')
    .where('state', '=', sending)
    .where('owner', 'in', dead)
    .execute();
  const ids = under.map((message) => message.id);
  if (ids.length > 0) {
    const again = await db
      .updateTable('message')
      .set({ state: 'pending', owner: null, resends_left: sql<number>`resends_left - 1` })
      .where('id', 'in', ids)
      .where('state', '=', 'sending')
      .where('resends_left', '>', 0)
      .where('last_useful_at', '>', now)
      .returning('id')
      .execute();
    await unload(
      db,
      again.map((message) => message.id),
    );
    await db
      .updateTable('message')
      .set({ state: 'unknown', why: 'interrupted', settled_at: now })
      .where('id', 'in', ids)
      .where('state', '=', 'sending')
      .execute();
    await endAttempts(db, ids, now);
  }
  await db
    .updateTable('message')
    .set({ owner: null })
    .where('state', '=', pending)
    .where('owner', 'is not', null)
    .where('owner', 'in', dead)
    .execute();
  return ids.length;
}

/** Updates of dead owners are sent again: they only repeat themselves. */
export async function recoverUpdates(db: Db, dead: string[], now: Instant): Promise<void> {
  const rows = await db
    .updateTable('message_update')
    .set({ state: 'pending', owner: null, again: 0 })
    .where('owner', 'in', dead)
    .returning('message_id')
    .execute();
  await endAttempts(
    db,
    rows.map((row) => row.message_id),
    now,
  );
}

async function endAttempts(db: Db, messages: string[], now: Instant): Promise<void> {
  if (messages.length === 0) return;
  await db
    .updateTable('attempt')
    .set({ outcome: 'unknown', why: 'interrupted', ended_at: now })
    .where('message_id', 'in', messages)
    .where('ended_at', 'is', null)
    .execute();
}
