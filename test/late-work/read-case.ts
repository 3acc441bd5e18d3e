import { readFileSync } from 'node:fs';
import { type ClockEntry, type Order, stillAtWork } from '../../src/attendance/rules.ts';
import { dayKind, formatTimeOfDay, holidaysWith, parseTimeOfDay } from '../../src/calendar/index.ts';
import { type Candidate, routeRequest } from '../../src/late-work/route-request.ts';
import {
  type CardDecision,
  decideCards,
  isShortRest,
  type PersonFacts,
  quarterHours,
  type Unsettled,
  withoutOrder,
} from '../../src/late-work/rules.ts';
import { type PeakFacts, whyPaused } from '../../src/pauses/rules.ts';
import { whyAway } from '../../src/people/rules.ts';
import type { LeaveDayTable, StaffRowTable } from '../../src/ports/tables.ts';
import { aStaffMember } from '../build/staff-member.ts';

/** A time clock entry: from, and until (left out: still at work). */
type Clocked = [from: string, until?: string];

interface Presence {
  clock?: Clocked[];
  orders?: { end: string; status: Order['status'] }[];
}

/** One person of `_facts.json`; what is left out is that of an office worker of 17:15 of whom nothing is known. */
interface Person extends Presence {
  staff: string;
  /** Own end of work, 17:15 where left out. */
  end?: string;
  /** So many people with numbers from `staff` on, alike. */
  count?: number;
  work?: StaffRowTable['work_type'];
  leave?: { kind: LeaveDayTable['kind']; category?: LeaveDayTable['category']; start?: string; minutes?: number }[];
  yesterday?: Presence;
  stayUntil?: string;
  agreed?: boolean;
  stated?: boolean;
  prior?: boolean;
  recent?: number;
  emergency?: boolean;
}

interface Facts {
  decide: 'cards' | 'route' | 'choices' | 'orders' | 'rest';
  date?: string;
  holidays?: Record<string, string>;
  peaks?: (Omit<PeakFacts, 'sections' | 'staff'> & { staff?: string[] })[];
  people?: Person[];
  /** route */
  at?: string;
  head?: (Partial<Candidate> & { staff: string }) | null;
  deputies?: (Partial<Candidate> & { staff: string })[];
  above?: (Partial<Candidate> & { staff: string })[];
  office?: (Partial<Candidate> & { staff: string })[];
  /** choices */
  after?: string;
  /** orders */
  unsettled?: (Omit<Unsettled, 'untilMinute'> & { until?: string })[];
  records?: Record<string, { ordered?: boolean; left?: string }>;
  /** rest */
  until?: string;
  nextStart?: string;
  daysToNext?: number;
  target?: number;
}

const card = minute('19:30');
const last = minute('22:00');

/** What the rules decide on the facts of one case, in the words of `decision.json`. */
export function decisionOn(folder: URL): object {
  const facts = JSON.parse(readFileSync(new URL('_facts.json', folder), 'utf8')) as Facts;
  switch (facts.decide) {
    case 'cards':
      return cardsOn(facts);
    case 'route':
      return { asked: routeOn(facts) };
    case 'choices':
      return { choices: quarterHours(minute(facts.after), last).map(formatTimeOfDay) };
    case 'orders':
      return { missing: ordersOn(facts) };
    case 'rest':
      return {
        short: isShortRest(minute(facts.until), minute(facts.nextStart), facts.daysToNext ?? 1, facts.target ?? 660),
      };
  }
}

function cardsOn(facts: Facts): object {
  const date = facts.date ?? '2026-11-19';
  const holidays = holidaysWith(Object.entries(facts.holidays ?? {}).map(([day, name]) => ({ date: day, name })));
  const kind = dayKind(date, { holidays, closure: { from: '12-29', to: '01-03' } });
  const people = (facts.people ?? []).flatMap(crowd).map((person) => personFacts(person, date, facts.peaks ?? []));
  const decided = decideCards({ kind, cardMinute: card, lastCardMinute: last }, people);
  if (decided.length <= 20) return { decided: decided.map(written) };
  return {
    counts: Object.fromEntries(
      [...Map.groupBy(decided, (one) => one.why ?? 'card')].map(([why, all]) => [why, all.length]),
    ),
  };
}

function crowd(person: Person): Person[] {
  const { count = 1 } = person;
  return Array.from({ length: count }, (_, at) => ({ ...person, staff: String(Number(person.staff) + at) }));
}

function personFacts(person: Person, date: string, peaks: NonNullable<Facts['peaks']>): PersonFacts {
  const member = aStaffMember({ staff: person.staff, work_type: person.work ?? '日勤' });
  const leaves = (person.leave ?? []).map(({ kind, category = '年次', start, minutes }) => ({
    staff: person.staff,
    date,
    kind,
    category,
    minutes: minutes ?? null,
    start_minute: start === undefined ? null : minute(start),
    import_id: 'test',
  }));
  const known = { date, ...presenceOf(person), before: presenceOf(person.yesterday ?? {}) };
  const seen = stillAtWork(known, card, person.stayUntil === undefined ? null : minute(person.stayUntil));
  const modes = person.emergency ? [{ key: member.section_id, path: '', startedAt: 0, endsAt: 2, endedAt: null }] : [];
  const paused = whyPaused(
    { modes, peaks: peaks.map((peak) => ({ sections: [], staff: [], ...peak })), stoppedAt: () => null },
    member,
    'C02',
    1,
  );
  return {
    staff: person.staff,
    agreed: person.agreed ?? true,
    shift: person.work === '交替',
    onOwnHours: minute(person.end ?? '17:15') >= minute('20:00'),
    away: whyAway(member, leaves, date, card),
    paused,
    presence: seen.atWork ? 'at-work' : seen.why,
    stated: person.stated ?? false,
    prior: person.prior ?? false,
    recent: person.recent ?? 0,
  };
}

function presenceOf({ clock = [], orders = [] }: Presence): { clock: ClockEntry[]; orders: Order[] } {
  return {
    clock: clock.map(([from, until]) => ({ start: minute(from), end: until === undefined ? null : minute(until) })),
    orders: orders.map(({ end, status }) => ({ appliedAt: 0, start: minute('17:15'), end: minute(end), status })),
  };
}

function routeOn(facts: Facts) {
  const candidate = (one: Partial<Candidate> & { staff: string }): Candidate => ({
    away: null,
    presence: 'unknown',
    ...one,
  });
  const all = (list: Facts['deputies']) => (list ?? []).map(candidate);
  return routeRequest({
    head: facts.head ? candidate(facts.head) : null,
    deputies: all(facts.deputies),
    above: all(facts.above),
    office: all(facts.office),
    over: minute(facts.at ?? '19:40') >= last,
  });
}

function ordersOn(facts: Facts) {
  const unsettled = (facts.unsettled ?? []).map(({ until, ...one }) => ({
    ...one,
    untilMinute: until === undefined ? null : minute(until),
  }));
  const recordOf = (staff: string, date: string) => {
    const { ordered = false, left } = facts.records?.[`${date} ${staff}`] ?? {};
    return { ordered, left: left === undefined ? null : minute(left) };
  };
  return withoutOrder(unsettled, recordOf, minute('20:00')).map(({ untilMinute, ...one }) => ({
    ...one,
    ...(untilMinute === null ? {} : { until: formatTimeOfDay(untilMinute) }),
  }));
}

function written({ staff, minute: at, lastUsefulMinute, why }: CardDecision) {
  return { staff, at: formatTimeOfDay(at), until: formatTimeOfDay(lastUsefulMinute), ...(why ? { why } : {}) };
}

function minute(text: string | undefined): number {
  const read = parseTimeOfDay(text ?? '');
  if ('minute' in read) return read.minute;
  throw new Error(`_facts.json has the time ${text}. ${read.problem}`);
}
