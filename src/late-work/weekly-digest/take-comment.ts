import type { CardVerb } from '../../ports/room.ts';
import { commentOn, putComment } from './queries.ts';
import { commentSchema } from './schema.ts';

/** Keeps a head's own note on a digest until Friday; it stands on the next digest of the same person and nowhere else. */
export const commentVerb: CardVerb = {
  name: 'late-work.digest',
  rules: ['weekly-digest'],
  ownOnly: true,
  async take(_ports, db, press) {
    const read = commentSchema.safeParse(press.data);
    const comment = (read.data?.comment ?? '').trim().slice(0, 500);
    if (!read.success || comment === '') return { changed: false, note: 'incomplete' };
    const { item, at } = press;
    if (item.state !== 'open' || at >= item.last_useful_at) return { changed: false, note: 'closed' };
    if ((await commentOn(db, item.id))?.comment === comment) return { changed: false, note: 'recorded' };
    if (press.revision < item.revision) return { changed: false, note: 'stale' };
    await putComment(db, { item_id: item.id, staff: item.staff, date: item.date, comment, written_at: at });
    return { changed: true };
  },
};
