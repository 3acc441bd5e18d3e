import { addDays, dayKind, nextWorkingDay, type WorkingCalendar, weekdayOf } from '../calendar/index.ts';
import { type Pauses, pausesOn } from '../pauses/index.ts';
import {
  headSettings,
  leavesOn,
  ownEndOf,
  type Planned,
  pathOfMember,
  resolveSection,
  settingFor,
  whyAway,
} from '../people/index.ts';
import { currentPolicy, type Policy, type PolicyBook, workingCalendar } from '../policy/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Page, Ports } from '../ports/room.ts';
import type { DayFacts, PersonFacts } from './rules.ts';

/** What the decisions of one date have in common, whoever is looked at. */
export interface Day {
  book: PolicyBook;
  policy: Policy;
  calendar: WorkingCalendar;
  facts: DayFacts;
  isSectionDay: ((member: Planned) => boolean) | null;
  pauses: Pauses;
}

const longestMove = 14;

/** Reads calendar, policy and pauses of a date. Null when the date is nobody's no-overtime day: most days cost four queries. */
export async function gatherDay(ports: Ports, db: Db, date: LocalDate): Promise<Day | null> {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(date);
  const calendar = await workingCalendar(db, book, date);
  const facts = dayFactsOf(policy, calendar, date);
  const isSectionDay = await sectionDays(db, policy, date);
  if (!facts.cityDay && !facts.movedHere && isSectionDay === null) return null;
  const pauses = await pausesOn(db, book, date, policy.office.endMinute);
  return { book, policy, calendar, facts, isSectionDay, pauses };
}

/** These people on that day; `of` names them, or the page they stand on. */
export async function gatherPeople(
  db: Db,
  day: Day,
  members: readonly Planned[],
  of: Page | readonly string[],
): Promise<PersonFacts[]> {
  const leaves = await leavesOn(db, day.facts.date, of);
  return members.map((member) => personFactsOf(member, day, leaves.get(member.staff) ?? []));
}

/** Whether a date is the whole city's day, not only a section's own. */
export async function isCityDay(ports: Ports, db: Db, date: LocalDate): Promise<boolean> {
  const book = await currentPolicy(db, ports.settings);
  const { weekday, onHoliday } = book.on(date).noOvertime;
  if (weekdayOf(date) === weekday) return true;
  if (onHoliday !== 'previousBusinessDay') return false;
  return isMovedTo(date, weekday, await workingCalendar(db, book, date, ports.settings));
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

/**
 * Whether the date is the own day of a person's section: the policy's `sectionDays` (a name the roster does not know is
 * nobody's), and what heads have set for their own, which wins where it stands nearer. Null where it is nobody's.
 */
async function sectionDays(db: Db, policy: Policy, date: LocalDate): Promise<((member: Planned) => boolean) | null> {
  const weekday = weekdayOf(date);
  const today = policy.noOvertime.sectionDays.filter((one) => one.weekday === weekday);
  const found = await Promise.all(today.map((one) => resolveSection(db, one.section, date)));
  const sections = found.flatMap((resolved) => ('path' in resolved ? [resolved.path] : []));
  const heads = await headSettings(db, 'no-overtime-days', date);
  const chosen = (value: string | null) => (value ?? '').split(',').includes(weekday);
  if (sections.length === 0 && !heads.some((one) => chosen(one.value))) return null;
  return (member) => {
    const { said, policy: nearer } = settingFor(pathOfMember(member), sections, heads);
    return chosen(said) || nearer.length > 0;
  };
}

function personFactsOf(member: Planned, day: Day, leaves: Parameters<typeof whyAway>[1]): PersonFacts {
  const { policy, facts } = day;
  const endMinute = ownEndOf(member, policy.office);
  const minute = endMinute - policy.noOvertime.minutesBeforeEnd;
  return {
    staff: member.staff,
    endMinute,
    sectionDay: day.isSectionDay?.(member) ?? false,
    shift: member.work_type === '交替',
    away: whyAway(member, leaves, facts.date, minute) ?? day.pauses(member, 'C01', minute),
  };
}
