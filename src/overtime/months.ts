import type { LocalDate } from '../ports/clock.ts';

/** A calendar month as a number, so that months can be counted: 12 · year + month − 1 (D3). */
export type Month = number;

/** The month of `2021-10` or of a date in it. */
export function monthOf(text: string): Month {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

/** `2021-10` */
export function monthText(month: Month): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

export function firstDayOf(month: Month): LocalDate {
  return `${monthText(month)}-01`;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The last day of a month, reckoned without the calendar's machinery: it is asked a hundred thousand times. */
export function lastDayOf(month: Month): LocalDate {
  const year = Math.floor(month / 12);
  const leap = month % 12 === 1 && (year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0));
  return `${monthText(month)}-${(DAYS[month % 12] ?? 0) + (leap ? 1 : 0)}`;
}

/** The month in which the 年度 of this month begins; `yearStart` is MM-DD (D3: months are whole, so its day is not looked at). */
export function yearStartOf(month: Month, yearStart: string): Month {
  const start = Number(yearStart.slice(0, 2)) - 1;
  return month - ((month - start) % 12);
}

/** Every month from one to the other, both included; none where the first is later. */
export function monthsBetween(from: Month, to: Month): Month[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}

/** `45時間01分`: minutes as people of the city read them (D1). */
export function durationText(minutes: number): string {
  const sign = minutes < 0 ? '−' : '';
  const whole = Math.abs(minutes);
  return `${sign}${Math.floor(whole / 60)}時間${String(whole % 60).padStart(2, '0')}分`;
}
