import type { Db } from '../../ports/database.ts';
import { keptOfMany, keptRows, type Slots } from '../../ports/kept-query.ts';
import type { ItemTable, MessageItemTable, MessageTable } from '../../ports/tables.ts';

const itemColumns = [
  ...(['id', 'rule', 'occasion', 'date', 'staff', 'card', 'due_at', 'last_useful_at', 'urgency', 'priority'] as const),
  ...(['state', 'why', 'note', 'about', 'revision', 'policy_version', 'created_at'] as const),
];

const messageColumns = [
  ...(['id', 'staff', 'aad_id', 'priority', 'due_at', 'last_useful_at', 'state', 'why', 'attempts', 'owner'] as const),
  ...(['activity_id', 'created_at', 'settled_at', 'shown_revision', 'resends_left', 'counts'] as const),
  ...(['counted_week', 'carries'] as const),
];

const linkColumns = ['message_id', 'item_id', 'revision', 'from_at', 'until_at', 'place'] as const;

/** Inserts items; one that stands already for (rule, occasion, person) stays as it is. */
export const insertItems = keptRows<ItemTable>(itemColumns, (db, rows) =>
  db
    .insertInto('item')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['rule', 'occasion', 'staff']).doNothing()),
);

const putMessages = keptRows<MessageTable>(messageColumns, (db, rows) => db.insertInto('message').values(rows));
const putLinks = keptRows<MessageItemTable>(linkColumns, (db, rows) => db.insertInto('message_item').values(rows));

export async function insertMessages(db: Db, messages: MessageTable[], links: MessageItemTable[]): Promise<void> {
  await Promise.all([putMessages(db, messages), putLinks(db, links)]);
}

type Of = Pick<ItemTable, 'rule' | 'occasion'>;

const withItem = keptOfMany((db, is: Slots<Of & { first: string; last: string }>, staff) =>
  db
    .selectFrom('item')
    .select('staff')
    .where('rule', '=', is('rule'))
    .where('occasion', '=', is('occasion'))
    .where('staff', '>=', is('first'))
    .where('staff', '<=', is('last'))
    .where('staff', 'in', staff),
);

/**
 * Those of these people who hold an item of this occasion already. Asked for their stretch of numbers as well: PostgreSQL, which
 * knows nothing yet of a campaign being planned, else goes through all that is planned of it, on every page.
 */
export async function staffWithItem(db: Db, of: Of, staff: readonly string[]): Promise<Set<string>> {
  const ordered = staff.toSorted();
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (first === undefined || last === undefined) return new Set();
  return new Set((await withItem(db, { ...of, first, last }, ordered)).map((row) => row.staff));
}
