import type { CardContent, Language } from '../ports/cards.ts';
import type { LocalDate } from '../ports/clock.ts';
import { drawCard } from './frame.ts';
import { commonWords } from './wording.ts';
import { carriedWords } from './wording-carried.ts';

/** Whose items stood here, and on which day. */
export interface MovedView {
  language: Language;
  date: LocalDate;
}

/** What is left of a card when all that stood on it is on a newer one: one line that says where to look, without buttons. */
export function movedCard({ language, date }: MovedView): CardContent {
  const words = carriedWords(language);
  const view = { itemId: null, revision: 0, language, date };
  const toast = commonWords(language).neutralToast;
  const frame = { mark: 'kaeru' as const, programme: 'Kaeru', title: words.moved, toast, body: [], about: words.about };
  return drawCard('delivery/moved', view, frame, {});
}
