import { instantAt } from '../../calendar/index.ts';
import { headsWithResult } from '../../no-overtime-day/index.ts';
import { actingFor, isInService, leaveOn, ownStartOf, type StaffMember, staffOn, whyAway } from '../../people/index.ts';
import { currentPolicy, type Policy, workingCalendar } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { OccasionRule } from '../../ports/room.ts';
import { byTeam, countWeek, hasNews, type WeekFacts } from './count-week.ts';
import { gatherWeek } from './gather-week.ts';
import { type DigestPeriod, decideDigests, digestPeriod, type TeamFacts } from './rules.ts';

/** What a digest counts: the teams of these heads over that period. */
export interface DigestAbout {
  heads: string[];
  period: DigestPeriod;
}

/**
 * The weekly digest (W3): first working day of a week, 08:45 or own start, of use until Friday's end of office. It carries the
 * result of a no-overtime day that would be due on the same day. Nothing to say, no card.
 */
export const digestRule: OccasionRule = {
  name: 'weekly-digest',
  card: 'weekly-digest',
  priority: 3,
  urgency: 'ping',
  contact: 'counted',
  async decide(ports, db, date) {
    const book = await currentPolicy(db, ports.settings);
    const policy = book.on(date);
    const period = digestPeriod(date, await workingCalendar(db, book, date), policy.office.weekStarts);
    if (!period) return [];
    const staff = (await staffOn(db, date)).filter((member) => isInService(member, date));
    const facts = await gatherWeek(db, book, period, staff, true);
    const merged = await headsWithResult(ports, db, date);
    const minuteOf = minutesOf(staff, policy);
    const teams = await teamsOf(db, staff, { date, period, facts, merged, minute: minuteOf });
    const until = instantAt(period.friday, policy.office.endMinute, book.timeZone);
    return decideDigests(teams, minuteOf).map(({ staff: reader, minute, heads, why }) => ({
      staff: reader,
      at: instantAt(date, minute, book.timeZone),
      lastUsefulAt: until,
      about: JSON.stringify({ heads, period } satisfies DigestAbout),
      ...(why === undefined ? {} : { why }),
    }));
  },
};

/** 08:45, or own start where that is later (D14). */
function minutesOf(staff: StaffMember[], policy: Policy): (person: string) => number {
  const starts = new Map(staff.map((member) => [member.staff, ownStartOf(member, policy.office)]));
  return (person) => Math.max(policy.quiet.eventNextMinute, starts.get(person) ?? 0);
}

interface Morning {
  date: LocalDate;
  period: DigestPeriod;
  facts: WeekFacts;
  /** Heads whose result of a no-overtime day is due on the same day. */
  merged: ReadonlySet<string>;
  minute(staff: string): number;
}

async function teamsOf(db: Db, staff: StaffMember[], morning: Morning): Promise<TeamFacts[]> {
  const { date, period, facts, merged, minute } = morning;
  const leaves = await leaveOn(db, date);
  const byNumber = new Map(staff.map((member) => [member.staff, member]));
  const factsOf = byTeam(facts, (person) => byNumber.get(person)?.head ?? null);
  const teams: TeamFacts[] = [];
  for (const [head, members] of Map.groupBy(staff, (member) => member.head)) {
    if (head === null) continue;
    const person = byNumber.get(head);
    const headAway = person ? whyAway(person, leaves.get(head) ?? [], date, minute(head)) : 'absent';
    const team = new Set(members.map((member) => member.staff));
    const news = merged.has(head) || hasNews(countWeek(factsOf(head), team, period.mergedFrom));
    const acting = news ? ((await actingFor(db, head, date, minute(head)))?.staff ?? null) : null;
    teams.push({ head, acting, headAway, news });
  }
  return teams.sort((one, other) => (one.head < other.head ? -1 : 1));
}
