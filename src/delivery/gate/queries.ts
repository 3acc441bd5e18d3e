import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, keptOfMany, keptOne, keptRows, type Slots } from '../../ports/kept-query.ts';
import type { DeliveryChatTable, DeliveryGateTable, RefusalTable } from '../../ports/tables/delivery.ts';

const theGate = keptOne((db) => db.selectFrom('delivery_gate').selectAll().where('name', '=', 'connector'));

export async function readGate(db: Db): Promise<DeliveryGateTable> {
  const gate = await theGate(db, {});
  if (!gate) throw new Error('The store has no gate; its migrations make one.');
  return gate;
}

/** Calls were given out: when the next one has its turn, how many there were so far, and which came late. */
export const noteTurns = kept((db, is: Slots<Pick<DeliveryGateTable, 'next_at' | 'calls' | 'late'>>) =>
  db
    .updateTable('delivery_gate')
    .set({ next_at: is('next_at'), calls: is('calls'), late: is('late') })
    .where('name', '=', 'connector'),
);

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
  const rows = await rowsOfChats(db, {}, chats);
  return new Map(rows.map((row) => [row.chat, row]));
}

const rowsOfChats = keptOfMany((db, _is: Slots<object>, chats) =>
  db.selectFrom('delivery_chat').selectAll().where('chat', 'in', chats),
);

export const noteCallsOfChats = keptRows<DeliveryChatTable>(['chat', 'called_at', 'owed_until'], (db, rows) =>
  db
    .insertInto('delivery_chat')
    .values(rows)
    .onConflict((held) =>
      held.column('chat').doUpdateSet((row) => ({
        called_at: row.ref('excluded.called_at'),
        owed_until: row.ref('excluded.owed_until'),
      })),
    ),
);

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
