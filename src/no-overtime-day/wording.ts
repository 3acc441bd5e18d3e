import type { Language } from '../ports/cards.ts';
import { easy } from './wording-easy.ts';
import { en } from './wording-en.ts';
import { ja } from './wording-ja.ts';
import { REASONS, type Words } from './words.ts';

export {
  type AnswerKind,
  DECISIONS,
  type DecisionKind,
  REASONS,
  type ReasonCode,
  type Words,
} from './words.ts';

/** The words of this room in one language. */
export function wordsOf(language: Language): Words {
  return { ja, easy, en }[language];
}

/** A reason as people read it. An unknown code (an old row) is shown as `other`. */
export function reasonLabel(code: string, language: Language): string {
  const known = REASONS.find((reason) => reason === code) ?? 'other';
  return wordsOf(language).reasons[known];
}
