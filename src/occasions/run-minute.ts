import { type Delivery, planItems } from '../delivery/index.ts';
import { currentPolicy, oneMoment } from '../policy/index.ts';
import type { Instant } from '../ports/clock.ts';
import type { OccasionRule, Ports } from '../ports/room.ts';
import type { OccasionTable } from '../ports/tables.ts';
import { type Due, DueMinutes } from './due.ts';
import { isFired, lastMinute, lastState, noteOccasion, setLastMinute, setLastState } from './queries.ts';

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

/** The occasions of these rules, in the order of their minutes. */
export function occasionsOf(ports: Ports, rules: OccasionRule[], delivery: Pick<Delivery, 'wake'>): Occasions {
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
      // Kept until a minute succeeds: one that fails half way must not lose those who joined.
      joined = ((await due.changed(present)) && before !== null && due.state !== dealtUnder) || joined;
      const again = joined ? await due.between(present, from - lateJoinersWithin, from, timeZone) : [];
      const now = await due.between(present, from, minute, timeZone);
      for (const one of again.filter((past) => past.usefulUntil > minute)) await fire(present, one, minute);
      for (const one of now) await fireOnce(present, one, minute);
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
async function fireOnce(ports: Ports, due: Due, minute: Instant): Promise<void> {
  if (await isFired(ports.database.db, due.rule.name, due.date, due.minute)) return;
  await fire(ports, due, minute);
}

/** Plans one occasion: who, why not, one row each; all of it in one transaction with the occasion's own row. */
async function fire(ports: Ports, due: Due, minute: Instant): Promise<void> {
  const { rule, date } = due;
  await ports.database.transaction(async (db) => {
    const { version } = await currentPolicy(db, ports.settings);
    const decisions = (await rule.decide(ports, db, date)).filter((decision) => decision.at === due.minute);
    const campaign = {
      rule: rule.name,
      occasion: date,
      date,
      card: rule.card,
      priority: rule.priority,
      urgency: rule.urgency,
      contact: rule.contact,
    };
    const counts = await planItems(ports, db, { ...campaign, policyVersion: version }, decisions);
    if (counts.planned + counts.skipped === 0) return;
    const occasion = {
      rule: rule.name,
      date,
      minute: due.minute,
      fired_at: ports.clock.now(),
      policy_version: version,
      ...counts,
    };
    await noteOccasion(db, { ...occasion, state: stateOf(due, minute) });
  });
}

function stateOf(due: Due, minute: Instant): OccasionTable['state'] {
  if (due.usefulUntil <= minute) return 'missed';
  return minute - due.minute < 2 * oneMinute ? 'fired' : 'caught-up';
}
