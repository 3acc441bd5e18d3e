import { instantAt } from '../../calendar/index.ts';
import { ownMinutes } from '../../people/index.ts';
import type { OccasionRule } from '../../ports/room.ts';
import { askedPages, gatherAsked } from './gather-asked.ts';
import { askingMinute, decideAsked } from './rules.ts';

/** C03 at own end − `minutesBeforeEnd` (15:30) on working days, in the sections in which it is on. */
export const askRule: OccasionRule = {
  name: 'prior-application',
  card: 'prior-application',
  priority: 1,
  urgency: 'ping',
  contact: 'counted',
  pages: 'people',
  async minutes(ports, db, date) {
    const day = await gatherAsked(ports, db, date);
    if (!day) return [];
    const { office, priorApplication } = day.policy;
    const starts = [...new Set([office.startMinute, ...(await ownMinutes(db, 'start_minute'))])];
    const ends = [...new Set([office.endMinute, ...(await ownMinutes(db, 'end_minute'))])];
    const at = (minute: number) => instantAt(date, minute, day.book.timeZone);
    const asked = ends.flatMap((endMinute) =>
      starts.map((startMinute) => askingMinute({ startMinute, endMinute }, priorApplication.minutesBeforeEnd)),
    );
    return [...new Set(asked)].map((minute) => ({ at: at(minute), usefulUntil: at(Math.max(...ends)) }));
  },
  async decide(ports, db, date) {
    const day = await gatherAsked(ports, db, date);
    if (!day) return null;
    const gather = await askedPages(db, day, date);
    const at = (minute: number) => instantAt(date, minute, day.book.timeZone);
    return async (page) => {
      const decided = decideAsked(day.kind, await gather(page), day.policy.priorApplication.minutesBeforeEnd);
      return decided.map(({ staff, minute, lastUsefulMinute, why }) => ({
        staff,
        at: at(minute),
        lastUsefulAt: at(lastUsefulMinute),
        ...(why === undefined ? {} : { why }),
      }));
    };
  },
};
