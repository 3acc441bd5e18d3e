import {
  addDays,
  dayKind,
  daysBetween,
  instantAt,
  isFirstWorkingDayOfWeek,
  nextWorkingDay,
} from '../calendar/index.ts';
import { currentPolicy, workingCalendar } from '../policy/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Decision, OccasionRule, Ports } from '../ports/room.ts';
import { type Day, gatherDay } from './gather-day.ts';
import { gatherTeams } from './gather-teams.ts';
import { type CardDecision, decideCards, decideResults, decideSummaries, type HeadDecision } from './rules.ts';

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
  async decide(ports, db, date) {
    const day = await gatherDay(ports, db, date);
    if (!day) return [];
    return decideCards(day.facts, day.people, day.policy.noOvertime.minutesBeforeEnd).map(atInstant(day, date));
  },
};

export const summaryRule: OccasionRule = {
  name: 'no-overtime-day.summary',
  card: 'wed-summary',
  priority: 1,
  urgency: 'ping',
  contact: 'time-bound',
  async decide(ports, db, date) {
    const day = await gatherDay(ports, db, date);
    if (!day) return [];
    const { teams, endOf } = await gatherTeams(db, day, date);
    const decided = decideSummaries(teams, (staff) => ({ staff, endMinute: endOf(staff) }));
    return decided.map((one) => ({ ...atInstant(day, date)(one), about: aboutOf(one, date) }));
  },
};

export const resultRule: OccasionRule = {
  name: 'no-overtime-day.result',
  card: 'wed-result',
  priority: 3,
  urgency: 'ping',
  contact: 'counted',
  async decide(ports, db, date) {
    const decided = await resultsOn(ports, db, date);
    if (decided.length === 0 || !(await isDigestDay(ports, db, date))) return decided;
    return decided.map((one) => (one.why ? one : { ...one, why: 'replaced' as const }));
  },
};

/** Whose result is due on a date, and for which day and teams (`about`), before the weekly digest takes its place. */
async function resultsOn(ports: Ports, db: Db, date: LocalDate): Promise<Decision[]> {
  const byStaff = new Map<string, Decision>();
  for (const day of await daysReportedOn(ports, db, date)) {
    for (const decision of await resultsOf(db, day, date)) {
      const held = byStaff.get(decision.staff);
      if (!held || held.why || !decision.why) byStaff.set(decision.staff, decision);
    }
  }
  return [...byStaff.values()];
}

/** The heads a result due on a date is about; the weekly digest of that date tells them. */
export async function headsWithResult(ports: Ports, db: Db, date: LocalDate): Promise<Set<string>> {
  const due = (await resultsOn(ports, db, date)).filter((one) => !one.why);
  return new Set(due.flatMap((one) => (one.about === undefined ? [] : (JSON.parse(one.about) as About).heads)));
}

/** On the first working day of a week the weekly digest of 08:45 carries the result (W3): one card, not two. */
async function isDigestDay(ports: Ports, db: Db, date: LocalDate): Promise<boolean> {
  const book = await currentPolicy(db, ports.settings);
  return isFirstWorkingDayOfWeek(date, await workingCalendar(db, book, date), book.on(date).office.weekStarts);
}

async function resultsOf(db: Db, day: Day, date: LocalDate): Promise<Decision[]> {
  const { teams, startOf } = await gatherTeams(db, day, date, resultMinute);
  const until = daysBetween(date, nextWorkingDay(date, day.calendar)) * minutesOfDay + day.policy.office.endMinute;
  const decided = decideResults(teams, (staff) => Math.max(resultMinute, startOf(staff)), until);
  return decided.map((one) => ({ ...atInstant(day, date)(one), about: aboutOf(one, day.facts.date) }));
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
