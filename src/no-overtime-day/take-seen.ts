import type { CardVerb } from '../ports/room.ts';
import { noteItem } from './queries.ts';

/** 「確認しました」 on the result: kept with the item, once. */
export const seenVerb: CardVerb = {
  name: 'no-overtime-day.seen',
  rules: ['no-overtime-day.result'],
  ownOnly: true,
  async take(_ports, db, press) {
    if (press.item.note === 'seen') return { changed: false, note: 'recorded' };
    await noteItem(db, press.item.id, 'seen');
    return { changed: true };
  },
};
