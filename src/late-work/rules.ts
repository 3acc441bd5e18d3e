import { localAt } from '../calendar/index.ts';
import type { Instant, LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { WhyNot } from '../ports/room.ts';

/** What the calendar says of a date. */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'year-end';

/** What decides about the whole evening, before anybody's own reasons. */
export interface EveningFacts {
  kind: DayKind;
  /** `lateWork` of the policy. */
  cardMinute: MinuteOfDay;
  lastCardMinute: MinuteOfDay;
}

/** Where somebody is at the minute of the card: by clock, else order or application, else the own word (D2). */
export type PresenceKind = 'at-work' | 'left' | 'not-at-work';

/** One person on that evening. */
export interface PersonFacts {
  staff: string;
  /** An agreement with the staff covers the person's 任命権者 (P12). */
  agreed: boolean;
  shift: boolean;
  /** Own hours reach to the cutoff or beyond: what is worked then is no overtime (D13). */
  onOwnHours: boolean;
  /** Not in service, 休職, leave or trip at the minute of the card; null where none of it holds. */
  away: WhyNot | null;
  /** 災害モード or a peak that pauses C02 (P6, P7); null where neither holds. */
  paused: WhyNot | null;
  presence: PresenceKind;
  /** The person said 残る (or that it is not needed) this evening already. */
  stated: boolean;
  /** 事前了承 holds beyond the minute of the card (P3). */
  prior: boolean;
  /** Cards C02 of the six days before. */
  recent: number;
}

export interface CardDecision {
  staff: string;
  minute: MinuteOfDay;
  lastUsefulMinute: MinuteOfDay;
  why?: WhyNot;
}

/** C02 goes to one person at most this often in seven days (P7). */
export const mostInSevenDays = 2;

/**
 * Who gets C02 and who does not, with the reason (D2 of the calendar; D14, P3, P6, P7, P12): on every working day those
 * still at work at `cardMinute`. Holidays are named with their reason; a weekend is nobody's day, and the list is empty.
 */
export function decideCards(day: EveningFacts, people: readonly PersonFacts[]): CardDecision[] {
  if (day.kind === 'weekend') return [];
  return people.map((person) => {
    const why = whyNot(day, person);
    const times = { minute: day.cardMinute, lastUsefulMinute: day.lastCardMinute };
    return { staff: person.staff, ...times, ...(why === null ? {} : { why }) };
  });
}

/** Not in service, then the day, then the person, then whether there is anything to ask. */
function whyNot(day: EveningFacts, person: PersonFacts): WhyNot | null {
  if (person.away === 'not-hired' || person.away === 'retired') return person.away;
  if (day.kind === 'holiday' || day.kind === 'year-end') return day.kind;
  if (!person.agreed) return 'not-in-scope';
  if (person.away === 'muted') return 'muted';
  if (person.shift) return 'shift';
  if (person.onOwnHours) return 'not-in-scope';
  if (person.away !== null) return person.away;
  if (person.paused !== null) return person.paused;
  if (person.presence !== 'at-work') return person.presence;
  if (person.stated || person.prior) return 'already-done';
  return person.recent >= mostInSevenDays ? 'twice-in-7-days' : null;
}

/** How many messages an evening puts wishes before one head at most; a later wish only joins the cards that are there. */
export const mostAsksAnEvening = 4;

/** The cards one head holds of an evening, and how far that head is with them. */
export interface Asked {
  /** When each of them was made, the newest last. */
  cardsAt: Instant[];
  /** Wishes before the new one that have no word yet. */
  waiting: number;
  /** When the head last said a word; null where none was said. */
  lastWordAt: Instant | null;
}

/**
 * Whether a wish needs a message of its own (P3, design 3a): the first of an evening does; a later one joins the card in
 * place while that card still waits for its first word, and rings again once everything on it was dealt with.
 */
export function needsOwnMessage({ cardsAt, waiting, lastWordAt }: Asked): boolean {
  const newest = cardsAt.at(-1);
  if (newest === undefined) return true;
  const isDone = waiting === 0 && lastWordAt !== null && lastWordAt >= newest;
  return isDone && cardsAt.length < mostAsksAnEvening;
}

/** The quarter hours to choose from: after `after`, up to `last` (22:00). Empty where none is left. */
export function quarterHours(after: MinuteOfDay, last: MinuteOfDay): MinuteOfDay[] {
  const choices: MinuteOfDay[] = [];
  for (let minute = Math.floor(after / 15) * 15 + 15; minute <= last; minute += 15) choices.push(minute);
  return choices;
}

/** Minute of the date at that instant; over 1440 after midnight. */
export function minuteOn(date: LocalDate, at: Instant, timeZone: string): MinuteOfDay {
  const local = localAt(at, timeZone);
  return local.date > date ? local.minute + 1440 : local.minute;
}

/**
 * Whether a rest from that minute of a date until the own start of the next working day is shorter than the target (P22).
 * `daysToNext` is 1 where the next working day is tomorrow. All in minutes.
 */
export function isShortRest(until: MinuteOfDay, nextStart: MinuteOfDay, daysToNext: number, target: number): boolean {
  return daysToNext * 1440 + nextStart - until < target;
}

/** A 了承, or a wish nobody answered, as the morning after looks at it (P1). */
export interface Unsettled {
  staff: string;
  date: LocalDate;
  head: string;
  kind: 'acknowledged' | 'unanswered';
  untilMinute: MinuteOfDay | null;
}

/** What the city's systems know of that day of that person. */
export interface DayRecord {
  /** There is a 命令 of that day. */
  ordered: boolean;
  /** The last 退勤; null where nobody knows. */
  left: MinuteOfDay | null;
}

/**
 * Which of them are still without a 命令 (P1). One day of one person counts once, a 了承 before a wish; a wish without an
 * answer counts only where the clock does not say that the person went home by the cutoff.
 */
export function withoutOrder(
  unsettled: readonly Unsettled[],
  recordOf: (staff: string, date: LocalDate) => DayRecord,
  cutoffMinute: MinuteOfDay,
): Unsettled[] {
  const byDay = new Map<string, Unsettled>();
  for (const one of unsettled) {
    const { ordered, left } = recordOf(one.staff, one.date);
    if (ordered) continue;
    if (one.kind === 'unanswered' && left !== null && left <= cutoffMinute) continue;
    const key = `${one.date} ${one.staff}`;
    const held = byDay.get(key);
    if (!held || rank(one) > rank(held)) byDay.set(key, one);
  }
  return [...byDay.values()].sort((a, b) => compare(a.date, b.date) || compare(a.staff, b.staff));
}

const rank = ({ kind, untilMinute }: Unsettled) => (kind === 'acknowledged' ? 10_000 : 0) + (untilMinute ?? 0);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
