import type { CardVerb } from '../../ports/room.ts';
import type { GapsAbout } from './ask-gaps.ts';
import { gapAnswersOf, putGapAnswers } from './queries.ts';
import { gapSchema } from './schema.ts';

/**
 * Takes what a person says of the days chosen on the gap list (P2), until the list closes. The last answer to a day wins. No
 * head and no list is told what was said; a head sees how many days nobody has answered.
 */
export const gapsVerb: CardVerb = {
  name: 'late-work.gaps',
  rules: ['prior-application.gaps'],
  ownOnly: true,
  async take(_ports, db, press) {
    const read = gapSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const { item, at } = press;
    const { answer, show, page = 0, days } = read.data;
    if (item.state !== 'open' || at >= item.last_useful_at) return { changed: false, note: 'closed' };
    if (show === 'days') return { changed: false, view: { page, again: true } };
    const asked = daysOf(item.about).filter((day) => days.includes(day.date));
    if (!answer || asked.length === 0) return { changed: false, note: 'incomplete', view: { again: true } };
    const dates = asked.map((day) => day.date);
    const held = new Map((await gapAnswersOf(db, item.staff, dates)).map((one) => [one.date, one.answer]));
    const fresh = dates.filter((date) => held.get(date) !== answer);
    if (fresh.length === 0) return { changed: false, note: 'recorded' };
    if (press.revision < item.revision) return { changed: false, note: 'stale' };
    await putGapAnswers(
      db,
      fresh.map((date) => ({ staff: item.staff, date, answer, answered_at: at })),
    );
    return { changed: true, note: 'recorded' };
  },
};

/** The days an item of the gap list is about. */
export function daysOf(about: string | null): GapsAbout['days'] {
  return about === null ? [] : (JSON.parse(about) as GapsAbout).days;
}
