import {
  addDays,
  dayKind,
  instantAt,
  nextWorkingDay,
  previousWorkingDay,
  type WorkingCalendar,
} from '../../calendar/index.ts';
import {
  actingFor,
  isOnPage,
  leaveOf,
  officeOf,
  ownMinutes,
  ownStartOf,
  staffMemberOn,
  whyAway,
} from '../../people/index.ts';
import { currentPolicy, type PolicyBook, workingCalendar } from '../../policy/index.ts';
import { breather } from '../../ports/breath.ts';
import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { DecidePage, Decision, DueMinute, OccasionRule, Ports, WhyNot } from '../../ports/room.ts';
import type { Unsettled } from '../rules.ts';
import { ordersOf, workingDaysBefore } from './find-missing.ts';

/** The morning after at 09:00 (P1), to somebody who begins later at own start (D14). */
const morning: MinuteOfDay = 9 * 60;
/** After so many working days 庶務担当課 is told too (P1). */
export const officeAfter = 3;
/** How many working days somebody may be away and still be told of what came meanwhile. */
const longestAway = 10;

/** What such an item covers: whose work on which dates, and for whom somebody looks. */
export interface MissingAbout {
  from: LocalDate;
  to: LocalDate;
  people: string[];
  /** 職員番号 of the head in whose place the reader looks. */
  inPlaceOf?: string;
}

/** 「了承あり・命令未登録」 on the next working day, for the head or who acts for the head; for 庶務 where the post is vacant. */
export const missingRule: OccasionRule = {
  name: 'late-work.order-missing',
  card: 'order-missing',
  priority: 3,
  urgency: 'ping',
  contact: 'counted',
  pages: 'people',
  minutes: morningsOf,
  async decide(ports, db, date) {
    const { book, calendar, working } = await dayOf(ports, db, date);
    if (!working) return null;
    const breath = breather(ports.clock);
    const span = { from: previousWorkingDay(date, calendar), to: addDays(date, -1) };
    const orders = await ordersOf(db, book, span.from, span.to);
    const byHead = Map.groupBy(orders.all, (one) => one.head);
    const missing = new Set(orders.missing.map(keyOf));
    const decisions: Decision[] = [];
    for (const [head, all] of byHead) {
      const open = all.filter((one) => missing.has(keyOf(one)));
      for (const { staff, people } of await askedFor(db, head, all, date)) {
        const mine = open.filter((one) => people.includes(one.staff));
        const inPlaceOf = head !== '' && head !== staff ? { inPlaceOf: head } : {};
        decisions.push(await decisionOf(db, book, date, staff, { ...span, people: peopleOf(mine), ...inPlaceOf }));
      }
      await breath();
    }
    return byPage(decisions);
  },
};

/** The same for 庶務担当課 when three working days have passed without a 命令; who was away is told on coming back. */
export const officeRule: OccasionRule = {
  name: 'late-work.order-missing-office',
  card: 'order-missing',
  priority: 3,
  urgency: 'ping',
  contact: 'counted',
  pages: 'people',
  minutes: morningsOf,
  async decide(ports, db, date) {
    const { book, calendar, working } = await dayOf(ports, db, date);
    if (!working) return null;
    const breath = breather(ports.clock);
    const oldest = workingDaysBefore(date, officeAfter, calendar);
    const to = addDays(nextWorkingDay(oldest, calendar), -1);
    const earliest = workingDaysBefore(date, officeAfter + longestAway, calendar);
    const { all, missing } = await ordersOf(db, book, earliest, to);
    const open = new Set(missing.map(keyOf));
    const decisions: Decision[] = [];
    for (const [staff, people] of await officesOf(db, all, date)) {
      const from = workingDaysBefore(await lookedAtFrom(db, staff, date, calendar), officeAfter, calendar);
      const mine = all.filter((one) => people.includes(one.staff) && one.date >= from);
      const mineOpen = mine.filter((one) => open.has(keyOf(one)));
      if (mine.length > 0)
        decisions.push(await decisionOf(db, book, date, staff, { from, to, people: peopleOf(mineOpen) }));
      await breath();
    }
    return byPage(decisions);
  },
};

/** 09:00, and every own start that is later. */
async function morningsOf(ports: Ports, db: Db, date: LocalDate): Promise<DueMinute[]> {
  const { book, working } = await dayOf(ports, db, date);
  if (!working) return [];
  const starts = [book.on(date).office.startMinute, ...(await ownMinutes(db, 'start_minute'))];
  return starts.map((start) => timesOf(book, date, start));
}

/** Few are named, and they follow from what others did: all are decided at once, and each comes with its page. */
function byPage(decisions: Decision[]): DecidePage | null {
  const all = merged(decisions);
  return all.length === 0 ? null : async (page) => all.filter(({ staff }) => isOnPage(page, staff));
}

/** The first working day whose items somebody has not been told of: this date, or earlier where the person was away. */
async function lookedAtFrom(db: Db, staff: string, date: LocalDate, calendar: WorkingCalendar): Promise<LocalDate> {
  let from = date;
  for (let left = longestAway; left > 0; left -= 1) {
    const before = previousWorkingDay(from, calendar);
    if ((await whyAwayOn(db, staff, before)) === null) return from;
    from = before;
  }
  return from;
}

/** Why somebody cannot be asked that morning (D14). */
async function whyAwayOn(db: Db, staff: string, date: LocalDate): Promise<WhyNot | null> {
  const member = await staffMemberOn(db, staff, date);
  return member && whyAway(member, await leaveOf(db, staff, date), date, morning);
}

async function dayOf(ports: Ports, db: Db, date: LocalDate) {
  const book = await currentPolicy(db, ports.settings);
  const calendar = await workingCalendar(db, book, date);
  return { book, calendar, working: dayKind(date, calendar) === 'working' };
}

/** Who is asked about a head's people that morning (P3): one person, or 庶務 of each section where the post is vacant. */
async function askedFor(
  db: Db,
  head: string,
  all: Unsettled[],
  date: LocalDate,
): Promise<{ staff: string; people: string[] }[]> {
  const acting = head === '' ? null : await actingFor(db, head, date, morning);
  if (acting) return [{ staff: acting.staff, people: peopleOf(all) }];
  return [...(await officesOf(db, all, date))].map(([staff, people]) => ({ staff, people }));
}

/** 庶務担当 and the people of whose sections they take care. */
async function officesOf(db: Db, all: Unsettled[], date: LocalDate): Promise<Map<string, string[]>> {
  const offices = new Map<string, string[]>();
  const bySection = new Map<string, string[]>();
  for (const staff of peopleOf(all)) {
    const member = await staffMemberOn(db, staff, date);
    if (!member) continue;
    const ofSection = bySection.get(member.section_id) ?? (await officeOf(db, member, date));
    bySection.set(member.section_id, ofSection);
    for (const office of ofSection) offices.set(office, [...(offices.get(office) ?? []), staff]);
  }
  return offices;
}

async function decisionOf(
  db: Db,
  book: PolicyBook,
  date: LocalDate,
  staff: string,
  about: MissingAbout,
): Promise<Decision> {
  const member = await staffMemberOn(db, staff, date);
  const start = ownStartOf(member ?? { start_minute: null }, book.on(date).office);
  const { at, usefulUntil } = timesOf(book, date, start);
  const why = about.people.length === 0 ? 'already-done' : await whyAwayOn(db, staff, date);
  return {
    staff,
    at,
    lastUsefulAt: usefulUntil,
    ...(why === null ? { about: JSON.stringify(about) } : { why }),
  };
}

function timesOf(book: PolicyBook, date: LocalDate, start: MinuteOfDay): DueMinute {
  const at = (minute: MinuteOfDay) => instantAt(date, minute, book.timeZone);
  return { at: at(Math.max(morning, start)), usefulUntil: at(Math.max(book.on(date).office.endMinute, start + 60)) };
}

/** One item a person: several heads may be away at once. */
function merged(decisions: Decision[]): Decision[] {
  return [...Map.groupBy(decisions, (one) => one.staff).values()].flatMap((same) => {
    const due = same.filter((one) => one.about !== undefined);
    const [first] = due.length > 0 ? due : same;
    if (!first) return [];
    if (due.length < 2) return [first];
    const abouts = due.map((one) => JSON.parse(one.about ?? '{}') as MissingAbout);
    const people = [...new Set(abouts.flatMap((about) => about.people))].sort();
    const [about] = abouts;
    return about ? [{ ...first, about: JSON.stringify({ from: about.from, to: about.to, people }) }] : [first];
  });
}

const keyOf = ({ staff, date }: Unsettled) => `${date} ${staff}`;
const peopleOf = (all: Unsettled[]) => [...new Set(all.map((one) => one.staff))].sort();
