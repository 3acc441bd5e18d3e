import { type AtWork, attendanceOn, stillAtWork } from '../attendance/index.ts';
import { addDays, dayKind, instantAt, type WorkingCalendar } from '../calendar/index.ts';
import { stayUntil } from '../no-overtime-day/index.ts';
import { pausesOn } from '../pauses/index.ts';
import { leavesOn, membersOn, ownEndOf, type Planned, whyAway } from '../people/index.ts';
import { currentPolicy, type Policy, type PolicyBook, workingCalendar } from '../policy/index.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Page, Ports } from '../ports/room.ts';
import { isAgreed } from './agreement.ts';
import { aheadOn } from './ahead/queries.ts';
import { cardsBetween } from './items/queries.ts';
import { answersOn } from './queries.ts';
import type { EveningFacts, PersonFacts } from './rules.ts';

/** Days before the date that count for 「at most twice in 7 days」 (P7). */
const daysBefore = 6;

/** What the decisions of one evening have in common, whoever is looked at. */
export interface Evening {
  book: PolicyBook;
  policy: Policy;
  facts: EveningFacts;
}

/** The people of one page, and on what it rests that somebody is at work, for the record. */
interface EveningPage {
  people: PersonFacts[];
  presence: ReadonlyMap<string, AtWork>;
}

/** Reads policy and calendar of a date: two queries. */
export async function gatherEvening(ports: Ports, db: Db, date: LocalDate): Promise<Evening> {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(date);
  return { book, policy, facts: eveningOf(policy, await workingCalendar(db, book, date), date) };
}

/** Reads pauses and 事前了承 of the evening; then, page by page, roster, leave, clock, orders, answers and earlier cards. */
export async function eveningPages(
  db: Db,
  { book, policy, facts }: Evening,
  date: LocalDate,
): Promise<(page: Page) => Promise<EveningPage>> {
  const { cardMinute } = policy.lateWork;
  const runs = facts.kind === 'working' && policy.agreements.some((one) => one.programme === 'late-work');
  if (!runs) {
    const nobody = new Map<string, AtWork>();
    return async (page) => ({
      people: (await membersOn(db, date, page)).map(idle(date, cardMinute)),
      presence: nobody,
    });
  }
  const paused = await pausesOn(db, book, date, cardMinute);
  const ahead = await aheadOn(db, date, instantAt(date, cardMinute, book.timeZone));
  return async (page) => {
    const members = await membersOn(db, date, page);
    const numbers = members.map((member) => member.staff);
    const atWork = await presenceOn(db, date, numbers);
    const presence = new Map(numbers.map((staff) => [staff, atWork(staff, cardMinute)]));
    const leaves = await leavesOn(db, date, page);
    const stated = new Set((await answersOn(db, date, numbers)).map((answer) => answer.staff));
    const recent = await cardsBetween(db, addDays(date, -daysBefore), addDays(date, -1), numbers);
    const people = members.map((member) => ({
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
    return { people, presence };
  };
}

/** Somebody on an evening that asks nobody: whether in service is all that is looked at. */
function idle(date: LocalDate, minute: MinuteOfDay): (member: Planned) => PersonFacts {
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
  const stays = await stayUntil(db, date, people);
  return (staff, minute) => stillAtWork(known(staff), minute, stays.get(staff) ?? null);
}
