import { dayKind, instantAt } from '../calendar/index.ts';
import { type Campaign, planItems } from '../delivery/index.ts';
import { mayReceiveNow } from '../pauses/index.ts';
import { ownStartOf, staffMemberOn } from '../people/index.ts';
import { currentPolicy, type PolicyBook, workingCalendar } from '../policy/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { Moment } from './gather-route.ts';
import { decisionItemsOf } from './items/queries.ts';
import type { Progress } from './queries.ts';
import { needsOwnMessage } from './rules.ts';

/** The cards on which what somebody was asked that evening is drawn. */
export async function idsOf(db: Db, staff: string, date: LocalDate): Promise<string[]> {
  return (await decisionItemsOf(db, staff, date)).map((item) => item.id);
}

/**
 * A further card of the evening where whoever is asked is to be rung; nothing while that person may not be (P24), which
 * `ringWaiting` makes good for. `before`: how far that person was when the new wish came. Gives the items that stand already
 * and are to be drawn anew.
 */
export async function planDecision(
  ports: Ports,
  db: Db,
  moment: Moment,
  staff: string,
  before: Progress,
  at: Instant,
): Promise<string[]> {
  const { date } = moment;
  const standing = await decisionItemsOf(db, staff, date);
  const ids = standing.map((item) => item.id);
  if (!needsOwnMessage({ cardsAt: standing.map((item) => item.created_at), ...before })) return ids;
  const book = await currentPolicy(db, ports.settings);
  if (!(await mayRing(db, book, moment, staff, at))) return ids;
  const lastUsefulAt = instantAt(date, book.on(date).lateWork.lastCardMinute, book.timeZone);
  await planItems(ports, db, campaignOf(book, date, standing.length + 1), [{ staff, at, lastUsefulAt }]);
  return ids;
}

/**
 * From the own start of a working day on a wish belongs to the evening, which nothing holds back. In the night before, and on a
 * day off, it is a request: for somebody at work at once, for others in working time (P24).
 */
async function mayRing(db: Db, book: PolicyBook, moment: Moment, staff: string, at: Instant): Promise<boolean> {
  const { date, minute, presence } = moment;
  const member = await staffMemberOn(db, staff, date);
  if (!member) return true;
  const working = dayKind(date, await workingCalendar(db, book, date)) === 'working';
  if (working && minute >= ownStartOf(member, book.on(date).office)) return true;
  return mayReceiveNow(db, book, member, at, { kind: 'request', atWork: (await presence(staff)).atWork });
}

/** `nth` is 1 for the first card of the evening. */
function campaignOf(book: PolicyBook, date: LocalDate, nth: number): Campaign {
  const card = { rule: 'late-work.decision', card: 'late-work-decision' };
  const occasion = nth === 1 ? date : `${date} ${nth}`;
  return { ...card, occasion, date, priority: 1, urgency: 'ping', contact: 'awaited', policyVersion: book.version };
}
