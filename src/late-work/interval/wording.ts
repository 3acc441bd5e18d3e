import type { Language } from '../../ports/cards.ts';
import { easy, easyRequest } from './wording-easy.ts';
import { en, enRequest } from './wording-en.ts';
import { ja, jaRequest } from './wording-ja.ts';
import type { IntervalWords, RequestWords } from './words.ts';

/** The words of C12 in one language. */
export function intervalWords(language: Language): IntervalWords {
  return { ja, easy, en }[language];
}

/** The words of the head's card with a consultation. */
export function requestWords(language: Language): RequestWords {
  return { ja: jaRequest, easy: easyRequest, en: enRequest }[language];
}

/** Minutes as people read them (D1): 「8時間05分」, whole hours as 「11時間」. */
export function durationText(minutes: number, language: Language): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const two = String(rest).padStart(2, '0');
  if (language === 'en') return rest === 0 ? `${hours} h` : `${hours} h ${two} min`;
  const [hour, minute] = language === 'easy' ? ['時間(じかん)', '分(ふん)'] : ['時間', '分'];
  return rest === 0 ? `${hours}${hour}` : `${hours}${hour}${two}${minute}`;
}
