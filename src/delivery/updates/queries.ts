import { sql } from 'kysely';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, keptOfMany, keptRows, type Slots } from '../../ports/kept-query.ts';
import type { MessageTable, MessageUpdateTable } from '../../ports/tables.ts';
import { limited, pending, sending, stillPending } from '../queries.ts';

/**
 * Updates that wait, oldest first, with the message they change. The oldest are chosen before their messages are looked up: a
 * server that has counted nothing yet else looks up the messages of all that wait.
 */
export const waitingUpdates = limited((most) =>
  kept((db, is: Slots<{ owner: string }>) =>
    db
      .selectFrom((from) =>
        from
          .selectFrom('message_update')
          .select(['message_id', 'queued_at'])
          .where('state', '=', pending)
          .where((where) => where.or([where('owner', 'is', null), where('owner', '=', is('owner'))]))
          .orderBy('queued_at')
          .limit(sql.lit(most))
          .as('oldest'),
      )
      .innerJoin('message', 'message.id', 'oldest.message_id')
      .selectAll('message')
      .orderBy('oldest.queued_at'),
  ),
);

/** Marks those updates that still wait as under way; gives their messages. */
export async function claimUpdates(db: Db, ids: string[], owner: string): Promise<MessageTable[]> {
  const [taken, messages] = await Promise.all([takeUpdates(db, { owner }, ids), messagesWithIds(db, {}, ids)]);
  const claimed = new Set(taken.map((row) => row.message_id));
  return messages.filter(({ id }) => claimed.has(id));
}

const takeUpdates = keptOfMany((db, is: Slots<{ owner: string }>, ids) =>
  db
    .updateTable('message_update')
    .set((row) => ({ state: 'sending' as const, owner: is('owner'), attempts: row('attempts', '+', 1) }))
    .where('message_id', 'in', ids)
    .where(stillPending)
    .returning('message_id'),
);

const messagesWithIds = keptOfMany((db, _is: Slots<object>, ids) =>
  db.selectFrom('message').selectAll().where('id', 'in', ids),
);

/** Queues one update of a stored message; one that waits already keeps its place and stands for both, one under way is followed by another. */
export async function queueUpdate(db: Db, message: string, now: Instant): Promise<void> {
  await queue(db, [{ message_id: message, queued_at: now }]);
}

/** The same for many messages. */
export async function queueUpdates(db: Db, messages: string[], now: Instant): Promise<void> {
  await queue(
    db,
    messages.map((message_id) => ({ message_id, queued_at: now })),
  );
}

/** The 1 stands in the statement: with a value behind its rows those of one commit would not go as one (decision 0024). */
const queue = keptRows<Pick<MessageUpdateTable, 'message_id' | 'queued_at'>>(['message_id', 'queued_at'], (db, rows) =>
  db
    .insertInto('message_update')
    .values(rows.map((row) => ({ ...row, state: 'pending', attempts: 0, owner: null, again: 0 })))
    .onConflict((conflict) =>
      conflict
        .column('message_id')
        .doUpdateSet(({ ref }) => ({ again: sql.lit(1), queued_at: ref('excluded.queued_at') }))
        .where('message_update.state', '=', sending),
    ),
);

/** Ends updates that were claimed; true where one that was asked for meanwhile waits in the place of any of them. */
export async function endUpdates(db: Db, messages: string[]): Promise<boolean> {
  if (messages.length === 0) return false;
  // In this order: what is followed by another one is not `sending` any more.
  const [followed] = await Promise.all([followUps(db, {}, messages), forgetUpdates(db, {}, messages)]);
  return followed.length > 0;
}

const followUps = keptOfMany((db, _is: Slots<object>, ids) =>
  db
    .updateTable('message_update')
    .set({ state: 'pending', again: 0, owner: null, attempts: 0 })
    .where('message_id', 'in', ids)
    .where('state', '=', sending)
    .where('again', '=', 1)
    .returning('message_id'),
);

const forgetUpdates = keptOfMany((db, _is: Slots<object>, ids) =>
  db.deleteFrom('message_update').where('message_id', 'in', ids).where('state', '=', sending),
);

/** Puts an update back to wait; the service that tried it tries it again. */
export async function returnUpdate(db: Db, message: string): Promise<void> {
  await db
    .updateTable('message_update')
    .set({ state: 'pending', again: 0 })
    .where('message_id', '=', message)
    .execute();
}

/** A claimed update whose request was not made waits again. */
export async function returnUnsentUpdate(db: Db, message: string): Promise<void> {
  await db
    .updateTable('message_update')
    .set((row) => ({ state: 'pending' as const, again: 0 as const, attempts: row('attempts', '-', 1) }))
    .where('message_id', '=', message)
    .where('state', '=', 'sending')
    .execute();
}

/** How often the update of a message was tried; endless for one that does not wait any more. */
export async function attemptsOfUpdate(db: Db, message: string): Promise<number> {
  const row = await db
    .selectFrom('message_update')
    .select('attempts')
    .where('message_id', '=', message)
    .executeTakeFirst();
  return row?.attempts ?? Number.POSITIVE_INFINITY;
}
