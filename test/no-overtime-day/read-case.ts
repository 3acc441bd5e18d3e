import { readFileSync } from 'node:fs';
import { formatTimeOfDay, parseTimeOfDay } from '../../src/calendar/index.ts';
import {
  type CardDecision,
  type DayFacts,
  decideCards,
  decideResults,
  decideSummaries,
  type HeadDecision,
  type PersonFacts,
  untilChoices,
} from '../../src/no-overtime-day/rules.ts';
import { whyAway } from '../../src/people/rules.ts';
import type { WhyNot } from '../../src/ports/room.ts';
import type { LeaveDayTable, StaffRowTable } from '../../src/ports/tables.ts';
import { aStaffMember } from '../build/staff-member.ts';

/** One person of `_facts.json`; what is left out is that of an office worker of 17:15 who is there. */
interface Person {
  staff: string;
  head?: string;
  work?: StaffRowTable['work_type'];
  end?: string;
  shift?: boolean;
  sectionDay?: boolean;
  hired?: string;
  left?: string;
  notHeldYet?: boolean;
  leave?: { kind: LeaveDayTable['kind']; category: LeaveDayTable['category']; start?: string; minutes?: number }[];
}

interface Head {
  head: string;
  /** Left out: the head. */
  acting?: string | null;
  headAway?: WhyNot;
  end?: string;
  start?: string;
  actingEnd?: string;
}

/** `_facts.json`. Times are HH:MM; the day is a working Wednesday where nothing else is said. */
interface Facts {
  decide: 'cards' | 'summaries' | 'results' | 'choices';
  day?: Partial<DayFacts> & { minutesBeforeEnd?: number };
  people?: Person[];
  heads?: Head[];
  until?: string;
  end?: string;
  last?: string;
}

/** What the rules decide on the facts of one case, in the words of `decision.json`, by 職員番号. */
export function decisionOn(folder: URL): object {
  const facts = JSON.parse(readFileSync(new URL('_facts.json', folder), 'utf8')) as Facts;
  if (facts.decide === 'choices')
    return { choices: untilChoices(minute(facts.end), minute(facts.last)).map(formatTimeOfDay) };
  return { decided: decide(facts).map(written).sort(byStaff) };
}

function decide(facts: Facts): (CardDecision | HeadDecision)[] {
  const day = {
    date: '2026-11-18',
    kind: 'working',
    cityDay: true,
    movedHere: false,
    wlbDay: false,
    ...facts.day,
  } as const;
  const before = facts.day?.minutesBeforeEnd ?? 60;
  const people = facts.people ?? [];
  const cards = decideCards(
    day,
    people.map((person) => personFacts(person, day.date, before)),
    before,
  );
  if (facts.decide === 'cards') return cards;
  const heads = facts.heads ?? [];
  const teams = heads.map(({ head, acting = head, headAway = null }) => {
    const members = people.filter((person) => person.head === head).map((person) => person.staff);
    return { head, acting, headAway, members: cards.filter((card) => members.includes(card.staff)) };
  });
  const ends = new Map(heads.map((one) => [one.head, one.end ?? '17:15']));
  for (const { acting, actingEnd } of heads) if (acting && actingEnd) ends.set(acting, actingEnd);
  const starts = new Map(heads.map((one) => [one.head, one.start ?? '08:30']));
  const nine = 9 * 60;
  if (facts.decide === 'results')
    return decideResults(teams, (staff) => Math.max(nine, minute(starts.get(staff) ?? '08:30')), minute(facts.until));
  return decideSummaries(teams, (staff) => ({ staff, endMinute: minute(ends.get(staff) ?? '17:15') }));
}

function personFacts(person: Person, date: string, before: number): PersonFacts {
  const member = aStaffMember({
    staff: person.staff,
    work_type: person.work ?? '日勤',
    hired_on: person.hired ?? '2020-04-01',
    left_on: person.left ?? null,
    ...(person.notHeldYet ? { notHired: true } : {}),
  });
  const endMinute = minute(person.end ?? '17:15');
  const leaves = (person.leave ?? []).map(({ kind, category, start, minutes }) => ({
    staff: person.staff,
    date,
    kind,
    category,
    minutes: minutes ?? null,
    start_minute: start === undefined ? null : minute(start),
    import_id: 'test',
  }));
  return {
    staff: person.staff,
    endMinute,
    sectionDay: person.sectionDay ?? false,
    shift: person.shift ?? person.work === '交替',
    away: whyAway(member, leaves, date, endMinute - before),
  };
}

function written(decision: CardDecision | HeadDecision) {
  const { staff, minute: at, lastUsefulMinute, why } = decision;
  const heads = 'heads' in decision ? { heads: decision.heads } : {};
  return {
    staff,
    at: formatTimeOfDay(at),
    until: formatTimeOfDay(lastUsefulMinute),
    ...heads,
    ...(why ? { why } : {}),
  };
}

const byStaff = (a: { staff: string }, b: { staff: string }) => (a.staff < b.staff ? -1 : 1);

function minute(text: string | undefined): number {
  const read = parseTimeOfDay(text ?? '');
  if ('minute' in read) return read.minute;
  throw new Error(`_facts.json has the time ${text}. ${read.problem}`);
}
