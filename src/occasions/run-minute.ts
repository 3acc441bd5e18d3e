import { type Delivery, planItems } from '../delivery/index.ts';
import { currentPolicy, oneMoment } from '../policy/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { OccasionRule, Ports } from '../ports/room.ts';
import type { OccasionTable } from '../ports/tables.ts';
import { type Due, DueMinutes } from './due.ts';
import { decidedPages } from './pages.ts';
import {
  finishOccasion,
  isFired,
  lastMinute,
  lastState,
  noteOccasion,
  setLastMinute,
  setLastState,
} from './queries.ts';

const oneMinute = 60_000;
/** A minute without occasions is written down only so often: looking at it twice does no harm. */
const remembered = 10 * oneMinute;
const lateJoinersWithin = 24 * 60 * oneMinute;

export interface Occasions {
  /**
   * Deals with everything due up to this intended minute: what was missed while the service was down is caught up or, past
   * its last useful minute, named as missed. Somebody who joined the roster today still gets what is useful. A minute that
   * has passed before does nothing.
   */
  runMinute(minute: Instant): Promise<void>;
}

/** How a roster is gone through: so many people at once (people's own measure where left out); cards go out as pages are planned. */
interface Pages {
  atOnce?: number | undefined;
  wake(): void;
}

/** The occasions of these rules, in the order of their minutes. `atOnce`: people of one page. */
export function occasionsOf(
  ports: Ports,
  rules: OccasionRule[],
  delivery: Pick<Delivery, 'wake'>,
  atOnce?: number,
): Occasions {
  const pages: Pages = { atOnce, wake: () => delivery.wake() };
  const due = new DueMinutes(rules);
  let before: Instant | null = null;
  let joined = false;
  /** Under which roster and policy the minutes so far were dealt with, by this service or the one before it. */
  let dealtUnder: string | null = null;
  return {
    async runMinute(minute) {
      const present = oneMoment(ports);
      const { db } = ports.database;
      if (before === null) {
        before = await lastMinute(db);
        dealtUnder = await lastState(db);
      }
      if (before !== null && minute <= before) return;
      const { timeZone } = await currentPolicy(db, present.settings);
      const from = before ?? minute - oneMinute;
      if (before === null) await setLastMinute(db, from);
      // Kept until a minute succeeds: one that fails half way must not lose those who joined.
      joined = ((await due.changed(present)) && before !== null && due.state !== dealtUnder) || joined;
      const again = joined ? await due.between(present, from - lateJoinersWithin, from, timeZone) : [];
      const now = await due.between(present, from, minute, timeZone);
      const isUseful = ({ usefulUntil }: Due) => usefulUntil > minute;
      for (const one of now.filter(isUseful)) await fireOnce(present, one, minute, pages);
      for (const one of again.filter(isUseful)) await fire(present, one, minute, pages);
      // Names only who was missed: behind everything that somebody waits for.
      for (const one of now) if (!isUseful(one)) await fireOnce(present, one, minute, pages);
      if (before === null || now.length > 0 || minute % remembered === 0) await setLastMinute(db, minute);
      if (dealtUnder !== due.state) await setLastState(db, due.state);
      dealtUnder = due.state;
      before = minute;
      joined = false;
      if (again.length + now.length > 0) delivery.wake();
    },
  };
}

/** An occasion that another service of the store has fired is left to it: most minutes cost the second service one query. */
async function fireOnce(ports: Ports, due: Due, minute: Instant, pages: Pages): Promise<void> {
  if (await isFired(ports.database.db, due.rule.name, due.date, due.minute)) return;
  await fire(ports, due, minute, pages);
}

/**
 * Plans one occasion, a page of the roster after the other: who, why not, one row each. A page and its part of the occasion's row
 * are one transaction. Until the last one the occasion stands as `planning`: who finds it so after a death goes on with it,
 * and whoever has an item keeps it.
 */
async function fire(ports: Ports, due: Due, minute: Instant, { wake, atOnce }: Pages): Promise<void> {
  const { rule, date } = due;
  const campaign = campaignOf(rule, date);
  let usefulUntil = 0;
  for await (const { page, decisions } of decidedPages(ports, rule, date, atOnce)) {
    const asked = decisions.filter((decision) => decision.at === due.minute);
    usefulUntil = asked.reduce((latest, one) => Math.max(latest, one.lastUsefulAt), usefulUntil);
    const isOnly = page.after === '' && page.upTo === null;
    const isLast = page.upTo === null;
    if (asked.length === 0 && (isOnly || !isLast)) continue;
    const state = stateOf(due.minute, usefulUntil, minute);
    const planned = await ports.database.transaction(async (db) => {
      const { version } = await currentPolicy(db, ports.settings);
      const counts = await planItems(ports, db, { ...campaign, policyVersion: version }, asked);
      const occasion = {
        rule: rule.name,
        date,
        minute: due.minute,
        fired_at: ports.clock.now(),
        policy_version: version,
      };
      if (counts.planned + counts.skipped > 0) {
        await noteOccasion(db, { ...occasion, ...counts, state: isOnly ? state : 'planning' });
      }
      if (isLast) await finishOccasion(db, occasion, state);
      return counts.planned;
    });
    if (planned > 0) wake();
  }
}

function campaignOf({ name: rule, card, priority, urgency, contact }: OccasionRule, date: LocalDate) {
  return { rule, occasion: date, date, card, priority, urgency, contact };
}

function stateOf(due: Instant, usefulUntil: Instant, minute: Instant): OccasionTable['state'] {
  if (usefulUntil <= minute) return 'missed';
  return minute - due < 2 * oneMinute ? 'fired' : 'caught-up';
}
