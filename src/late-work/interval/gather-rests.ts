import { clockOn, lastLeft, restMinutes } from '../../attendance/index.ts';
import { addDays, dayKind } from '../../calendar/index.ts';
import { pausesOn } from '../../pauses/index.ts';
import { leavesOn, membersOn, ownStartOf, whyAway } from '../../people/index.ts';
import { currentPolicy, type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Page, Ports } from '../../ports/room.ts';
import { isAgreed } from '../agreement.ts';
import { afterStart, type DayKind, type RestFacts } from './rules.ts';

/** What the decisions of C12 on one date have in common, whoever is looked at. */
export interface RestDay {
  book: PolicyBook;
  kind: DayKind;
  target: number;
}

/** Null on days off, and where the policy or an agreement keeps C12 off (P12). */
export async function gatherRests(ports: Ports, db: Db, date: LocalDate): Promise<RestDay | null> {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(date);
  if (!policy.interval.enabled || !policy.agreements.some((one) => one.programme === 'interval')) return null;
  const kind = dayKind(date, await workingCalendar(db, book, date));
  return kind === 'working' ? { book, kind, target: policy.interval.minutes } : null;
}

/** Reads pauses; then, page by page, those whose clock of the day before says when they left. */
export async function restPages(
  db: Db,
  book: PolicyBook,
  date: LocalDate,
): Promise<(page: Page) => Promise<RestFacts[]>> {
  const policy = book.on(date);
  const eve = addDays(date, -1);
  const paused = await pausesOn(db, book, date, policy.office.startMinute + afterStart);
  return async (page) => {
    const members = (await membersOn(db, date, page)).filter((member) => isAgreed(policy, 'interval', member));
    const numbers = members.map((member) => member.staff);
    const lefts = new Map((await clockOn(db, eve, eve, numbers)).map((one) => [one.staff, lastLeft(one.clock)]));
    if (lefts.size === 0) return [];
    const leaves = await leavesOn(db, date, page);
    return members.flatMap((member): RestFacts[] => {
      const left = lefts.get(member.staff) ?? null;
      if (left === null) return [];
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
  };
}
