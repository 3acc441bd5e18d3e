import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate, MinuteOfDay } from '../ports/clock.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** The instant at which wall clocks of the zone show that minute of that date; 25:30 is 01:30 of the next day. */
export function instantAt(date: LocalDate, minute: MinuteOfDay, timeZone: string): Instant {
  const start = plainDayStart(date, timeZone);
  if (start !== null && minute < 1440) return start + minute * MINUTE;
  const day = Temporal.PlainDate.from(date).add({ days: Math.floor(minute / 1440) });
  const rest = minute % 1440;
  const time = { hour: Math.floor(rest / 60), minute: rest % 60 };
  return day.toPlainDateTime(time).toZonedDateTime(timeZone).epochMilliseconds;
}

/** 00:00 of a day that has 24 hours, null for a day on which clocks change. Remembered: 20,000 people share a few days. */
function plainDayStart(date: LocalDate, timeZone: string): Instant | null {
  const key = `${date} ${timeZone}`;
  const known = dayStarts.get(key);
  if (known !== undefined) return known;
  const day = Temporal.PlainDate.from(date);
  const start = day.toZonedDateTime(timeZone).epochMilliseconds;
  const next = day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  if (dayStarts.size >= 1000) dayStarts.clear();
  const plain = next - start === DAY ? start : null;
  dayStarts.set(key, plain);
  return plain;
}

const dayStarts = new Map<string, Instant | null>();

/** Date and minute of the day that wall clocks of the zone show; seconds are dropped. */
export function localAt(instant: Instant, timeZone: string): { date: LocalDate; minute: MinuteOfDay } {
  const day = lastDays.get(timeZone);
  if (day && instant >= day.start && instant < day.start + DAY) {
    return { date: day.date, minute: Math.floor((instant - day.start) / MINUTE) };
  }
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const date = local.toPlainDate().toString();
  const start = plainDayStart(date, timeZone);
  if (lastDays.size >= 100) lastDays.clear();
  if (start !== null) lastDays.set(timeZone, { start, date });
  return { date, minute: local.hour * 60 + local.minute };
}

/** The day of 24 hours that was asked for last: nearly every question is about the same one. */
const lastDays = new Map<string, { start: Instant; date: LocalDate }>();

/** '2021-04-07T16:15:00+09:00': whole seconds with the zone's offset. */
export function isoAt(instant: Instant, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return local.toString({ smallestUnit: 'second', timeZoneName: 'never' });
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads an ISO instant that carries its offset; without one it is a problem, because it would depend on the machine. */
export function parseInstant(text: string): { instant: Instant } | { problem: string } {
  const problem = `「${text}」は日時として読めません。2026-11-18T16:14:45+09:00 のように、時差を付けて書いてください。`;
  if (!ISO.test(text)) return { problem };
  try {
    return { instant: Temporal.Instant.from(text).epochMilliseconds };
  } catch {
    return { problem };
  }
}

/** Whether this is a time zone the machine knows. That of Japan every machine knows: asking would read all names, 30 ms of a start. */
export function isTimeZone(text: string): boolean {
  if (text === 'Asia/Tokyo') return true;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}
