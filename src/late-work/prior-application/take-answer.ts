import type { CardVerb } from '../../ports/room.ts';
import { answerOf, putAnswer } from './queries.ts';
import { answerSchema } from './schema.ts';

/**
 * Takes an answer of C03, until own end. The last answer wins; one from an older drawing is not written; the same answer
 * twice changes nothing. It is kept and followed by nothing: it is no application, and nobody is told (1-1-7a).
 */
export const answerVerb: CardVerb = {
  name: 'late-work.prior',
  rules: ['prior-application'],
  ownOnly: true,
  async take(_ports, db, press) {
    const read = answerSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const { item, at } = press;
    if (item.state !== 'open' || at >= item.last_useful_at) return { changed: false, note: 'closed' };
    const { answer } = read.data;
    if (answer === 'change') return { changed: false, view: { again: true } };
    if ((await answerOf(db, item.id))?.answer === answer) return { changed: false, note: 'recorded' };
    if (press.revision < item.revision) return { changed: false, note: 'stale' };
    await putAnswer(db, { item_id: item.id, staff: item.staff, date: item.date, answer, answered_at: at });
    return { changed: true };
  },
};
