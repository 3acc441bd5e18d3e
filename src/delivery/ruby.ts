import { formatDay } from '../calendar/index.ts';
import type { Language } from '../ports/cards.ts';
import type { LocalDate } from '../ports/clock.ts';

const RUBY = /([\p{Script=Han}々〆ヶ]+)\(([\p{Script=Hiragana}ー]+)\)/gu;
const DAY_READINGS: Record<number, string> = {
  1: 'ついたち',
  2: 'ふつか',
  3: 'みっか',
  4: 'よっか',
  5: 'いつか',
  6: 'むいか',
  7: 'なのか',
  8: 'ようか',
  9: 'ここのか',
  10: 'とおか',
  14: 'じゅうよっか',
  20: 'はつか',
  24: 'にじゅうよっか',
};
const WEEKDAY_READINGS: Record<string, string> = {
  日: 'にち',
  月: 'げつ',
  火: 'か',
  水: 'すい',
  木: 'もく',
  金: 'きん',
  土: 'ど',
};

/** The text without its readings: 「早(はや)く」 becomes 「早く」. For voices and for counting characters. */
export function withoutRuby(text: string): string {
  return text.includes('(') ? text.replace(RUBY, '$1') : text;
}

/** Cards in やさしい日本語 carry readings, each once (`rubyOnce`); what stands on the others is left as it is. */
export function readingsOnce<T>(data: T, language: Language): T {
  return language === 'easy' ? rubyOnce(data) : data;
}

/**
 * Keeps the reading of a word only where it stands first, in the order of the object's keys, which is the reading order of
 * the card. What people wrote (`quoted`) is left alone.
 */
export function rubyOnce<T>(data: T): T {
  const seen = new Set<string>();
  const once = (text: string) =>
    text.replace(RUBY, (whole, word: string) => {
      if (seen.has(whole)) return word;
      seen.add(whole);
      return whole;
    });
  return walk(data, once) as T;
}

function walk(value: unknown, once: (text: string) => string): unknown {
  if (typeof value === 'string') return value.includes('(') ? once(value) : value;
  if (Array.isArray(value)) return value.map((entry) => walk(entry, once));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) if (!UNTOUCHED.has(key)) copy[key] = walk(copy[key], once);
  return copy;
}

/** Keys that hold what people wrote, or what only the machine reads. */
const UNTOUCHED = new Set(['quoted', 'payload', 'verb', 'link']);

/** The day as the head line of a card shows it; in やさしい日本語 with its reading: 「11月(がつ)18日(にち)（水(すい)）」. */
export function cardDay(date: LocalDate, language: Language): string {
  if (language !== 'easy') return formatDay(date, language);
  const parts = /^(\d+)月(\d+)日（(.)）$/u.exec(formatDay(date, 'ja'));
  if (!parts) return formatDay(date, 'ja');
  const [, month, day, weekday = ''] = parts;
  const reading = DAY_READINGS[Number(day)] ?? 'にち';
  return `${month}月(がつ)${day}日(${reading})（${weekday}(${WEEKDAY_READINGS[weekday] ?? ''})）`;
}
