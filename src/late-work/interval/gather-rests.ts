import { clockOn, lastLeft, restMinutes } from '../../attendance/index.ts';
import { addDays, dayKind } from '../../calendar/index.ts';
import { pausesOn } from '../../pauses/index.ts';
import { leaveOn, ownStartOf, staffOn, whyAway } from '../../people/index.ts';
import { currentPolicy, type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import { isAgreed } from '../agreement.ts';
import { afterStart, type DayKind, type RestFacts } from './rules.ts';

/** Everything the decisions of C12 on one date rest on. */
export interface RestDay {
  book: PolicyBook;
  kind: DayKind;
  target: number;
  people: RestFacts[];
}

/** Reads whose clock of the day before says when they left. Null where the policy or an agreement keeps C12 off (P12). */
export async function gatherRests(ports: Ports, db: Db, date: LocalDate): Promise<RestDay | null> {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(date);
  if (!policy.interval.enabled || !policy.agreements.some((one) => one.programme === 'interval')) return null;
  const kind = dayKind(date, await workingCalendar(db, book, date));
  if (kind !== 'working') return null;
  const eve = addDays(date, -1);
  const lefts = new Map((await clockOn(db, eve, eve)).map((one) => [one.staff, lastLeft(one.clock)]));
  if (lefts.size === 0) return null;
  const leaves = await leaveOn(db, date);
  const paused = await pausesOn(db, book, date, policy.office.startMinute + afterStart);
  const people = (await staffOn(db, date)).flatMap((member): RestFacts[] => {
    const left = lefts.get(member.staff) ?? null;
    if (left === null || !isAgreed(policy, 'interval', member)) return [];
    const startMinute = ownStartOf(member, policy.office);
    return [
      {
        staff: member.staff,
        startMinute,
        rest: restMinutes(left, startMinute),
        shift: member.work_type === '交替',
        away: whyAway(member, leaves.get(member.staff) ?? [], date, startMinute),
        paused: paused(member, 'C12', startMinute + afterStart),
        sharedTerminal: member.terminal === '共用',
      },
    ];
  });
  return { book, kind, target: policy.interval.minutes, people };
}
