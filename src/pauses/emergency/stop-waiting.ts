import { localAt } from '../../calendar/index.ts';
import { cancelWaiting } from '../../delivery/index.ts';
import { staffOn } from '../../people/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { EMERGENCY_RULES } from '../programmes.ts';
import { isWithin, type SectionFacts } from '../rules.ts';
import { noteWhyCancelled, underWay } from './queries.ts';

/**
 * Takes back the cards that 災害モード stops and that have not left, for everybody of the section. `stopped` are those, `left`
 * the cards of the same sending that had left or were on their way: every card of it is one or the other, or had failed before.
 */
export async function stopWaiting(
  db: Db,
  section: SectionFacts,
  now: Instant,
  timeZone: string,
): Promise<{ stopped: number; left: number }> {
  const waiting = await underWay(db, EMERGENCY_RULES);
  if (waiting.length === 0) return { stopped: 0, left: 0 };
  const members = await membersOf(db, section, localAt(now, timeZone).date);
  const theirs = waiting.filter((one) => members.has(one.staff));
  if (theirs.length === 0) return { stopped: 0, left: 0 };
  const from = theirs.reduce((least, one) => Math.min(least, one.due_at), now);
  const staff = [...members];
  const { cancelled, left } = await cancelWaiting(db, { rules: EMERGENCY_RULES, staff, from }, now);
  await noteWhyCancelled(db, EMERGENCY_RULES, staff, from);
  return { stopped: cancelled, left };
}

/** 職員番号 of those who stand in a section on a date. */
export async function membersOf(db: Db, section: SectionFacts, date: string): Promise<Set<string>> {
  const staff = await staffOn(db, date);
  return new Set(staff.filter((member) => isWithin(member, section)).map((member) => member.staff));
}
