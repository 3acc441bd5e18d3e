import {
  addDays,
  dayKind,
  isFirstWorkingDayOfWeek,
  nextWorkingDay,
  previousWorkingDay,
  type Weekday,
  type WorkingCalendar,
  weekdayOf,
  weekStartOf,
} from '../../calendar/index.ts';
import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { WhyNot } from '../../ports/room.ts';

/** What a digest is about. */
export interface DigestPeriod {
  /** First and last day counted, both included. */
  from: LocalDate;
  to: LocalDate;
  /** No-overtime days from this date on are told for the first time: their own result is due on the same day. */
  mergedFrom: LocalDate;
  /** Until this Friday it is of use (D24). */
  friday: LocalDate;
  /** The month (`YYYY-MM`) whose short rests are told, on the first digest after it; null on the others. */
  month: string | null;
}

/**
 * The period of the digest that goes on this date, null on every date but the first working day of a week (W3): from the day
 * of the digest before, so that each date is counted once and a week without a working day is lost to nobody, to the day before.
 */
export function digestPeriod(date: LocalDate, calendar: WorkingCalendar, weekStarts: Weekday): DigestPeriod | null {
  if (!isFirstWorkingDayOfWeek(date, calendar, weekStarts)) return null;
  const before = previousWorkingDay(date, calendar);
  const week = weekStartOf(before, weekStarts);
  const from = dayKind(week, calendar) === 'working' ? week : nextWorkingDay(week, calendar);
  const month = from.slice(0, 7);
  return {
    from,
    to: addDays(date, -1),
    mergedFrom: before,
    friday: fridayFrom(date),
    month: month === date.slice(0, 7) ? null : month,
  };
}

function fridayFrom(date: LocalDate): LocalDate {
  return weekdayOf(date) === 'fri' ? date : fridayFrom(addDays(date, 1));
}

/** One head: who looks at the card that morning, and whether there is anything to say of the head's staff. */
export interface TeamFacts {
  head: string;
  /** The head, or who acts for the head (P3); null where nobody is there. */
  acting: string | null;
  headAway: WhyNot | null;
  news: boolean;
}

export interface DigestDecision {
  staff: string;
  minute: MinuteOfDay;
  /** The heads whose staff the card counts. */
  heads: string[];
  why?: WhyNot;
}

/**
 * One digest for each person who looks at teams with something to say, at `minute`; a head with nothing to say gets none
 * (`nothing-to-report`), and a head who is away is named with the reason.
 */
export function decideDigests(teams: readonly TeamFacts[], minute: (staff: string) => MinuteOfDay): DigestDecision[] {
  const due = new Map<string, string[]>();
  const skipped: DigestDecision[] = [];
  for (const { head, acting, headAway, news } of teams) {
    const skip = (why: WhyNot) => skipped.push({ staff: head, minute: minute(head), heads: [head], why });
    if (!news) skip('nothing-to-report');
    else if (acting === null) skip(headAway ?? 'absent');
    else {
      due.set(acting, [...(due.get(acting) ?? []), head]);
      if (acting !== head) skip(headAway ?? 'absent');
    }
  }
  const sent = [...due].map(([staff, heads]) => ({ staff, minute: minute(staff), heads }));
  return [...sent, ...skipped.filter((one) => !due.has(one.staff))];
}
