import { staffMemberOn } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Instant, LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { LateWorkRequestTable } from '../ports/tables/late-work.ts';
import { presenceOn } from './gather-evening.ts';
import { gatherRoute, type Moment } from './gather-route.ts';
import { askedWithoutCard } from './items/queries.ts';
import { idsOf, planDecision } from './plan-decision.ts';
import { progressOf, putRequest, requestOf } from './queries.ts';
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
 * Puts a wish to whoever is to be asked (P3, design 4) and gives the items that look different now. The first wish of an
 * evening plans the head's card, later ones are added in place; one that comes when all others were dealt with rings again,
 * with a card of its own that shows the same list. A wish already put to somebody stays with that person.
 */
export async function askHead(ports: Ports, db: Db, moment: Moment, wish: Wish, at: Instant): Promise<string[]> {
  const { date } = moment;
  const held = await requestOf(db, wish.staff, date);
  const facts = await gatherRoute(db, wish.staff, moment);
  const route = facts.over ? null : ((await stillAsked(held, moment)) ?? routeRequest(facts));
  const person = await staffMemberOn(db, wish.staff, date);
  const before = route ? await progressOf(db, date, route.staff) : null;
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
  const asked = route && before ? await planDecision(ports, db, moment, route.staff, before, at) : [];
  const moved = held?.asked_of && held.asked_of !== route?.staff ? await idsOf(db, held.asked_of, date) : [];
  return [...asked, ...moved];
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

/** Rings whoever could not be rung when the first wish of that day came, and may be by now (P24). */
export async function ringWaiting(ports: Ports, date: LocalDate, at: Instant): Promise<void> {
  if ((await askedWithoutCard(ports.database.db, date)).length === 0) return;
  await ports.database.transaction(async (db) => {
    const moment = await momentAt(ports, db, date, at);
    for (const staff of await askedWithoutCard(db, date))
      await planDecision(ports, db, moment, staff, { waiting: 0, lastWordAt: null }, at);
  });
}
