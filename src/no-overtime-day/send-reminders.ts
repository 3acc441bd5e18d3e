import {
  addDays,
  dayKind,
  daysBetween,
  instantAt,
  isFirstWorkingDayOfWeek,
  nextWorkingDay,
} from '../calendar/index.ts';
import {
  delegations,
  isOnPage,
  membersOfHeads,
  membersOn,
  ownEndOf,
  ownMinutes,
  type Planned,
  staffOfTeams,
} from '../people/index.ts';
import { currentPolicy, workingCalendar } from '../policy/index.ts';
import { breather } from '../ports/breath.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Decision, DueMinute, OccasionRule, Ports } from '../ports/room.ts';
import { type Day, gatherDay, gatherPeople } from './gather-day.ts';
import { gatherTeams } from './gather-teams.ts';
import {
  answerMinutes,
  type CardDecision,
  decideCards,
  decideResults,
  decideSummaries,
  type HeadDecision,
} from './rules.ts';

/** The result goes at 09:00 (W4), to somebody who begins later at own start (D14). */
const resultMinute = 9 * 60;
const minutesOfDay = 24 * 60;
const longestGap = 14;

export const reminderRule: OccasionRule = {
  name: 'no-overtime-day',
  card: 'wed-on-time',
  priority: 1,
  urgency: 'ping',
  contact: 'time-bound',
  pages: 'people',
  async minutes(ports, db, date) {
    const day = await gatherDay(ports, db, date);
    if (!day) return [];
    const { minutesBeforeEnd } = day.policy.noOvertime;
    return (await ownEnds(db, day)).map((end) => minuteAt(day, date, end - minutesBeforeEnd, end + answerMinutes));
  },
  async decide(ports, db, date) {
    const day = await gatherDay(ports, db, date);
    if (!day) return null;
    return async (page) => {
      const people = await gatherPeople(db, day, await membersOn(db, date, page), page);
      return decideCards(day.facts, people, day.policy.noOvertime.minutesBeforeEnd).map(atInstant(day, date));
    };
  },
};

export const summaryRule: OccasionRule = {
  name: 'no-overtime-day.summary',
  card: 'wed-summary',
  priority: 1,
  urgency: 'ping',
  contact: 'time-bound',
  pages: 'teams',
  async minutes(ports, db, date) {
    const day = await gatherDay(ports, db, date);
    if (!day) return [];
    const ends = await ownEnds(db, day);
    return ends.map((end) => minuteAt(day, date, end, Math.max(...ends) + answerMinutes));
  },
  async decide(ports, db, date) {
    const day = await gatherDay(ports, db, date);
    if (!day) return null;
    const endOf = (head: Planned | null) => ownEndOf(head ?? { end_minute: null }, day.policy.office);
    const delegated = await delegations(db, date, endOf, breather(ports.clock));
    return async (page) => {
      const gathered = await gatherTeams(db, day, date, await staffOfTeams(db, date, page, delegated));
      const decided = decideSummaries(gathered.teams, (staff) => ({ staff, endMinute: gathered.endOf(staff) }));
      return decided
        .filter(({ staff }) => isOnPage(page, staff))
        .map((one) => ({ ...atInstant(day, date)(one), about: aboutOf(one, date) }));
    };
  },
};

export const resultRule: OccasionRule = {
  name: 'no-overtime-day.result',
  card: 'wed-result',
  priority: 3,
  urgency: 'ping',
  contact: 'counted',
  pages: 'teams',
  async minutes(ports, db, date) {
    const days = await daysReportedOn(ports, db, date);
    const starts = days.length === 0 ? [] : await ownMinutes(db, 'start_minute');
    return days.flatMap((day) => {
      const minutes = new Set([resultMinute, day.policy.office.startMinute, ...starts]);
      return [...minutes].map((start) => minuteAt(day, date, Math.max(resultMinute, start), untilOf(day, date)));
    });
  },
  async decide(ports, db, date) {
    const days = await daysReportedOn(ports, db, date);
    if (days.length === 0) return null;
    const isReplaced = await isDigestDay(ports, db, date);
    const delegated = await delegations(db, date, () => resultMinute, breather(ports.clock));
    return async (page) => {
      const byStaff = new Map<string, Decision>();
      for (const day of days) {
        const members = await staffOfTeams(db, day.facts.date, page, delegated);
        for (const decision of await resultsOf(db, day, date, members)) {
          const held = byStaff.get(decision.staff);
          if (!held || held.why || !decision.why) byStaff.set(decision.staff, decision);
        }
      }
      const decided = [...byStaff.values()].filter(({ staff }) => isOnPage(page, staff));
      return isReplaced ? decided.map((one) => (one.why ? one : { ...one, why: 'replaced' as const })) : decided;
    };
  },
};

/** Those of these heads a result due on a date is about, before the weekly digest takes its place: the digest tells them. */
export async function headsWithResult(
  ports: Ports,
  db: Db,
  date: LocalDate,
): Promise<(heads: readonly string[]) => Promise<Set<string>>> {
  const days = await daysReportedOn(ports, db, date);
  return async (heads) => {
    const due = new Set<string>();
    for (const day of days) {
      const members = await membersOfHeads(db, day.facts.date, heads);
      for (const one of await resultsOf(db, day, date, members.sort(byNumber))) {
        if (!one.why) for (const head of (JSON.parse(one.about ?? '{}') as About).heads) due.add(head);
      }
    }
    return due;
  };
}

const byNumber = (one: Planned, other: Planned) => (one.staff < other.staff ? -1 : 1);

/** On the first working day of a week the weekly digest of 08:45 carries the result (W3): one card, not two. */
async function isDigestDay(ports: Ports, db: Db, date: LocalDate): Promise<boolean> {
  const book = await currentPolicy(db, ports.settings);
  return isFirstWorkingDayOfWeek(date, await workingCalendar(db, book, date), book.on(date).office.weekStarts);
}

/** The results of a day that go on this date to those who look at these people, who are all the staff of their heads. */
async function resultsOf(
  db: Db,
  day: Day,
  date: LocalDate,
  members: readonly Planned[],
): Promise<(Decision & { about: string })[]> {
  const { teams, startOf } = await gatherTeams(db, day, date, members, resultMinute);
  const until = untilOf(day, date);
  const decided = decideResults(teams, (staff) => Math.max(resultMinute, startOf(staff)), until);
  return decided.map((one) => ({ ...atInstant(day, date)(one), about: aboutOf(one, day.facts.date) }));
}

/** The end of the next working day, in minutes of this date (D24). */
function untilOf(day: Day, date: LocalDate): MinuteOfDay {
  return daysBetween(date, nextWorkingDay(date, day.calendar)) * minutesOfDay + day.policy.office.endMinute;
}

/** The office's end of work, and every own one that occurs. */
async function ownEnds(db: Db, day: Day): Promise<MinuteOfDay[]> {
  return [...new Set([day.policy.office.endMinute, ...(await ownMinutes(db, 'end_minute'))])];
}

function minuteAt({ book }: Day, date: LocalDate, minute: MinuteOfDay, until: MinuteOfDay): DueMinute {
  return { at: instantAt(date, minute, book.timeZone), usefulUntil: instantAt(date, until, book.timeZone) };
}

/** The no-overtime days whose result goes on this date: those since the working day before it, in order of time. */
async function daysReportedOn(ports: Ports, db: Db, date: LocalDate): Promise<Day[]> {
  const book = await currentPolicy(db, ports.settings);
  const calendar = await workingCalendar(db, book, date);
  if (dayKind(date, calendar) !== 'working') return [];
  const days: Day[] = [];
  for (let past = addDays(date, -1), left = longestGap; left > 0; past = addDays(past, -1), left -= 1) {
    const day = await gatherDay(ports, db, past);
    if (day) days.unshift(day);
    if (dayKind(past, calendar) === 'working') break;
  }
  return days;
}

function atInstant(day: Day, date: LocalDate): (decision: CardDecision) => Decision {
  const at = (minute: number) => instantAt(date, minute, day.book.timeZone);
  return ({ staff, minute, lastUsefulMinute, why }) => ({
    staff,
    at: at(minute),
    lastUsefulAt: at(lastUsefulMinute),
    ...(why === undefined ? {} : { why }),
  });
}

/** What a head's card covers: the day that was asked about, and whose teams. */
export interface About {
  day: LocalDate;
  heads: string[];
}

function aboutOf(decision: HeadDecision, day: LocalDate): string {
  return JSON.stringify({ day, heads: decision.heads } satisfies About);
}
