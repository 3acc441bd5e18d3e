import { addDays, dayKind, instantAt, type WorkingCalendar } from '../../calendar/index.ts';
import {
  leavesOn,
  membersOn,
  ownMinutes,
  ownStartOf,
  type Planned,
  resolveSection,
  whyAway,
} from '../../people/index.ts';
import { currentPolicy, type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Decision, OccasionRule } from '../../ports/room.ts';
import { isWithin, type SectionFacts } from '../rules.ts';
import { decideRestPlan, type ListedFacts, restPlanDays } from './rules.ts';

/** An election that is over, and the working days since its end, the date decided last. */
interface Election {
  name: string;
  staff: readonly string[];
  sections: SectionFacts[];
  days: LocalDate[];
}

const usefulDays = 7;
const longestGap = 21;

/** 「休息・振替(代休)の予定」: one card to the staff listed for an election, on the working day after it (P7). */
export const restPlanRule: OccasionRule = {
  name: 'rest-plan',
  card: 'rest-plan',
  priority: 3,
  urgency: 'ping',
  contact: 'counted',
  pages: 'people',
  async minutes(ports, db, date) {
    const book = await currentPolicy(db, ports.settings);
    const elections = await electionsBefore(db, book, date);
    if (elections.length === 0) return [];
    const { office, quiet } = book.on(date);
    const starts = [office.startMinute, ...(await ownMinutes(db, 'start_minute'))];
    const minutes = new Set(starts.map((start) => Math.max(quiet.eventNextMinute, start)));
    return [...minutes].map((minute) => ({
      at: instantAt(date, minute, book.timeZone),
      usefulUntil: usefulUntil(book, date),
    }));
  },
  async decide(ports, db, date) {
    const book = await currentPolicy(db, ports.settings);
    const elections = await electionsBefore(db, book, date);
    if (elections.length === 0) return null;
    return async (page) => {
      const members = await membersOn(db, date, page);
      const once = new Map<string, Decision>();
      for (const election of elections) {
        for (const decision of await decisionsOf(db, book, date, election, members)) {
          const held = once.get(decision.staff);
          if (!held || (held.why && !decision.why)) once.set(decision.staff, decision);
        }
      }
      return [...once.values()];
    };
  },
};

function usefulUntil(book: PolicyBook, date: LocalDate): Instant {
  return instantAt(addDays(date, usefulDays), book.on(date).office.endMinute, book.timeZone);
}

async function electionsBefore(db: Db, book: PolicyBook, date: LocalDate): Promise<Election[]> {
  const calendar = await workingCalendar(db, book, date);
  if (dayKind(date, calendar) !== 'working') return [];
  const found: Election[] = [];
  let days = [date];
  for (let end = addDays(date, -1), left = longestGap; left > 0 && days.length <= restPlanDays; left -= 1) {
    found.push(...(await electionsEnding(db, book, end, days)));
    days = isWorking(end, calendar) ? [end, ...days] : days;
    end = addDays(end, -1);
  }
  return found;
}

const isWorking = (date: LocalDate, calendar: WorkingCalendar) => dayKind(date, calendar) === 'working';

async function electionsEnding(db: Db, book: PolicyBook, end: LocalDate, days: LocalDate[]): Promise<Election[]> {
  const peaks = book.on(end).peaks.filter((peak) => peak.reason === '選挙' && peak.to === end);
  return Promise.all(
    peaks.map(async ({ name, staff, sections }) => {
      const resolved = await Promise.all(sections.map((section) => resolveSection(db, section, end)));
      return { name, staff, days, sections: resolved.filter((one) => 'path' in one) };
    }),
  );
}

async function decisionsOf(
  db: Db,
  book: PolicyBook,
  date: LocalDate,
  { name, staff, sections, days }: Election,
  members: readonly Planned[],
): Promise<Decision[]> {
  const { office, quiet } = book.on(date);
  const named = new Set(staff);
  const listed = members.filter(
    (member) => named.has(member.staff) || sections.some((section) => isWithin(member, section)),
  );
  const numbers = listed.map((member) => member.staff);
  const leaves = await Promise.all(days.map((day) => leavesOn(db, day, numbers)));
  const facts = listed.map((member): ListedFacts => {
    const minute = Math.max(quiet.eventNextMinute, ownStartOf(member, office));
    const away = days.map((day, at) => whyAway(member, leaves[at]?.get(member.staff) ?? [], day, minute));
    return { staff: member.staff, minute, away };
  });
  return decideRestPlan(facts).map(({ staff: person, minute, why }) => ({
    staff: person,
    at: instantAt(date, minute, book.timeZone),
    lastUsefulAt: usefulUntil(book, date),
    about: JSON.stringify({ peak: name }),
    ...(why === undefined ? {} : { why }),
  }));
}
