import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { keptOfMany, keptRows, type Slots } from '../../ports/kept-query.ts';
import type { AttemptTable } from '../../ports/tables.ts';

/** One attempt row for each call, written before its request. */
export const insertAttempts = keptRows<AttemptTable>(
  ['id', 'message_id', 'kind', 'started_at', 'ended_at', 'outcome', 'status', 'why'],
  (db, rows) => db.insertInto('attempt').values(rows),
);

export async function forgetAttempt(db: Db, id: string): Promise<void> {
  await db.deleteFrom('attempt').where('id', '=', id).execute();
}

type End = Pick<AttemptTable, 'outcome' | 'status' | 'why'>;

/** How attempts ended: one statement for all that ended alike. */
export async function endAttempts(db: Db, ends: (End & { id: string })[], now: Instant): Promise<void> {
  const alike = Map.groupBy(ends, (end) => `${end.outcome} ${end.status} ${end.why}`);
  for (const some of alike.values()) {
    const { outcome = null, status = null, why = null } = some[0] ?? {};
    await endAlike(
      db,
      { outcome, status, why, ended_at: now },
      some.map((one) => one.id),
    );
  }
}

const endAlike = keptOfMany((db, is: Slots<End & { ended_at: Instant | null }>, ids) =>
  db
    .updateTable('attempt')
    .set({ outcome: is('outcome'), status: is('status'), why: is('why'), ended_at: is('ended_at') })
    .where('id', 'in', ids),
);
