import { isAfterTheFact, ordersOn, stillAtWork } from '../../attendance/index.ts';
import { addDays, dayKind, instantAt, localAt } from '../../calendar/index.ts';
import { type Asked, askedOn, countsOf, stayUntil } from '../../no-overtime-day/index.ts';
import type { Planned } from '../../people/index.ts';
import { type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { isAgreed } from '../agreement.ts';
import { aheadOn } from '../ahead/queries.ts';
import { type DayRecords, recordsOn } from '../day-records.ts';
import { windowOf } from '../prior-application/ask-gaps.ts';
import { type FoundGap, gapsBetween, gapsOf } from '../prior-application/find-gaps.ts';
import { daysOf } from '../prior-application/take-gap-answers.ts';
import { answersOn } from '../queries.ts';
import type { AfterTheFact, Happened, WeekFacts } from './count-week.ts';
import { datesAsked, gapAnswersBetween, itemsBetween, skippedBetween } from './queries.ts';
import type { DigestPeriod } from './rules.ts';

/** An application made later than this after the day it is for is not looked for. */
const latestApplication = 62;

/** What a digest rests on, for these people (at most some thousands), and nobody else. */
export async function gatherWeek(
  db: Db,
  book: PolicyBook,
  period: DigestPeriod,
  people: readonly Planned[],
  breath: () => Promise<void> = async () => {},
): Promise<WeekFacts> {
  const numbers = people.map((person) => person.staff);
  const { from, to } = period;
  const facts: WeekFacts = {
    ...{ answers: [], late: [], ahead: [], afterTheFact: [], openGaps: [] },
    gaps: null,
    heldBack: await skippedBetween(db, 'late-work', 'twice-in-7-days', from, to, numbers),
    shortRests: period.month
      ? await itemsBetween(db, 'interval', `${period.month}-01`, `${period.month}-31`, numbers)
      : null,
  };
  if (numbers.length === 0) return facts;
  const roster = new Map(people.map((person) => [person.staff, person]));
  const asked = await datesAsked(db, from, to);
  const agreed = people.some((person) => isAgreed(book.on(to), 'clock-gaps', person));
  const gaps: Happened[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const records = await recordsOn(db, date, roster, numbers);
    if (asked.has(date)) {
      facts.answers.push(...(await askedOn(db, date, numbers)).flatMap((one) => answered(one, date)));
    }
    facts.late.push(...(await lateOn(db, book, records, numbers)));
    const ahead = await aheadOn(db, date);
    facts.ahead.push(...numbers.flatMap((staff) => (ahead.has(staff) ? [{ staff, date }] : [])));
    if (agreed) gaps.push(...(await gapsOf(db, book, records)).map(happened));
    await breath();
  }
  facts.ahead = await workingOnly(db, book, facts.ahead);
  facts.afterTheFact = await afterTheFactIn(db, book, from, to, numbers);
  if (agreed) facts.gaps = gaps;
  facts.openGaps = await openGapsIn(db, book, period, numbers);
  return facts;
}

const happened = ({ staff, day }: FoundGap): Happened => ({ staff, date: day.date });

/** Somebody who was not to be asked that day is in no count. */
function answered(asked: Asked, date: LocalDate): WeekFacts['answers'] {
  const { leave, stay, unanswered, unsure, off, notSent } = countsOf([asked]);
  if (leave + stay + unanswered + unsure + off + notSent === 0) return [];
  const said = leave ? 'leave' : stay ? 'stay' : unanswered ? 'unanswered' : 'other';
  return [{ staff: asked.staff, date, said }];
}

/** Who was still at work at the cutoff (D2): the clock only where an agreement covers it; shift staff are not counted. */
async function lateOn(
  db: Db,
  book: PolicyBook,
  { date, clocks, orders, members }: DayRecords,
  numbers: string[],
): Promise<Happened[]> {
  const policy = book.on(date);
  const stays = await stayUntil(db, date, numbers);
  for (const { staff, answer, until_minute: until } of await answersOn(db, date, numbers)) {
    if (answer === 'continue' && until !== null) stays.set(staff, until);
    if (answer !== 'continue') stays.delete(staff);
  }
  const known = new Set([...clocks.keys(), ...orders.keys(), ...stays.keys()]);
  return [...known].flatMap((staff) => {
    const person = members.get(staff);
    if (!person || person.work_type === '交替') return [];
    const clock = isAgreed(policy, 'late-work', person) ? (clocks.get(staff) ?? []) : [];
    const facts = { date, clock, orders: orders.get(staff) ?? [], before: { clock: [], orders: [] } };
    const { atWork } = stillAtWork(facts, policy.lateWork.cutoffMinute, stays.get(staff) ?? null);
    return atWork ? [{ staff, date }] : [];
  });
}

/** 事前了承 covers a span of dates; only its working days count. */
async function workingOnly(db: Db, book: PolicyBook, ahead: Happened[]): Promise<Happened[]> {
  const [first] = ahead;
  if (!first) return [];
  const calendar = await workingCalendar(db, book, first.date);
  return ahead.filter(({ date }) => dayKind(date, calendar) === 'working');
}

/** Applications that came in during the period and after their 開始, each once, with what the person had said that day. */
async function afterTheFactIn(
  db: Db,
  book: PolicyBook,
  from: LocalDate,
  to: LocalDate,
  numbers: string[],
): Promise<AfterTheFact[]> {
  const people = new Set(numbers);
  const found: AfterTheFact[] = [];
  for (const { staff, date, orders } of await ordersOn(db, addDays(from, -latestApplication), to, numbers)) {
    for (const order of orders.filter((one) => one.status !== '取消')) {
      const applied = localAt(order.appliedAt, book.timeZone).date;
      const startsAt = instantAt(date, order.start, book.timeZone);
      if (!people.has(staff) || applied < from || applied > to || !isAfterTheFact(order, startsAt)) continue;
      found.push({ staff, date, reason: null });
    }
  }
  const reasons = await reasonsOf(db, found);
  return found.map((one) => ({ ...one, reason: reasons.get(`${one.date} ${one.staff}`) ?? null }));
}

/** The reason a person gave on the card of 午後8時, else on that of the no-overtime day. */
async function reasonsOf(db: Db, of: Happened[]): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  for (const [date, same] of Map.groupBy(of, (one) => one.date)) {
    const numbers = [...new Set(same.map((one) => one.staff))];
    for (const { staff, reason } of await askedOn(db, date, numbers))
      if (reason) reasons.set(`${date} ${staff}`, reason);
    for (const { staff, reason } of await answersOn(db, date, numbers)) {
      if (reason) reasons.set(`${date} ${staff}`, reason);
    }
  }
  return reasons;
}

/** Days of a gap list that closed during the period, that nobody answered and that are still beyond what was applied for. */
async function openGapsIn(
  db: Db,
  book: PolicyBook,
  { from, to }: DigestPeriod,
  numbers: string[],
): Promise<Happened[]> {
  const calendar = await workingCalendar(db, book, to);
  const windows = [...new Set([`${from.slice(0, 7)}-01`, `${to.slice(0, 7)}-01`])].map((day) =>
    windowOf(day, calendar),
  );
  const closed = windows.find((window) => from <= (window.at(-1) ?? '') && (window.at(-1) ?? '') <= to);
  const [first = ''] = closed ?? [];
  if (!closed) return [];
  const items = await itemsBetween(db, 'prior-application.gaps', first, closed.at(-1) ?? first, numbers);
  const asked = items.flatMap((item) => daysOf(item.about).map(({ date }) => ({ staff: item.staff, date })));
  const dates = asked.map((one) => one.date).sort();
  const [earliest] = dates;
  if (earliest === undefined) return [];
  const latest = dates.at(-1) ?? earliest;
  const said = new Set(
    (await gapAnswersBetween(db, earliest, latest, numbers)).map((one) => `${one.date} ${one.staff}`),
  );
  const left = asked.filter((one) => !said.has(`${one.date} ${one.staff}`));
  const still = await gapsBetween(db, book, earliest, latest, [...new Set(left.map((one) => one.staff))]);
  const open = new Set(still.map(({ staff, day }) => `${day.date} ${staff}`));
  return left.filter((one) => open.has(`${one.date} ${one.staff}`));
}
