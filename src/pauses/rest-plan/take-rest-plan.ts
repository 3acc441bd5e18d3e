import type { CardVerb } from '../../ports/room.ts';
import { restPlanSchema } from '../schema.ts';
import { putRestAnswer, restAnswerOf } from './queries.ts';

/** Takes the person's own word on rest after an election; the last answer wins while the card is of use. */
export const restPlanVerb: CardVerb = {
  name: 'pauses.rest-plan',
  rules: ['rest-plan'],
  ownOnly: true,
  async take(_ports, db, press) {
    const { item } = press;
    const read = restPlanSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    if (item.state !== 'open' || press.at >= item.last_useful_at) return { changed: false, note: 'closed' };
    const { answer } = read.data;
    if (answer === 'change') return { changed: false, view: { again: true } };
    const held = await restAnswerOf(db, item.id);
    if (held?.answer === answer) return { changed: false, note: 'recorded' };
    if (press.revision < item.revision) return { changed: false, note: 'stale' };
    await putRestAnswer(db, { item_id: item.id, staff: item.staff, date: item.date, answer, answered_at: press.at });
    return { changed: true, note: 'recorded' };
  },
};
