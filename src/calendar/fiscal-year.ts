import type { LocalDate } from '../ports/clock.ts';

/** The 年度 of a date, named by the year it begins in: 2021 for 2022-01-28 (R3). `yearStart` is MM-DD (D3). */
export function fiscalYearOf(date: LocalDate, yearStart = '04-01'): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= yearStart ? year : year - 1;
}
