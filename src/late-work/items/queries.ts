import { sql } from 'kysely';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, keptOfMany, type Slots } from '../../ports/kept-query.ts';
import type { ItemTable } from '../../ports/tables.ts';

/** Rules whose items show one evening of one person. */
const PERSON_RULES = ['late-work', 'late-work.stay', 'late-work.last-word'];
/** Rules of which there may be several items an evening. */
const DATED_RULES = ['late-work.decision', 'late-work.stay', 'late-work.last-word'];

/** How many C02 each of these people got on these dates (both included): sent, or on the way. */
export async function cardsBetween(
  db: Db,
  from: LocalDate,
  to: LocalDate,
  staff: readonly string[],
): Promise<Map<string, number>> {
  const rows = await cards(db, { from, to }, staff);
  return new Map(rows.map((row) => [row.staff, Number(row.cards)]));
}

const cards = keptOfMany((db, is: Slots<{ from: LocalDate; to: LocalDate }>, staff) =>
  db
    .selectFrom('item')
    .innerJoin('message_item', 'message_item.item_id', 'item.id')
    .innerJoin('message', 'message.id', 'message_item.message_id')
    .select((row) => ['item.staff', row.fn.countAll<number>().as('cards')])
    // As a value and no column: people are few, and a rule has had items for months.
    .where(sql<string>`item.rule || ''`, '=', 'late-work')
    .where('item.staff', 'in', staff)
    .where('item.date', '>=', is('from'))
    .where('item.date', '<=', is('to'))
    .where('item.state', '=', 'open')
    .where('message_item.until_at', 'is', null)
    .where('message.state', 'in', ['pending', 'sending', 'sent', 'unknown'])
    .groupBy('item.staff'),
);

/** C02 of that date with what became of its decision: who was asked, and who was not and why. */
export function cardItemsOn(db: Db, date: LocalDate): Promise<Pick<ItemTable, 'id' | 'staff' | 'state' | 'why'>[]> {
  return cardItems(db, { date });
}

const cardItems = kept((db, is: Slots<{ date: LocalDate }>) =>
  db
    .selectFrom('item')
    .select(['id', 'staff', 'state', 'why'])
    .where('rule', '=', 'late-work')
    .where('occasion', '=', is('date'))
    .orderBy('staff'),
);

/** Items on which a person's evening is drawn: C02, what 残る gave, the last word. */
export async function itemsOfPerson(db: Db, staff: string, date: LocalDate): Promise<string[]> {
  const rows = await db
    .selectFrom('item')
    .select('id')
    .where('staff', '=', staff)
    .where('date', '=', date)
    .where('rule', 'in', PERSON_RULES)
    .where('state', '=', 'open')
    .execute();
  return rows.map((row) => row.id);
}

/** The cards of a head on that date, the first one first; all of them show the same list. Empty before anything was asked. */
export function decisionItemsOf(
  db: Db,
  staff: string,
  date: LocalDate,
): Promise<Pick<ItemTable, 'id' | 'created_at'>[]> {
  return decisionItems(db, { staff, date });
}

const decisionItems = kept((db, is: Slots<{ staff: string; date: LocalDate }>) =>
  db
    .selectFrom('item')
    .select(['id', 'created_at'])
    .where('rule', '=', 'late-work.decision')
    .where('date', '=', is('date'))
    .where('staff', '=', is('staff'))
    .orderBy('created_at')
    .orderBy('occasion'),
);

/** Who is asked about somebody that day and holds no card of it: they could not be rung when the wish came. */
export async function askedWithoutCard(db: Db, date: LocalDate): Promise<string[]> {
  return (await withoutCard(db, { date })).flatMap((row) => row.asked_of ?? []);
}

const withoutCard = kept((db, is: Slots<{ date: LocalDate }>) =>
  db
    .selectFrom('late_work_request')
    .leftJoin('item', (join) =>
      join
        .onRef('item.staff', '=', 'late_work_request.asked_of')
        .onRef('item.date', '=', 'late_work_request.date')
        .on('item.rule', '=', 'late-work.decision'),
    )
    .select('late_work_request.asked_of')
    .distinct()
    .where('late_work_request.date', '=', is('date'))
    .where('late_work_request.asked_of', 'is not', null)
    .where('item.id', 'is', null)
    .orderBy('late_work_request.asked_of'),
);

/** Whether such an item stands already. */
export async function hasItem(db: Db, rule: string, occasion: string, staff: string): Promise<boolean> {
  const query = db.selectFrom('item').select('id').where('rule', '=', rule);
  return (
    (await query.where('occasion', '=', occasion).where('staff', '=', staff).limit(1).executeTakeFirst()) !== undefined
  );
}

/** Open items of that evening that have not been drawn as closed. */
export async function itemsToClose(db: Db, date: LocalDate): Promise<string[]> {
  const rows = await db
    .selectFrom('item')
    .select('id')
    .where((where) =>
      where.or([
        where.and([where('rule', '=', 'late-work'), where('occasion', '=', date)]),
        where.and([where('rule', 'in', DATED_RULES), where('date', '=', date)]),
      ]),
    )
    .where('state', '=', 'open')
    .where('note', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

export async function noteItems(db: Db, items: string[], note: string): Promise<void> {
  for (let from = 0; from < items.length; from += 400) {
    await db
      .updateTable('item')
      .set({ note })
      .where('id', 'in', items.slice(from, from + 400))
      .execute();
  }
}
