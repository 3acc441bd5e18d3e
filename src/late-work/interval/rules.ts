import type { MinuteOfDay } from '../../ports/clock.ts';
import type { WhyNot } from '../../ports/room.ts';

/** What the calendar says of a date. */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'year-end';

/** Somebody whose last 退庁 of the day before is known. Minutes are the person's own. */
export interface RestFacts {
  staff: string;
  startMinute: MinuteOfDay;
  /** Minutes between the last 退庁 and the own start. */
  rest: number;
  shift: boolean;
  /** Not in service, 休職, leave or trip at the own start; null where there. */
  away: WhyNot | null;
  /** The person's own 停止, 災害モード or a peak; null where none holds. */
  paused: WhyNot | null;
  /** A terminal that several people share shows nobody's hours (P11). */
  sharedTerminal: boolean;
}

export interface RestDecision {
  staff: string;
  minute: MinuteOfDay;
  lastUsefulMinute: MinuteOfDay;
  rest: number;
  why?: WhyNot;
}

/** The card comes this long after the own start (D3 of the calendar), in minutes. */
export const afterStart = 5;
/** 12:00: of no use after it (D24). Somebody who begins later has an hour. */
const lastUseful: MinuteOfDay = 12 * 60;
const shortest = 60;

/** When C12 goes to somebody with that own start, and until when it is of use. */
export function timesOf(startMinute: MinuteOfDay): Pick<RestDecision, 'minute' | 'lastUsefulMinute'> {
  const minute = startMinute + afterStart;
  return { minute, lastUsefulMinute: Math.max(lastUseful, minute + shortest) };
}

/**
 * Who gets C12 on a working day (D3 of the calendar; 1-1-6, D24): everybody with less rest than the target, at own start + 5.
 * Somebody with enough rest, or of whom the clock says nothing, is not named: no clock feed, no card.
 */
export function decideRests(kind: DayKind, people: readonly RestFacts[], target: number): RestDecision[] {
  if (kind !== 'working') return [];
  return people
    .filter((person) => person.rest < target)
    .map((person) => {
      const why = whyNot(person);
      return {
        staff: person.staff,
        ...timesOf(person.startMinute),
        rest: Math.max(0, person.rest),
        ...(why === null ? {} : { why }),
      };
    });
}

function whyNot(person: RestFacts): WhyNot | null {
  if (person.away === 'not-hired' || person.away === 'retired' || person.away === 'muted') return person.away;
  if (person.shift) return 'shift';
  if (person.away !== null) return person.away;
  if (person.sharedTerminal) return 'not-in-scope';
  return person.paused;
}
