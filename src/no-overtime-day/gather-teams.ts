import { actingFor, leaveOn, ownEndOf, ownStartOf, type StaffMember, whyAway } from '../people/index.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Day } from './gather-day.ts';
import { type CardDecision, decideCards, type TeamFacts } from './rules.ts';

export interface Teams {
  teams: TeamFacts[];
  endOf(staff: string): MinuteOfDay;
  startOf(staff: string): MinuteOfDay;
}

/**
 * Every head with staff concerned on that day, and who acts for the head on `on` (the day itself, or the day of the
 * result) at the head's own end, or at `at` where it is given.
 */
export async function gatherTeams(db: Db, day: Day, on: LocalDate, at?: MinuteOfDay): Promise<Teams> {
  const decided = decideCards(day.facts, day.people, day.policy.noOvertime.minutesBeforeEnd);
  const byStaff = new Map(day.staff.map((member) => [member.staff, member]));
  const endOf = (staff: string) => ownEndOf(byStaff.get(staff) ?? { end_minute: null }, day.policy.office);
  const startOf = (staff: string) => ownStartOf(byStaff.get(staff) ?? { start_minute: null }, day.policy.office);
  const leaves = on === day.facts.date ? day.leaves : await leaveOn(db, on);
  const teams: TeamFacts[] = [];
  for (const [head, members] of membersByHead(decided, byStaff)) {
    const minute = at ?? endOf(head);
    const found = members.some((member) => !member.why) ? await actingFor(db, head, on, minute) : null;
    const person = byStaff.get(head);
    const headAway = person ? whyAway(person, leaves.get(head) ?? [], on, minute) : 'absent';
    teams.push({ head, acting: found?.staff ?? null, headAway, members });
  }
  return { teams, endOf, startOf };
}

function membersByHead(decided: CardDecision[], byStaff: Map<string, StaffMember>): Map<string, CardDecision[]> {
  const teams = new Map<string, CardDecision[]>();
  for (const decision of decided) {
    const head = byStaff.get(decision.staff)?.head;
    if (head) teams.set(head, [...(teams.get(head) ?? []), decision]);
  }
  return teams;
}
