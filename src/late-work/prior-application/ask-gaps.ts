import { addDays, dayKind, instantAt, nextWorkingDay, type WorkingCalendar } from '../../calendar/index.ts';
import { pausesOn } from '../../pauses/index.ts';
import { leavesOn, membersOn, ownMinutes, ownStartOf, whyAway } from '../../people/index.ts';
import { currentPolicy, type PolicyBook, workingCalendar } from '../../policy/index.ts';
import { breather } from '../../ports/breath.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { OccasionRule, Page, Ports } from '../../ports/room.ts';
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
  pages: 'people',
  async minutes(ports, db, date) {
    const { book, window, closes } = await monthOf(ports, db, date);
    if (!window.includes(date)) return [];
    const { office, quiet } = book.on(date);
    const starts = [office.startMinute, ...(await ownMinutes(db, 'start_minute'))];
    const minutes = new Set(starts.map((start) => Math.max(quiet.eventNextMinute, start)));
    return [...minutes].map((minute) => ({ at: instantAt(date, minute, book.timeZone), usefulUntil: closes }));
  },
  async decide(ports, db, date) {
    const { book, window, closes } = await monthOf(ports, db, date);
    const at = window.indexOf(date);
    if (at < 0) return null;
    const policy = book.on(date);
    const gather = await gapPages(db, book, date, window.slice(0, at + 1), breather(ports.clock));
    return async (page) =>
      decideGaps(await gather(page), at, policy.quiet.eventNextMinute).map(({ staff, minute, days, why }) => ({
        staff,
        at: instantAt(date, minute, book.timeZone),
        lastUsefulAt: closes,
        about: JSON.stringify({ days } satisfies GapsAbout),
        ...(why === undefined ? {} : { why }),
      }));
  },
};

/** The working days on which the list of the month before may go, and when it closes. */
async function monthOf(ports: Ports, db: Db, date: LocalDate) {
  const book = await currentPolicy(db, ports.settings);
  const window = windowOf(date, await workingCalendar(db, book, date));
  const closes = instantAt(window.at(-1) ?? date, book.on(date).office.endMinute, book.timeZone);
  return { book, window, closes };
}

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
async function gapPages(
  db: Db,
  book: PolicyBook,
  date: LocalDate,
  window: LocalDate[],
  breath: () => Promise<void>,
): Promise<(page: Page) => Promise<GapFacts[]>> {
  const policy = book.on(date);
  const pauses = await Promise.all(window.map((day) => pausesOn(db, book, day, policy.quiet.eventNextMinute)));
  return async (page) => {
    const members = await membersOn(db, date, page);
    const numbers = members.map((member) => member.staff);
    const gaps = Map.groupBy(await gapsBetween(db, book, ...monthBefore(date), numbers, breath), (gap) => gap.staff);
    if (gaps.size === 0) return [];
    const leaves = await Promise.all(window.map((day) => leavesOn(db, day, page)));
    return members.flatMap((member) => {
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
  };
}

/** First and last day of the month before that of a date. */
function monthBefore(date: LocalDate): [LocalDate, LocalDate] {
  const last = addDays(`${date.slice(0, 7)}-01`, -1);
  return [`${last.slice(0, 7)}-01`, last];
}
