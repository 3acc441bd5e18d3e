import { addDays, dayKind, instantAt, nextWorkingDay, type WorkingCalendar } from '../../calendar/index.ts';
import { pausesOn } from '../../pauses/index.ts';
import { leaveOn, ownStartOf, staffOn, whyAway } from '../../people/index.ts';
import { currentPolicy, type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { OccasionRule } from '../../ports/room.ts';
import { gapsBetween } from './find-gaps.ts';
import { decideGaps, type GapDay, type GapFacts } from './rules.ts';

/** The list goes on the first of so many working days of a month on which the person is there, and closes with the last. */
const windowDays = 5;

/** What the gap list of a person is about: days of the month before. */
export interface GapsAbout {
  days: GapDay[];
}

/**
 * The gap list of the month before (1-1-7b, P2), to the person first: on the first working days of a month, at 08:45 or own
 * start. What is unanswered when it closes is a count on the head's next weekly digest. No clock feed, no list.
 */
export const gapsRule: OccasionRule = {
  name: 'prior-application.gaps',
  card: 'gap-list',
  priority: 3,
  urgency: 'ping',
  contact: 'counted',
  async decide(ports, db, date) {
    const book = await currentPolicy(db, ports.settings);
    const window = windowOf(date, await workingCalendar(db, book, date));
    const at = window.indexOf(date);
    const last = window.at(-1);
    if (at < 0 || last === undefined) return [];
    const policy = book.on(date);
    const people = await gather(db, book, date, window.slice(0, at + 1));
    const closes = instantAt(last, policy.office.endMinute, book.timeZone);
    return decideGaps(people, at, policy.quiet.eventNextMinute).map(({ staff, minute, days, why }) => ({
      staff,
      at: instantAt(date, minute, book.timeZone),
      lastUsefulAt: closes,
      about: JSON.stringify({ days } satisfies GapsAbout),
      ...(why === undefined ? {} : { why }),
    }));
  },
};

/** The first five working days of the month of a date. */
export function windowOf(date: LocalDate, calendar: WorkingCalendar): LocalDate[] {
  const first = `${date.slice(0, 7)}-01`;
  const window = [dayKind(first, calendar) === 'working' ? first : nextWorkingDay(first, calendar)];
  while (window.length < windowDays) window.push(nextWorkingDay(window.at(-1) ?? first, calendar));
  return window;
}

/**
 * Everybody with days to ask about; 災害モード and a peak that keep C03 back keep the list back as well. On a shared terminal
 * nobody's hours are shown (P11).
 */
async function gather(db: Db, book: PolicyBook, date: LocalDate, window: LocalDate[]): Promise<GapFacts[]> {
  const gaps = Map.groupBy(await gapsBetween(db, book, ...monthBefore(date)), (gap) => gap.staff);
  if (gaps.size === 0) return [];
  const policy = book.on(date);
  const leaves = await Promise.all(window.map((day) => leaveOn(db, day)));
  const pauses = await Promise.all(window.map((day) => pausesOn(db, book, day, policy.quiet.eventNextMinute)));
  return (await staffOn(db, date)).flatMap((member) => {
    const days = gaps.get(member.staff)?.map((gap) => gap.day);
    if (!days || member.terminal === '共用') return [];
    const startMinute = ownStartOf(member, policy.office);
    const minute = Math.max(policy.quiet.eventNextMinute, startMinute);
    const away = window.map(
      (day, at) =>
        whyAway(member, leaves[at]?.get(member.staff) ?? [], day, minute) ??
        pauses[at]?.(member, 'C03', minute) ??
        null,
    );
    return [{ staff: member.staff, startMinute, away, days }];
  });
}

/** First and last day of the month before that of a date. */
function monthBefore(date: LocalDate): [LocalDate, LocalDate] {
  const last = addDays(`${date.slice(0, 7)}-01`, -1);
  return [`${last.slice(0, 7)}-01`, last];
}
