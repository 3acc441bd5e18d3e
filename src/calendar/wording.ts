import type { Language } from '../ports/cards.ts';
import type { LocalDate } from '../ports/clock.ts';
import { partsOf, type Weekday, weekdayOf } from './dates.ts';

const KANJI: Record<Weekday, string> = { sun: '日', mon: '月', tue: '火', wed: '水', thu: '木', fri: '金', sat: '土' };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 「水」 of a date. */
export function kanjiOfWeekday(date: LocalDate): string {
  return KANJI[weekdayOf(date)];
}

/** A day as people read it on a card: 「11月18日（水）」, in English `Wed 18 Nov`. Without ruby. */
export function formatDay(date: LocalDate, language: Language): string {
  const { month, day } = partsOf(date);
  if (language !== 'en') return `${month}月${day}日（${kanjiOfWeekday(date)}）`;
  const weekday = weekdayOf(date);
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} ${day} ${MONTHS[month - 1] ?? ''}`;
}
