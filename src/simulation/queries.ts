import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { kept, keptOne, type Slots } from '../ports/kept-query.ts';

/** States in which a card cannot have reached anybody. */
export const unsent = ['pending', 'skipped', 'refused', 'cancelled'] as const;

/** What one rule asked of everybody on a date, with the message that shows it now. */
export const booksOf = kept((db, is: Slots<{ rule: string; date: LocalDate }>) =>
  shown(db)
    .select(['item.staff', 'item.state as itemState', 'message.state'])
    .where('item.rule', '=', is('rule'))
    .where('item.date', '=', is('date')),
);

/** An item as the store holds it. */
export const itemWithId = keptOne((db, is: Slots<{ id: string }>) =>
  db.selectFrom('item').selectAll().where('id', '=', is('id')),
);

/** Items, each with the message that shows it now. */
function shown(db: Db) {
  return db
    .selectFrom('item')
    .leftJoin('message_item', (join) =>
      join.onRef('message_item.item_id', '=', 'item.id').on('message_item.until_at', 'is', null),
    )
    .leftJoin('message', 'message.id', 'message_item.message_id');
}

/** One pass of the store over all items since then: their ids by what is looked at. Rows of their own would cost ten times as much. */
export const everything = keptOne((db, is: Slots<{ since: Instant }>) =>
  shown(db)
    .select((row) => {
      const ids = () => row.fn.agg<string | null>('group_concat', ['item.id']);
      return [
        ids().as('every'),
        ids().filterWhere('item.state', '=', 'open').filterWhere('message.state', 'is', null).as('bare'),
        ids().filterWhere('item.state', '=', 'skipped').filterWhere('message.id', 'is not', null).as('linked'),
        ids().filterWhere('message.state', '=', 'sent').as('sent'),
        ...unsent.map((state) => ids().filterWhere('message.state', '=', state).as(state)),
      ];
    })
    .where('item.created_at', '>=', is('since')),
);

/** What is under way, or waits past its last useful minute, with whose item it is. */
export const unfinished = kept((db, is: Slots<{ since: Instant; now: Instant }>) =>
  shown(db)
    .select(['item.rule', 'item.staff', 'message.state'])
    .where('item.created_at', '>=', is('since'))
    .where((where) =>
      where.or([
        where('message.state', '=', 'sending'),
        where.and([where('message.state', '=', 'pending'), where('item.last_useful_at', '<', is('now'))]),
      ]),
    ),
);

/** Sent cards that show an older revision than their item has. */
export const outdated = kept((db, is: Slots<{ since: Instant }>) =>
  db
    .selectFrom('item')
    .innerJoin('message_item', 'message_item.item_id', 'item.id')
    .innerJoin('message', 'message.id', 'message_item.message_id')
    .select(['item.rule', 'item.staff', 'message.id as message'])
    .where('item.created_at', '>=', is('since'))
    .where('message_item.until_at', 'is', null)
    .where('message.state', '=', 'sent')
    .whereRef('message_item.revision', '<', 'item.revision'),
);

/** Messages of which an update was refused or came to nothing. */
export const updatesGivenUp = kept((db) =>
  db
    .selectFrom('attempt')
    .select('message_id')
    .where('kind', '=', 'update')
    .where('outcome', 'in', ['refused', 'unknown']),
);
