import { instantAt } from '../calendar/index.ts';
import { type Campaign, planItems } from '../delivery/index.ts';
import { staffMemberOn } from '../people/index.ts';
import { currentPolicy, type PolicyBook } from '../policy/index.ts';
import type { Instant, LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { LateWorkRequestTable } from '../ports/tables/late-work.ts';
import { presenceOn } from './gather-evening.ts';
import { gatherRoute, type Moment } from './gather-route.ts';
import { decisionItemOf } from './items/queries.ts';
import { putRequest, requestOf } from './queries.ts';
import { type Route, routeRequest } from './route-request.ts';
import { minuteOn } from './rules.ts';

/** What is put to a head about one person of an evening. */
export interface Wish {
  staff: string;
  kind: 'continue' | 'unanswered';
  /** Minutes of the date; null where nobody said. */
  untilMinute: MinuteOfDay | null;
}

/**
 * The moment of a request: the date it belongs to, and who is where. A press looks at the few who may be asked, one by one;
 * with `everybody` the clock of the whole city is read once.
 */
export async function momentAt(ports: Ports, db: Db, date: LocalDate, at: Instant, everybody = false): Promise<Moment> {
  const book = await currentPolicy(db, ports.settings);
  const { lastCardMinute } = book.on(date).lateWork;
  const minute = minuteOn(date, at, book.timeZone);
  const all = everybody ? await presenceOn(db, date) : null;
  const presence = async (staff: string) => (all ?? (await presenceOn(db, date, [staff])))(staff, minute);
  return { date, minute, lastCardMinute, presence, known: new Map() };
}

/**
 * Puts a wish to whoever is to be asked (P3, design 4) and gives the items that look different now. One card a head and
 * evening: the first wish plans it, later ones are added in place. A wish already put to somebody stays with that person.
 */
export async function askHead(ports: Ports, db: Db, moment: Moment, wish: Wish, at: Instant): Promise<string[]> {
  const { date } = moment;
  const held = await requestOf(db, wish.staff, date);
  const facts = await gatherRoute(db, wish.staff, moment);
  const route = facts.over ? null : ((await stillAsked(held, moment)) ?? routeRequest(facts));
  const person = await staffMemberOn(db, wish.staff, date);
  await putRequest(db, {
    staff: wish.staff,
    date,
    kind: wish.kind,
    head: person?.head ?? '',
    asked_of: route?.staff ?? null,
    asked_as: route?.as ?? null,
    optional: route?.optional ? 1 : 0,
    until_minute: wish.untilMinute,
    asked_at: at,
  });
  const asked = route ? await planDecision(ports, db, date, route.staff) : [];
  const before =
    held?.asked_of && held.asked_of !== route?.staff ? await decisionItemOf(db, held.asked_of, date) : null;
  return before ? [...asked, before.id] : asked;
}

/** Who was asked about the person before, unless the clock says by now that they have left. */
async function stillAsked(held: LateWorkRequestTable | undefined, moment: Moment): Promise<Route | null> {
  if (!held?.asked_of || held.asked_as === null) return null;
  const seen = await moment.presence(held.asked_of);
  const hasLeft = !seen.atWork && seen.why === 'left';
  return hasLeft && held.optional === 0
    ? null
    : { staff: held.asked_of, as: held.asked_as, optional: held.optional === 1 };
}

/** The head's card of the evening, once; gives the item where it stands already and is to be drawn anew. */
async function planDecision(ports: Ports, db: Db, date: LocalDate, staff: string): Promise<string[]> {
  const standing = await decisionItemOf(db, staff, date);
  if (standing) return [standing.id];
  const book = await currentPolicy(db, ports.settings);
  const at = ports.clock.now();
  const lastUsefulAt = instantAt(date, book.on(date).lateWork.lastCardMinute, book.timeZone);
  await planItems(ports, db, campaignOf(book, date), [{ staff, at, lastUsefulAt }]);
  return [];
}

function campaignOf(book: PolicyBook, date: LocalDate): Campaign {
  const card = { rule: 'late-work.decision', card: 'late-work-decision' };
  return { ...card, occasion: date, date, priority: 1, urgency: 'ping', policyVersion: book.version };
}
