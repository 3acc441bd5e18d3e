import { type AtWork, attendanceOn, stillAtWork } from '../attendance/index.ts';
import { addDays, dayKind, instantAt, type WorkingCalendar } from '../calendar/index.ts';
import { stayUntil } from '../no-overtime-day/index.ts';
import { pausesOn } from '../pauses/index.ts';
import { leaveOn, ownEndOf, type StaffMember, staffOn, whyAway } from '../people/index.ts';
import { currentPolicy, type Policy, type PolicyBook, workingCalendar } from '../policy/index.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import { isAgreed } from './agreement.ts';
import { aheadOn } from './ahead/queries.ts';
import { cardsBetween } from './items/queries.ts';
import { answersOn } from './queries.ts';
import type { EveningFacts, PersonFacts } from './rules.ts';

/** Days before the date that count for 「at most twice in 7 days」 (P7). */
const daysBefore = 6;

/** Everything the decision of one evening rests on. */
export interface Evening {
  book: PolicyBook;
  policy: Policy;
  facts: EveningFacts;
  people: PersonFacts[];
  /** On what it rests that somebody is at work, for the record. */
  presence: Map<string, AtWork>;
}

/** Reads roster, leave, clock, orders, pauses and earlier cards of a date; nobody on a weekend, which costs two queries. */
export async function gatherEvening(ports: Ports, db: Db, date: LocalDate): Promise<Evening> {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(date);
  const calendar = await workingCalendar(db, book, date);
  const facts = eveningOf(policy, calendar, date);
  const { cardMinute } = policy.lateWork;
  if (facts.kind === 'weekend') return { book, policy, facts, people: [], presence: new Map() };
  const staff = await staffOn(db, date);
  const runs = facts.kind === 'working' && policy.agreements.some((one) => one.programme === 'late-work');
  if (!runs) return { book, policy, facts, people: staff.map(idle(date, cardMinute)), presence: new Map() };
  const atWork = await presenceOn(db, date);
  const presence = new Map(staff.map((member) => [member.staff, atWork(member.staff, cardMinute)]));
  const leaves = await leaveOn(db, date);
  const paused = await pausesOn(db, book, date, cardMinute);
  const ahead = await aheadOn(db, date, instantAt(date, cardMinute, book.timeZone));
  const stated = new Set((await answersOn(db, date)).map((answer) => answer.staff));
  const recent = await cardsBetween(db, addDays(date, -daysBefore), addDays(date, -1));
  const people = staff.map((member) => ({
    staff: member.staff,
    agreed: isAgreed(policy, 'late-work', member),
    shift: member.work_type === '交替',
    onOwnHours: ownEndOf(member, policy.office) >= policy.lateWork.cutoffMinute,
    away: whyAway(member, leaves.get(member.staff) ?? [], date, cardMinute),
    paused: paused(member, 'C02'),
    presence: presenceKind(presence.get(member.staff)),
    stated: stated.has(member.staff),
    prior: (ahead.get(member.staff)?.until_minute ?? 0) > cardMinute,
    recent: recent.get(member.staff) ?? 0,
  }));
  return { book, policy, facts, people, presence };
}

/** Somebody on an evening that asks nobody: whether in service is all that is looked at. */
function idle(date: LocalDate, minute: MinuteOfDay): (member: StaffMember) => PersonFacts {
  const nothing = {
    agreed: false,
    shift: false,
    onOwnHours: false,
    paused: null,
    presence: 'not-at-work',
    stated: false,
    prior: false,
  } as const;
  return (member) => ({ staff: member.staff, away: whyAway(member, [], date, minute), recent: 0, ...nothing });
}

function eveningOf(policy: Policy, calendar: WorkingCalendar, date: LocalDate): EveningFacts {
  const { cardMinute, lastCardMinute } = policy.lateWork;
  return { kind: dayKind(date, calendar), cardMinute, lastCardMinute };
}

function presenceKind(seen: AtWork | undefined): PersonFacts['presence'] {
  if (seen === undefined) return 'not-at-work';
  return seen.atWork ? 'at-work' : seen.why;
}

/** Who is at work at which minute of a date, by clock, orders and the Wednesday answer (personnel.md 0, D2); one reading, of everybody or of these people. */
export async function presenceOn(
  db: Db,
  date: LocalDate,
  people?: string[],
): Promise<(staff: string, minute: MinuteOfDay) => AtWork> {
  const known = await attendanceOn(db, date, people);
  const stays = await stayUntil(db, date);
  return (staff, minute) => stillAtWork(known(staff), minute, stays.get(staff) ?? null);
}
