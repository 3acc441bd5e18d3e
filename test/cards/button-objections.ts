import type { Language } from '../../src/ports/cards.ts';
import { buttonsOf, type Element, elementsOf, isElement, type Json, listOf, textOf } from './card-tree.ts';

/** Characters of a button. The English texts of C01 are given by personnel.md 2 and longer; a given text wins. */
const LIMITS: Record<Language, number> = { ja: 14, easy: 14, en: 27 };

/** What a button may carry beside `i` and `r` (contracts.md 5). */
const ANSWERS = ['', 'answer', 'decision', 'show', 'page,show', 'language'];

export function buttonObjections(card: Element, language: Language): string[] {
  const sets = elementsOf(card).filter((element) => element.type === 'ActionSet');
  const shown = sets.flatMap((set) => listOf(set.actions));
  return [
    ...(shown.length > 4 ? ['A card has at most 4 buttons.'] : []),
    ...(shown.filter((button) => button.style === 'positive').length > 1 ? ['At most one button stands out.'] : []),
    ...buttonsOf(card).flatMap((button) => [...titleObjections(button, language), ...pressObjections(button)]),
  ];
}

function titleObjections(button: Element, language: Language): string[] {
  const title = textOf(button.title).replace(/\([\p{Script=Hiragana}ー]+\)/gu, '');
  const wrong = title.length === 0 || title.length > LIMITS[language];
  return wrong ? [`A button has at most ${LIMITS[language]} characters: ${title}`] : [];
}

function pressObjections(button: Element): string[] {
  if (button.type !== 'Action.Execute') return [];
  const { fallback, data } = button;
  const same = (key: string) => isElement(fallback) && sameJson(fallback[key], button[key]);
  const submits = isElement(fallback) && fallback.type === 'Action.Submit';
  return [
    ...(submits && same('data') && same('title') && same('associatedInputs')
      ? []
      : ['A button falls back to Action.Submit with the same data.']),
    ...(/^[a-z-]+\.[a-z-]+$/.test(textOf(button.verb)) ? [] : ['A verb is room.verb.']),
    ...(isElement(data) && carries(data) ? [] : [`A button carries i, r and its answer: ${JSON.stringify(data)}`]),
  ];
}

function carries(data: Element): boolean {
  const { i, r, ...answer } = data;
  return typeof i === 'string' && typeof r === 'number' && ANSWERS.includes(Object.keys(answer).sort().join());
}

function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
