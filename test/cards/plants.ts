import type { Language } from '../../src/ports/cards.ts';
import { type Element, isElement, type Json, listOf } from './card-tree.ts';

export interface CardPlant {
  what: string;
  /** Sample that is spoiled. */
  state: string;
  language?: Language;
  spoil(elements: Element[], card: Json): void;
  objection: string;
}

function first(elements: Element[], type: string): Element {
  const found = elements.find((element) => element.type === type);
  if (!found) throw new Error(`The sample has no ${type}.`);
  return found;
}

function bodyOf(card: Json): Json[] {
  return isElement(card) && Array.isArray(card.body) ? card.body : [];
}

/** Good cards made bad, one rule at a time. */
export const plants: CardPlant[] = [
  {
    what: 'a button has no fallback',
    state: 'asked',
    spoil: (elements) => delete first(elements, 'Action.Execute').fallback,
    objection: 'falls back to Action.Submit',
  },
  {
    what: 'the fallback carries other data',
    state: 'asked',
    spoil: (elements) => {
      const { fallback } = first(elements, 'Action.Execute');
      if (isElement(fallback)) fallback.data = { i: 'other', r: 0 };
    },
    objection: 'falls back to Action.Submit',
  },
  {
    what: 'a button carries who pressed it',
    state: 'asked',
    spoil: (elements) => {
      first(elements, 'Action.Execute').data = { i: 'a', r: 1, answer: 'leave', staff: '100001' };
    },
    objection: 'carries i, r and its answer',
  },
  {
    what: 'an input has no label',
    state: 'asked',
    spoil: (elements) => delete first(elements, 'Input.ChoiceSet').label,
    objection: 'has a label',
  },
  {
    what: 'a required input does not say what is missing',
    state: 'asked',
    spoil: (elements) => delete first(elements, 'Input.ChoiceSet').errorMessage,
    objection: 'says what is missing',
  },
  {
    what: 'the title is too long',
    state: 'asked',
    spoil: (elements) => {
      const title = elements.find((element) => element.style === 'heading');
      if (title) title.text = '本日は定時退庁日ですので皆さん定時に退庁してください';
    },
    objection: 'A title has at most 20 characters',
  },
  {
    what: 'the body is too long',
    state: 'asked',
    spoil: (_, card) => bodyOf(card).splice(2, 0, { type: 'TextBlock', text: 'あ'.repeat(121), wrap: true }),
    objection: 'A body has at most 120 characters',
  },
  {
    what: 'a text does not wrap',
    state: 'asked',
    spoil: (elements) => delete first(elements, 'TextBlock').wrap,
    objection: 'A text wraps',
  },
  {
    what: 'a press is called 承認',
    state: 'asked-named',
    spoil: (elements) => {
      first(elements, 'Action.Execute').title = '承認する';
    },
    objection: '承認 is on no card',
  },
  {
    what: 'it calls out',
    state: 'answered-leave',
    spoil: (elements) => {
      first(elements, 'TextBlock').text = 'お疲れさまでした！';
    },
    objection: 'No card calls out',
  },
  {
    what: 'an icon has nothing behind it',
    state: 'asked',
    spoil: (elements) => delete first(elements, 'Icon').fallback,
    objection: 'newer than 1.5',
  },
  {
    what: 'a picture has no words',
    state: 'asked',
    spoil: (elements) => {
      const { fallback } = first(elements, 'Icon');
      if (isElement(fallback)) delete fallback.altText;
    },
    objection: 'altText',
  },
  {
    what: 'a binding is left over',
    state: 'asked',
    spoil: (elements) => {
      first(elements, 'TextBlock').text = '$' + '{endTime}';
    },
    objection: 'Nothing unresolved',
  },
  {
    what: 'the state is told by colour alone',
    state: 'answered-leave',
    spoil: (elements) => {
      const strip = elements.find((element) => element.style === 'good');
      const [text] = listOf(strip?.items);
      if (text) text.text = '定時に退庁する予定です';
    },
    objection: 'a mark and words',
  },
  {
    what: 'the detail is open',
    state: 'asked',
    spoil: (_, card) => {
      const about = bodyOf(card).at(-1);
      if (isElement(about)) about.isVisible = true;
    },
    objection: 'folded detail',
  },
  {
    what: 'the head line comes after the title',
    state: 'asked',
    spoil: (_, card) => bodyOf(card).unshift(...bodyOf(card).splice(1, 1)),
    objection: 'First comes the head line',
  },
  {
    what: 'five buttons are offered',
    state: 'asked',
    spoil: (elements) => {
      const { actions } = first(elements, 'ActionSet');
      if (Array.isArray(actions)) actions.push(structuredClone(actions[0] ?? null));
    },
    objection: 'at most 4 buttons',
  },
  {
    what: 'a refresh is missing',
    state: 'asked',
    spoil: (_, card) => {
      if (isElement(card)) delete card.refresh;
    },
    objection: 'refreshes with i and r',
  },
  {
    what: 'a word has no reading',
    state: 'asked',
    language: 'easy',
    spoil: (elements) => {
      first(elements, 'Action.ShowCard').title = '残ります';
    },
    objection: '残 has no reading',
  },
];
