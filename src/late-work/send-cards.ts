import { instantAt } from '../calendar/index.ts';
import type { OccasionRule } from '../ports/room.ts';
import { eveningPages, gatherEvening } from './gather-evening.ts';
import { decideCards } from './rules.ts';

/** C02 at `lateWork.card` to those still at work, on every working day. On what it rests that they are is kept with the item. */
export const cardRule: OccasionRule = {
  name: 'late-work',
  card: 'cutoff-2000',
  priority: 1,
  urgency: 'ping',
  contact: 'time-bound',
  pages: 'people',
  async minutes(ports, db, date) {
    const { book, facts } = await gatherEvening(ports, db, date);
    if (facts.kind === 'weekend') return [];
    const at = (minute: number) => instantAt(date, minute, book.timeZone);
    return [{ at: at(facts.cardMinute), usefulUntil: at(facts.lastCardMinute) }];
  },
  async decide(ports, db, date) {
    const evening = await gatherEvening(ports, db, date);
    const { book, facts } = evening;
    if (facts.kind === 'weekend') return null;
    const gather = await eveningPages(db, evening, date);
    const at = (minute: number) => instantAt(date, minute, book.timeZone);
    return async (page) => {
      const { people, presence } = await gather(page);
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
    };
  },
};
