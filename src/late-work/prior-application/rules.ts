import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { WhyNot } from '../../ports/room.ts';

/** What the calendar says of a date. */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'year-end';

/** One person of a section in which C03 is on. Minutes are the person's own. */
export interface AskedFacts {
  staff: string;
  startMinute: MinuteOfDay;
  endMinute: MinuteOfDay;
  shift: boolean;
  /** Not in service, 休職, leave or trip at the minute of the card; null at work. */
  away: WhyNot | null;
  /** 災害モード or a peak (P6, P7); null where neither holds. */
  paused: WhyNot | null;
  /** By the minute of C03 there is an application or an order for the day, 取消 not counted. */
  applied: boolean;
}

export interface CardDecision {
  staff: string;
  minute: MinuteOfDay;
  lastUsefulMinute: MinuteOfDay;
  why?: WhyNot;
}

/** The minute of C03: `minutesBeforeEnd` before the own end, never before the own start. */
export function askingMinute(person: Pick<AskedFacts, 'startMinute' | 'endMinute'>, minutesBeforeEnd: number) {
  return Math.max(person.startMinute, person.endMinute - minutesBeforeEnd);
}

/**
 * Who gets C03 on this date and who does not, with the reason (D1 of the calendar; D14, D24, 1-1-7a): everybody of the
 * sections in which it is on, on working days, until the own end. Holidays are named with their reason; a weekend is
 * nobody's day.
 */
export function decideAsked(kind: DayKind, people: readonly AskedFacts[], minutesBeforeEnd: number): CardDecision[] {
  if (kind === 'weekend') return [];
  return people.map((person) => {
    const why = whyNot(kind, person);
    return {
      staff: person.staff,
      minute: askingMinute(person, minutesBeforeEnd),
      lastUsefulMinute: person.endMinute,
      ...(why === null ? {} : { why }),
    };
  });
}

function whyNot(kind: DayKind, person: AskedFacts): WhyNot | null {
  if (person.away === 'not-hired' || person.away === 'retired') return person.away;
  if (kind === 'holiday' || kind === 'year-end') return kind;
  if (person.away === 'muted') return 'muted';
  if (person.shift) return 'shift';
  if (person.away !== null) return person.away;
  if (person.paused !== null) return person.paused;
  return person.applied ? 'already-done' : null;
}

/** One day of one person on which the clock goes beyond everything applied for. Minutes of that day. */
export interface GapDay {
  date: LocalDate;
  left: MinuteOfDay;
  /** End of what was applied for; null where nothing was. */
  appliedUntil: MinuteOfDay | null;
  minutes: number;
}

/** Somebody with days to ask about, on the working days of the month on which the list may go. */
export interface GapFacts {
  staff: string;
  startMinute: MinuteOfDay;
  /** One entry per working day of the window: why the person is not there, null where there. */
  away: (WhyNot | null)[];
  days: GapDay[];
}

export interface GapDecision {
  staff: string;
  minute: MinuteOfDay;
  days: GapDay[];
  why?: WhyNot;
}

/**
 * Who gets the gap list on the working day `at` (from 0) of the window: everybody with days to ask about, once, on the first
 * of these days on which the person is there, at `eventMinute` or at own start where that is later. Until then the reason.
 */
export function decideGaps(people: readonly GapFacts[], at: number, eventMinute: MinuteOfDay): GapDecision[] {
  return people.flatMap(({ staff, startMinute, away, days }) => {
    if (days.length === 0 || away.slice(0, at).includes(null)) return [];
    const why = away[at] ?? null;
    return [{ staff, minute: Math.max(eventMinute, startMinute), days, ...(why === null ? {} : { why }) }];
  });
}
