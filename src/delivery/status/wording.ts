import type { Language } from '../../ports/cards.ts';
import { easy } from './wording-easy.ts';
import { en } from './wording-en.ts';
import { ja } from './wording-ja.ts';
import type { Words } from './words.ts';

/** What the alarm and the list of people who cannot be reached say. */
export function wordsOf(language: Language): Words {
  return { ja, easy, en }[language];
}
