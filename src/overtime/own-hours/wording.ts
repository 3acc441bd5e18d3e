import type { Language } from '../../ports/cards.ts';
import { easy } from './wording-easy.ts';
import { en } from './wording-en.ts';
import { ja } from './wording-ja.ts';
import type { OwnHoursWords } from './words.ts';

const words: Record<Language, OwnHoursWords> = { ja, easy, en };

export function ownHoursWords(language: Language): OwnHoursWords {
  return words[language];
}
