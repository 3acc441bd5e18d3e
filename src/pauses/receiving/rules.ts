import { addDays, dayKind, instantAt, localAt, nextWorkingDay, type WorkingCalendar } from '../../calendar/index.ts';
import { receivingWindow } from '../../people/index.ts';
import type { Instant, LocalDate, MinuteOfDay } from '../../ports/clock.ts';

/**
 * What a notice is (D14, P24). `event` waits for working time. `time-bound`: C02 and what follows from it, own-end cards,
 * disaster and what is marked urgent. `request`: a decision somebody waits for, to a head.
 */
export type NoticeKind = 'event' | 'time-bound' | 'request';

/** What decides when a notice may reach a person. Minutes are of the local date. */
export interface ReceivingFacts {
  kind: NoticeKind;
  /** The person's own setting: false is 「勤務時間外は受け取らない」, which is on where nothing was said (P24). */
  outsideHours: boolean;
  startMinute: MinuteOfDay;
  endMinute: MinuteOfDay;
  office: { startMinute: MinuteOfDay; endMinute: MinuteOfDay };
  quiet: { eventFromMinute: MinuteOfDay; eventToMinute: MinuteOfDay; eventNextMinute: MinuteOfDay };
  calendar: WorkingCalendar;
  timeZone: string;
  /** A head who is known to be at work gets a request at once. */
  atWork: boolean;
  /** A head on the own declared duty outside working time, and how many pings besides C02 reached them that day. */
  declaredDuty: { pingsToday: number } | null;
}

/**
 * The instant at which a notice wanted at `at` may go: `at` itself, or the next working day at 08:45 (own start where that is
 * later; D14, D24, P24). Never holds back C02 and what follows, own-end cards, or a request to a head who is at work; a head
 * on declared duty gets at most one ping a day.
 */
export function deferUntil(facts: ReceivingFacts, at: Instant): Instant {
  if (facts.kind === 'time-bound' || facts.outsideHours) return at;
  if (facts.kind === 'request' && facts.atWork) return at;
  if (facts.declaredDuty !== null && facts.declaredDuty.pingsToday < 1) return at;
  return isInHours(facts, at) ? at : nextReceiving(facts, at);
}

/** The local date of `at` and the day before (duty past midnight) are looked at. The end itself is no longer in it. */
function isInHours(facts: ReceivingFacts, at: Instant): boolean {
  const { date } = localAt(at, facts.timeZone);
  const { from, to } = receivingWindow(facts);
  return [addDays(date, -1), date].some((day) => {
    if (dayKind(day, facts.calendar) !== 'working') return false;
    return instantAt(day, from, facts.timeZone) <= at && at < instantAt(day, to, facts.timeZone);
  });
}

function nextReceiving(facts: ReceivingFacts, at: Instant): Instant {
  const minute = Math.max(facts.quiet.eventNextMinute, facts.startMinute);
  const on = (day: LocalDate) => instantAt(day, minute, facts.timeZone);
  const { date } = localAt(at, facts.timeZone);
  const today = dayKind(date, facts.calendar) === 'working' && at < on(date);
  return on(today ? date : nextWorkingDay(date, facts.calendar));
}
