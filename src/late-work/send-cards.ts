import { instantAt } from '../calendar/index.ts';
import type { OccasionRule } from '../ports/room.ts';
import { gatherEvening } from './gather-evening.ts';
import { decideCards } from './rules.ts';

/** C02 at `lateWork.card` to those still at work, on every working day. On what it rests that they are is kept with the item. */
export const cardRule: OccasionRule = {
  name: 'late-work',
  card: 'cutoff-2000',
  priority: 1,
  urgency: 'ping',
  contact: 'time-bound',
  async decide(ports, db, date) {
    const { book, facts, people, presence } = await gatherEvening(ports, db, date);
    const at = (minute: number) => instantAt(date, minute, book.timeZone);
    return decideCards(facts, people).map(({ staff, minute, lastUsefulMinute, why }) => {
      const seen = presence.get(staff);
      return {
        staff,
        at: at(minute),
        lastUsefulAt: at(lastUsefulMinute),
        ...(why === undefined ? {} : { why }),
        ...(seen?.atWork ? { about: JSON.stringify({ evidence: seen.evidence, minute: seen.minute }) } : {}),
      };
    });
  },
};
