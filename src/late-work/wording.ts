import type { Language } from '../ports/cards.ts';
import { easy } from './wording-easy.ts';
import { en } from './wording-en.ts';
import { ja } from './wording-ja.ts';
import type { Words } from './words.ts';

export { type AnswerKind, DECISIONS, type DecisionKind, type Words } from './words.ts';

/** The words of this room in one language. */
export function wordsOf(language: Language): Words {
  return { ja, easy, en }[language];
}
