import { actingFor, leavesOn, membersNamed, ownEndOf, ownStartOf, type Planned, whyAway } from '../people/index.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { type Day, gatherPeople } from './gather-day.ts';
import { type CardDecision, decideCards, type TeamFacts } from './rules.ts';

export interface Teams {
  teams: TeamFacts[];
  endOf(staff: string): MinuteOfDay;
  startOf(staff: string): MinuteOfDay;
}

/**
 * The heads of these people, who are all of their staff, as far as they are concerned on that day, and who acts for each on `on`
 * (the day itself, or the day of the result) at the head's own end, or at `at` where it is given.
 */
export async function gatherTeams(
  db: Db,
  day: Day,
  on: LocalDate,
  members: readonly Planned[],
  at?: MinuteOfDay,
): Promise<Teams> {
  const people = await gatherPeople(db, day, members, members.map(staffOf));
  const decided = decideCards(day.facts, people, day.policy.noOvertime.minutesBeforeEnd);
  const byHead = membersByHead(decided, members);
  const heads = [...byHead.keys()];
  const known = new Map((await membersNamed(db, day.facts.date, heads)).map((member) => [member.staff, member]));
  const then = await headsOn(db, day, on, heads, known);
  const leaves = await leavesOn(db, on, heads);
  const endOf = (staff: string) => ownEndOf(known.get(staff) ?? { end_minute: null }, day.policy.office);
  const startOf = (staff: string) => ownStartOf(known.get(staff) ?? { start_minute: null }, day.policy.office);
  const teams: TeamFacts[] = [];
  for (const [head, team] of byHead) {
    const minute = at ?? endOf(head);
    const away = (person: Planned | undefined) =>
      person ? whyAway(person, leaves.get(head) ?? [], on, minute) : 'absent';
    const isThere = away(then.get(head)) === null;
    const asked = team.some((member) => !member.why);
    const acting = !asked ? null : isThere ? head : ((await actingFor(db, head, on, minute))?.staff ?? null);
    teams.push({ head, acting, headAway: away(known.get(head)), members: team });
  }
  const acting = teams.flatMap((team) => team.acting ?? []).filter((staff) => !known.has(staff));
  for (const member of await membersNamed(db, day.facts.date, acting)) known.set(member.staff, member);
  return { teams, endOf, startOf };
}

const staffOf = ({ staff }: Planned) => staff;

async function headsOn(db: Db, day: Day, on: LocalDate, heads: string[], known: Map<string, Planned>) {
  if (on === day.facts.date) return known;
  return new Map((await membersNamed(db, on, heads)).map((member) => [member.staff, member]));
}

function membersByHead(decided: CardDecision[], members: readonly Planned[]): Map<string, CardDecision[]> {
  const headOf = new Map(members.map((member) => [member.staff, member.head]));
  const teams = new Map<string, CardDecision[]>();
  for (const decision of decided) {
    const head = headOf.get(decision.staff);
    if (!head) continue;
    const team = teams.get(head);
    if (team) team.push(decision);
    else teams.set(head, [decision]);
  }
  return teams;
}
