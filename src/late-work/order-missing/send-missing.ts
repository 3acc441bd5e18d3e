import { addDays, dayKind, instantAt, nextWorkingDay, previousWorkingDay } from '../../calendar/index.ts';
import { actingFor, officeOf, ownStartOf, staffMemberOn } from '../../people/index.ts';
import { currentPolicy, type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Decision, OccasionRule, Ports } from '../../ports/room.ts';
import type { Unsettled } from '../rules.ts';
import { ordersOf, workingDaysBefore } from './find-missing.ts';

/** The morning after at 09:00 (P1), to somebody who begins later at own start (D14). */
const morning: MinuteOfDay = 9 * 60;
/** After so many working days 庶務担当課 is told too (P1). */
export const officeAfter = 3;

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
  async decide(ports, db, date) {
    const { book, calendar, working } = await dayOf(ports, db, date);
    if (!working) return [];
    const span = { from: previousWorkingDay(date, calendar), to: addDays(date, -1) };
    const orders = await ordersOf(db, book, span.from, span.to);
    const byHead = Map.groupBy(orders.all, (one) => one.head);
    const missing = new Set(orders.missing.map(keyOf));
    const decisions: Decision[] = [];
    for (const [head, all] of byHead) {
      const open = all.filter((one) => missing.has(keyOf(one)));
      const asked = await askedFor(db, head, all, date);
      for (const { staff, people } of asked) {
        const mine = open.filter((one) => people.includes(one.staff));
        const inPlaceOf = head !== '' && head !== staff ? { inPlaceOf: head } : {};
        decisions.push(await decisionOf(db, book, date, staff, { ...span, people: peopleOf(mine), ...inPlaceOf }));
      }
    }
    return merged(decisions);
  },
};

/** The same for 庶務担当課 when three working days have passed without a 命令. */
export const officeRule: OccasionRule = {
  name: 'late-work.order-missing-office',
  card: 'order-missing',
  priority: 3,
  async decide(ports, db, date) {
    const { book, calendar, working } = await dayOf(ports, db, date);
    if (!working) return [];
    const from = workingDaysBefore(date, officeAfter, calendar);
    const span = { from, to: addDays(nextWorkingDay(from, calendar), -1) };
    const { all, missing } = await ordersOf(db, book, span.from, span.to);
    const open = new Set(missing.map(keyOf));
    const decisions: Decision[] = [];
    for (const [staff, people] of await officesOf(db, all, date)) {
      const mine = all.filter((one) => people.includes(one.staff) && open.has(keyOf(one)));
      decisions.push(await decisionOf(db, book, date, staff, { ...span, people: peopleOf(mine) }));
    }
    return merged(decisions);
  },
};

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
  for (const staff of peopleOf(all)) {
    const member = await staffMemberOn(db, staff, date);
    for (const office of member ? await officeOf(db, member, date) : []) {
      offices.set(office, [...(offices.get(office) ?? []), staff]);
    }
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
  const policy = book.on(date);
  const member = await staffMemberOn(db, staff, date);
  const start = ownStartOf(member ?? { start_minute: null }, policy.office);
  const at = (minute: MinuteOfDay) => instantAt(date, minute, book.timeZone);
  const last = Math.max(policy.office.endMinute, start + 60);
  return {
    staff,
    at: at(Math.max(morning, start)),
    lastUsefulAt: at(last),
    ...(about.people.length === 0 ? { why: 'already-done' as const } : { about: JSON.stringify(about) }),
  };
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
