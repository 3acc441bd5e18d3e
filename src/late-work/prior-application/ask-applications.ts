import { instantAt } from '../../calendar/index.ts';
import type { OccasionRule } from '../../ports/room.ts';
import { gatherAsked } from './gather-asked.ts';
import { decideAsked } from './rules.ts';

/** C03 at own end − `minutesBeforeEnd` (15:30) on working days, in the sections in which it is on. */
export const askRule: OccasionRule = {
  name: 'prior-application',
  card: 'prior-application',
  priority: 1,
  urgency: 'ping',
  contact: 'counted',
  async decide(ports, db, date) {
    const day = await gatherAsked(ports, db, date);
    if (!day) return [];
    const at = (minute: number) => instantAt(date, minute, day.book.timeZone);
    const decided = decideAsked(day.kind, day.people, day.policy.priorApplication.minutesBeforeEnd);
    return decided.map(({ staff, minute, lastUsefulMinute, why }) => ({
      staff,
      at: at(minute),
      lastUsefulAt: at(lastUsefulMinute),
      ...(why === undefined ? {} : { why }),
    }));
  },
};
