import { instantAt } from '../../calendar/index.ts';
import { headsWithResult } from '../../no-overtime-day/index.ts';
import {
  actingFor,
  type Delegations,
  delegations,
  isInService,
  isOnPage,
  leavesOn,
  membersNamed,
  ownMinutes,
  ownStartOf,
  type Planned,
  staffOfTeams,
  whyAway,
} from '../../people/index.ts';
import { currentPolicy, workingCalendar } from '../../policy/index.ts';
import { breather } from '../../ports/breath.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { OccasionRule, Ports } from '../../ports/room.ts';
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
  pages: 'teams',
  async minutes(ports, db, date) {
    const found = await morningOf(ports, db, date);
    if (!found) return [];
    const { book, policy, until } = found;
    const starts = [0, policy.office.startMinute, ...(await ownMinutes(db, 'start_minute'))];
    const minutes = new Set(starts.map((start) => Math.max(policy.quiet.eventNextMinute, start)));
    return [...minutes].map((minute) => ({ at: instantAt(date, minute, book.timeZone), usefulUntil: until }));
  },
  async decide(ports, db, date) {
    const found = await morningOf(ports, db, date);
    if (!found) return null;
    const { book, policy, period, until } = found;
    const breath = breather(ports.clock);
    const own = (head: Planned | null) => (head && isInService(head, date) ? ownStartOf(head, policy.office) : 0);
    const minuteOf = (head: Planned | null) => Math.max(policy.quiet.eventNextMinute, own(head));
    const delegated = await delegations(db, date, minuteOf, breath);
    const withResult = await headsWithResult(ports, db, date);
    return async (page) => {
      const members = (await staffOfTeams(db, date, page, delegated)).filter((member) => isInService(member, date));
      const facts = await gatherWeek(db, book, period, members, breath);
      const known = await headsOf(db, date, members, delegated);
      const merged = await withResult(heads(members));
      const minute = (person: string) => minuteOf(known.get(person) ?? null);
      const teams = await teamsOf(db, members, known, { date, period, facts, merged, minute });
      return decideDigests(teams, minute)
        .filter(({ staff }) => isOnPage(page, staff))
        .map(({ staff: reader, minute: due, heads: covered, why }) => ({
          staff: reader,
          at: instantAt(date, due, book.timeZone),
          lastUsefulAt: until,
          about: JSON.stringify({ heads: covered, period } satisfies DigestAbout),
          ...(why === undefined ? {} : { why }),
        }));
    };
  },
};

/** The policy and the period of the digest of a date, and until when it is of use; null on dates without one. */
async function morningOf(ports: Ports, db: Db, date: LocalDate) {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(date);
  const period = digestPeriod(date, await workingCalendar(db, book, date), policy.office.weekStarts);
  return period && { book, policy, period, until: instantAt(period.friday, policy.office.endMinute, book.timeZone) };
}

const heads = (members: readonly Planned[]) => [...new Set(members.flatMap((member) => member.head ?? []))];

/** The heads of these people and who may act for them, as far as they are in service. */
async function headsOf(
  db: Db,
  date: LocalDate,
  members: readonly Planned[],
  delegated: Delegations,
): Promise<Map<string, Planned>> {
  const asked = new Set(heads(members));
  const acting = [...delegated].flatMap(([staff, of]) => (of.some((head) => asked.has(head)) ? [staff] : []));
  const found = await membersNamed(db, date, [...new Set([...asked, ...acting])]);
  return new Map(found.filter((one) => isInService(one, date)).map((one) => [one.staff, one]));
}

interface Morning {
  date: LocalDate;
  period: DigestPeriod;
  facts: WeekFacts;
  /** Heads whose result of a no-overtime day is due on the same day. */
  merged: ReadonlySet<string>;
  minute(staff: string): number;
}

async function teamsOf(
  db: Db,
  staff: readonly Planned[],
  known: ReadonlyMap<string, Planned>,
  morning: Morning,
): Promise<TeamFacts[]> {
  const { date, period, facts, merged, minute } = morning;
  const leaves = await leavesOn(db, date, heads(staff));
  const headOf = new Map(staff.map((member) => [member.staff, member.head]));
  const factsOf = byTeam(facts, (person) => headOf.get(person) ?? null);
  const teams: TeamFacts[] = [];
  for (const [head, members] of Map.groupBy(staff, (member) => member.head)) {
    if (head === null) continue;
    const person = known.get(head);
    const headAway = person ? whyAway(person, leaves.get(head) ?? [], date, minute(head)) : 'absent';
    const team = new Set(members.map((member) => member.staff));
    const news = merged.has(head) || hasNews(countWeek(factsOf(head), team, period.mergedFrom));
    const acting = news ? ((await actingFor(db, head, date, minute(head)))?.staff ?? null) : null;
    teams.push({ head, acting, headAway, news });
  }
  return teams.sort((one, other) => (one.head < other.head ? -1 : 1));
}
