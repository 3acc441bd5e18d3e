import { clockOn, lastLeft, ordersOn } from '../../attendance/index.ts';
import { addDays, dayKind, instantAt, type WorkingCalendar } from '../../calendar/index.ts';
import { acknowledgedOn } from '../../no-overtime-day/index.ts';
import { type StaffMember, staffMemberOn, staffOn } from '../../people/index.ts';
import type { PolicyBook } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { aheadOn } from '../ahead/queries.ts';
import { cardItemsOn } from '../items/queries.ts';
import { decisionsBetween, requestsBetween } from '../queries.ts';
import { type Unsettled, withoutOrder } from '../rules.ts';

/** Up to so many people are named to the store; beyond, everybody is read. */
const mostNamed = 1000;

/** Everything of these dates that a 命令 is to follow: every 了承, and wishes nobody answered (P1). `missing`: those without one. */
export interface Orders {
  all: Unsettled[];
  missing: Unsettled[];
}

/**
 * The 了承 and unanswered wishes of [from, to], of everybody or of these people, and which of them have no 命令 in the feed
 * (P1): those of the evening, of the no-overtime day, and of 事前了承 on days on which the person was still at work.
 */
export async function ordersOf(
  db: Db,
  book: PolicyBook,
  from: LocalDate,
  to: LocalDate,
  people?: readonly string[],
): Promise<Orders> {
  const among = people ? new Set(people) : null;
  const concerned = <Row extends { staff: string }>(rows: Row[]) => rows.filter((row) => among?.has(row.staff) ?? true);
  const requests = concerned(await requestsBetween(db, from, to));
  const decisions = concerned(await decisionsBetween(db, from, to));
  const answered = new Set(decisions.map((one) => `${one.staff} ${one.asked_at}`));
  const acknowledged = [
    ...decisions.filter((one) => one.decision === 'acknowledged'),
    ...concerned(await acknowledgedOn(db, from, to)),
  ].map(dayOf);
  for (let date = from; date <= to; date = addDays(date, 1))
    acknowledged.push(...concerned(await aheadWorkedOn(db, book, date)));
  const headOf = headsBy(db, people !== undefined);
  const all: Unsettled[] = requests
    .filter((one) => !answered.has(`${one.staff} ${one.asked_at}`))
    .map((one) => ({ ...dayOf(one), head: one.head, kind: 'unanswered' }));
  for (const one of acknowledged) all.push({ ...one, head: await headOf(one.staff, one.date), kind: 'acknowledged' });
  return { all, missing: await missingOf(db, book, from, to, all) };
}

/** Who was the 所属長 of somebody on a date; asked one by one, or from the roster of the date. */
function headsBy(db: Db, oneByOne: boolean): (staff: string, date: LocalDate) => Promise<string> {
  const roster = rosterBy(db);
  return async (staff, date) => {
    const member = oneByOne ? await staffMemberOn(db, staff, date) : (await roster(date)).get(staff);
    return member?.head ?? '';
  };
}

type WorkedDay = Pick<Unsettled, 'staff' | 'date' | 'untilMinute'>;

function dayOf(one: { staff: string; date: LocalDate; until_minute: number | null }): WorkedDay {
  return { staff: one.staff, date: one.date, untilMinute: one.until_minute };
}

/** 事前了承 whose people were still at work when the others got C02. */
async function aheadWorkedOn(db: Db, book: PolicyBook, date: LocalDate): Promise<WorkedDay[]> {
  const { cardMinute } = book.on(date).lateWork;
  const ahead = await aheadOn(db, date, instantAt(date, cardMinute, book.timeZone));
  if (ahead.size === 0) return [];
  const there = (await cardItemsOn(db, date)).filter((item) => item.why === 'already-done' && ahead.has(item.staff));
  return there.map(({ staff }) => ({ staff, date, untilMinute: ahead.get(staff)?.until_minute ?? null }));
}

async function missingOf(
  db: Db,
  book: PolicyBook,
  from: LocalDate,
  to: LocalDate,
  all: Unsettled[],
): Promise<Unsettled[]> {
  if (all.length === 0) return [];
  const named = [...new Set(all.map((one) => one.staff))];
  const staff = named.length <= mostNamed ? named : undefined;
  const ordered = new Set(
    (await ordersOn(db, from, to, staff)).flatMap((day) =>
      day.orders.some((order) => order.status === '命令') ? [`${day.date} ${day.staff}`] : [],
    ),
  );
  const left = new Map(
    (await clockOn(db, from, to, staff)).map((day) => [`${day.date} ${day.staff}`, lastLeft(day.clock)]),
  );
  const recordOf = (staff: string, date: LocalDate) => ({
    ordered: ordered.has(`${date} ${staff}`),
    left: left.get(`${date} ${staff}`) ?? null,
  });
  return withoutOrder(all, recordOf, book.on(to).lateWork.cutoffMinute);
}

/** The roster of each date, read once. */
export function rosterBy(db: Db): (date: LocalDate) => Promise<Map<string, StaffMember>> {
  const known = new Map<LocalDate, Promise<Map<string, StaffMember>>>();
  const read = async (date: LocalDate) => new Map((await staffOn(db, date)).map((member) => [member.staff, member]));
  return (date) => {
    const held = known.get(date) ?? read(date);
    known.set(date, held);
    return held;
  };
}

/** The working day `count` working days before a date, or the date itself where it is one and `count` is 0. */
export function workingDaysBefore(date: LocalDate, count: number, calendar: WorkingCalendar): LocalDate {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, -1);
    if (dayKind(day, calendar) === 'working') left -= 1;
  }
  return day;
}
