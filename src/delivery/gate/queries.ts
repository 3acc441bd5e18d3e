import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { DeliveryChatTable, DeliveryGateTable, RefusalTable } from '../../ports/tables/delivery.ts';

export function readGate(db: Db): Promise<DeliveryGateTable> {
  return db.selectFrom('delivery_gate').selectAll().where('name', '=', 'connector').executeTakeFirstOrThrow();
}

export async function setGate(db: Db, change: Partial<DeliveryGateTable>): Promise<void> {
  await db.updateTable('delivery_gate').set(change).where('name', '=', 'connector').execute();
}

/** No call of any service for that many milliseconds from now. A longer pause is never shortened. */
export async function pauseGate(db: Db, now: number, milliseconds: number): Promise<void> {
  const { paused_until: until } = await readGate(db);
  await setGate(db, { paused_until: Math.max(until, now + milliseconds) });
}

/** When these conversations were called last, by any service. */
export async function callsOfChats(db: Db, chats: string[]): Promise<Map<string, DeliveryChatTable>> {
  if (chats.length === 0) return new Map();
  const rows = await db.selectFrom('delivery_chat').selectAll().where('chat', 'in', chats).execute();
  return new Map(rows.map((row) => [row.chat, row]));
}

export async function noteCallsOfChats(db: Db, rows: DeliveryChatTable[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('delivery_chat')
    .values(rows)
    .onConflict((held) =>
      held.column('chat').doUpdateSet((row) => ({
        called_at: row.ref('excluded.called_at'),
        owed_until: row.ref('excluded.owed_until'),
      })),
    )
    .execute();
}

/** One more answer 403 or 404; gives how many there are in a row. */
export async function addRefusal(db: Db, refusal: RefusalTable): Promise<number> {
  await db.insertInto('refusal').values(refusal).execute();
  const { refused } = await db
    .updateTable('delivery_gate')
    .set((row) => ({ refused: row('refused', '+', 1) }))
    .where('name', '=', 'connector')
    .returning('refused')
    .executeTakeFirstOrThrow();
  return refused;
}

/** Ends the run of refusals; gives what was in it. */
export async function takeRefusals(db: Db): Promise<RefusalTable[]> {
  return db.deleteFrom('refusal').returningAll().execute();
}

/** A refused message waits again, as long as it is of use. */
export async function refusedWaitsAgain(db: Db, message: string, now: Instant): Promise<void> {
  await db
    .updateTable('message')
    .set({ state: 'pending', why: null, settled_at: null, owner: null })
    .where('id', '=', message)
    .where('state', '=', 'refused')
    .where('last_useful_at', '>', now)
    .execute();
}
