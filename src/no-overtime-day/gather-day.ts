import { addDays, dayKind, nextWorkingDay, type WorkingCalendar, weekdayOf } from '../calendar/index.ts';
import { leaveOn, ownEndOf, resolveSection, type StaffMember, staffOn, whyAway } from '../people/index.ts';
import { currentPolicy, type Policy, type PolicyBook, workingCalendar } from '../policy/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { DayFacts, PersonFacts } from './rules.ts';

/** Everything the decisions of one date rest on. */
export interface Day {
  book: PolicyBook;
  policy: Policy;
  calendar: WorkingCalendar;
  facts: DayFacts;
  staff: StaffMember[];
  people: PersonFacts[];
  leaves: Awaited<ReturnType<typeof leaveOn>>;
}

const longestMove = 14;

/** Reads roster, leave, calendar and policy of a date. Null when the date is nobody's no-overtime day: most days cost three queries. */
export async function gatherDay(ports: Ports, db: Db, date: LocalDate): Promise<Day | null> {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(date);
  const calendar = await workingCalendar(db, book, date);
  const facts = dayFactsOf(policy, calendar, date);
  const sections = await sectionsWithDay(db, policy, date);
  if (!facts.cityDay && !facts.movedHere && sections.length === 0) return null;
  const staff = await staffOn(db, date);
  const leaves = await leaveOn(db, date);
  const people = staff.map((member) => personFactsOf(member, policy, date, leaves.get(member.staff) ?? [], sections));
  return { book, policy, calendar, facts, staff, people, leaves };
}

/** Whether a date is the whole city's day, not only a section's own. */
export async function isCityDay(ports: Ports, db: Db, date: LocalDate): Promise<boolean> {
  const book = await currentPolicy(db, ports.settings);
  const facts = dayFactsOf(book.on(date), await workingCalendar(db, book, date), date);
  return facts.cityDay || facts.movedHere;
}

function dayFactsOf(policy: Policy, calendar: WorkingCalendar, date: LocalDate): DayFacts {
  const { weekday, onHoliday } = policy.noOvertime;
  return {
    date,
    kind: dayKind(date, calendar),
    cityDay: weekdayOf(date) === weekday,
    movedHere: onHoliday === 'previousBusinessDay' && isMovedTo(date, weekday, calendar),
    wlbDay: policy.wlbDays.includes(date),
  };
}

/** The city's day after `date` falls on a day off, and `date` is the last working day before it (D16). */
function isMovedTo(date: LocalDate, weekday: string, calendar: WorkingCalendar): boolean {
  if (dayKind(date, calendar) !== 'working') return false;
  const next = nextWorkingDay(date, calendar);
  for (let day = addDays(date, 1), left = longestMove; day < next && left > 0; day = addDays(day, 1), left -= 1) {
    if (weekdayOf(day) === weekday) return true;
  }
  return false;
}

/** Sections whose own day is this date; a name the roster does not know is nobody's. */
async function sectionsWithDay(db: Db, policy: Policy, date: LocalDate): Promise<string[]> {
  const today = policy.noOvertime.sectionDays.filter((one) => one.weekday === weekdayOf(date));
  const found = await Promise.all(today.map((one) => resolveSection(db, one.section, date)));
  return found.flatMap((resolved) => ('path' in resolved ? [resolved.path] : []));
}

function personFactsOf(
  member: StaffMember,
  policy: Policy,
  date: LocalDate,
  leaves: Parameters<typeof whyAway>[1],
  sections: string[],
): PersonFacts {
  const endMinute = ownEndOf(member, policy.office);
  const path = [member.bureau, member.division, member.unit].filter((level) => level !== '').join('/');
  return {
    staff: member.staff,
    endMinute,
    sectionDay: sections.some((section) => path === section || path.startsWith(`${section}/`)),
    shift: member.work_type === '交替',
    away: whyAway(member, leaves, date, endMinute - policy.noOvertime.minutesBeforeEnd),
  };
}
