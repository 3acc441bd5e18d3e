import type { LocalDate } from '../ports/clock.ts';
import { dateOf, partsOf } from './dates.ts';
import { kanjiOfWeekday } from './wording.ts';

interface Era {
  name: string;
  from: LocalDate;
}

/** Newest first. Each ends the day before the newer one begins. */
const ERAS: readonly Era[] = [
  { name: '令和', from: '2019-05-01' },
  { name: '平成', from: '1989-01-08' },
  { name: '昭和', from: '1926-12-25' },
  { name: '大正', from: '1912-07-30' },
  { name: '明治', from: '1868-10-23' },
];

export const ERA_NAMES = ERAS.map((era) => era.name).join('|');

function eraOf(date: LocalDate): Era | undefined {
  return ERAS.find((era) => era.from <= date);
}

/** 「令和8年11月18日」, first years as 元年; dates before 明治 as 「1800年1月1日」. */
export function formatEraDateWithoutWeekday(date: LocalDate): string {
  const { year, month, day } = partsOf(date);
  const era = eraOf(date);
  if (era === undefined) return `${year}年${month}月${day}日`;
  const count = year - partsOf(era.from).year + 1;
  return `${era.name}${count === 1 ? '元' : count}年${month}月${day}日`;
}

/** 「令和8年11月18日（水）」. The weekday is computed. */
export function formatEraDate(date: LocalDate): string {
  return `${formatEraDateWithoutWeekday(date)}（${kanjiOfWeekday(date)}）`;
}

/** The date of a year of an era. A day outside its era (平成31年5月1日) is a problem that names the right writing. */
export function dateOfEra(
  name: string,
  count: number,
  month: number,
  day: number,
): { date: LocalDate } | { problem: string } {
  const written = `${name}${count === 1 ? '元' : count}年${month}月${day}日`;
  const era = ERAS.find((one) => one.name === name);
  const date = era === undefined ? null : dateOf(partsOf(era.from).year + count - 1, month, day);
  if (date === null || count < 1) return { problem: `${written} という日付はありません。` };
  if (eraOf(date)?.name === name) return { date };
  return { problem: `${written} は${name}の期間にありません。${formatEraDateWithoutWeekday(date)}ではありませんか。` };
}
