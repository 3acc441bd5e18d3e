import type { Language } from '../../src/ports/cards.ts';
import { buttonObjections } from './button-objections.ts';
import { type Element, elementsOf, isElement, type Json, listOf, textOf, textsOf } from './card-tree.ts';
import { rubyObjections } from './ruby-objections.ts';

/** What the checker knows of a drawn card besides the card itself. */
export interface Drawn {
  card: Json;
  language: Language;
  /** Names and free texts in it: they follow no rule of ours. */
  quoted: string[];
  /** False only for the card of somebody who holds no item. */
  hasItem: boolean;
}

/** Every rule of cards.md and personnel.md that a program can check; each objection is one sentence. */
export function objectionsTo(drawn: Drawn): string[] {
  const { card } = drawn;
  if (!isElement(card)) return ['A card is an object.'];
  return [
    ...frameObjections(card, drawn),
    ...orderObjections(card),
    ...lengthObjections(card, drawn.language),
    ...elementObjections(card),
    ...inputObjections(card),
    ...buttonObjections(card, drawn.language),
    ...wordObjections(drawn),
    ...rubyObjections(drawn),
  ];
}

function say(wrong: boolean, sentence: string): string[] {
  return wrong ? [sentence] : [];
}

function frameObjections(card: Element, { hasItem }: Drawn): string[] {
  const refresh = isElement(card.refresh) && isElement(card.refresh.action) ? card.refresh.action : undefined;
  const data = refresh && isElement(refresh.data) ? Object.keys(refresh.data).join() : '';
  const wide = elementsOf(card).some((element) => listOf(element.columns).length > 3 && element.type === 'Table');
  return [
    ...say(card.type !== 'AdaptiveCard' || card.version !== '1.5', 'A card is an AdaptiveCard of version 1.5.'),
    ...say(textOf(card.speak) === '', 'A card has speak.'),
    ...say(/\([\p{Script=Hiragana}ー]+\)/u.test(textOf(card.speak)), 'speak reads no ruby aloud.'),
    ...say(textOf(card.fallbackText) === '', 'A card has fallbackText.'),
    ...say(hasItem && (refresh?.verb !== 'delivery.refresh' || data !== 'i,r'), 'A card refreshes with i and r.'),
    ...say(isElement(card.msteams) !== wide, 'A card is wide exactly where a table has four columns or more.'),
    ...say(JSON.stringify(card).includes('${'), 'Nothing unresolved is left in a card.'),
    ...say(JSON.stringify(card).length * 2 > 28 * 1024, 'A card has at most 28 KB.'),
  ];
}

/** Head line, title, state, body, inputs and buttons, folded detail. */
function orderObjections(card: Element): string[] {
  const body = listOf(card.body);
  const [head, title] = body;
  const [toggle, about] = body.slice(-2);
  const columns = listOf(head?.columns);
  const firstSet = body.findIndex((element) => element.type === 'ActionSet');
  const lastInput = body.findLastIndex((element) => textOf(element.type).startsWith('Input.'));
  const strips = body.filter(
    (element) => textOf(element.style) !== '' && element.type === 'Container' && element !== about,
  );
  const headings = elementsOf(card).filter((element) => element.style === 'heading');
  const folded = toggle && isElement(toggle.selectAction) ? textOf(toggle.selectAction.type) : '';
  return [
    ...say(
      head?.type !== 'ColumnSet' || columns.length !== 3,
      'First comes the head line of mark, programme and date.',
    ),
    ...say(title?.style !== 'heading' || headings.length !== 1, 'Second comes the title, the one heading.'),
    ...say(
      strips.length > 1 || strips.some((strip) => body.indexOf(strip) > 4),
      'The state strip stands under the title.',
    ),
    ...strips.flatMap((strip) => stripObjections(strip)),
    ...say(firstSet >= 0 && lastInput > firstSet, 'Inputs stand before buttons.'),
    ...say(folded !== 'Action.ToggleVisibility' || about?.isVisible !== false, 'Last comes the folded detail.'),
    ...say(listOf(about?.items).length !== 5, 'The detail says purpose, readers, time, contact and no appraisal.'),
    ...say(card.actions !== undefined, 'Buttons stand above the detail, not at the foot of the card.'),
  ];
}

function stripObjections(strip: Element): string[] {
  const text = textOf(listOf(strip.items)[0]?.text);
  return [
    ...say(
      !['good', 'warning', 'attention', 'accent'].includes(textOf(strip.style)),
      'A state strip has a known style.',
    ),
    ...say(!/[✓●？?－–▲■×]/u.test(text) || !/[\p{L}]{2}/u.test(text), 'A state strip has a mark and words.'),
  ];
}

const LIMITS: Record<Language, number> = { ja: 120, easy: 120, en: 160 };

function lengthObjections(card: Element, language: Language): string[] {
  const body = listOf(card.body);
  const title = textOf(body.find((element) => element.style === 'heading')?.text);
  const told = body.filter(
    (element) => element.type === 'TextBlock' && element.style !== 'heading' && element.size !== 'Small',
  );
  const length = told.map((element) => textOf(element.text)).join('').length;
  const rows = elementsOf(card)
    .filter((element) => element.type === 'Table')
    .map((table) => listOf(table.rows).length - 1);
  return [
    ...say(title.length === 0 || title.length > 20, `A title has at most 20 characters: ${title}`),
    ...say(length > LIMITS[language], `A body has at most ${LIMITS[language]} characters, not ${length}.`),
    ...say(
      rows.some((count) => count > 8),
      'A table shows at most 8 rows.',
    ),
  ];
}

/** Elements and actions of version 1.5; anything newer needs one of them behind it. */
const KNOWN = new Set(
  'AdaptiveCard TextBlock RichTextBlock TextRun Image Container ColumnSet Column FactSet Table TableRow TableCell ActionSet Input.Text Input.ChoiceSet Input.Toggle Action.Execute Action.Submit Action.ShowCard Action.OpenUrl Action.ToggleVisibility'.split(
    ' ',
  ),
);

function elementObjections(card: Element): string[] {
  return elementsOf(card).flatMap((element) => {
    const type = textOf(element.type);
    const fallback = isElement(element.fallback) ? element.fallback : undefined;
    const image = type === 'Image' ? element : fallback?.type === 'Image' ? fallback : undefined;
    return [
      ...say(
        type !== '' && !KNOWN.has(type) && !KNOWN.has(textOf(fallback?.type)),
        `${type} is newer than 1.5 and has no fallback.`,
      ),
      ...say(type === 'TextBlock' && element.wrap !== true, `A text wraps: ${textOf(element.text)}`),
      ...say(image !== undefined && textOf(image.altText) === '', 'An image has altText.'),
      ...say(Object.values(element).includes(null), `Nothing in a card is null: ${type}`),
      ...say(['TextBlock', 'TextRun'].includes(type) && textOf(element.text) === '', 'No text is empty.'),
    ];
  });
}

function inputObjections(card: Element): string[] {
  return elementsOf(card)
    .filter((element) => textOf(element.type).startsWith('Input.'))
    .flatMap((input) => {
      const id = textOf(input.id);
      const most = id === 'until' ? 40 : id === 'people' ? 8 : 7;
      return [
        ...say(textOf(input.label) === '', `The input ${id} has a label.`),
        ...say(input.isRequired === true && textOf(input.errorMessage) === '', `The input ${id} says what is missing.`),
        ...say(listOf(input.choices).length > most, `The pick list ${id} has at most ${most} entries.`),
      ];
    });
}

function wordObjections({ card, quoted }: Drawn): string[] {
  const ours = without(quoted, [...textsOf(card), isElement(card) ? textOf(card.speak) : ''].join('\n'));
  return [
    ...['承認', '許可', '違反'].flatMap((word) => say(ours.includes(word), `The word ${word} is on no card (P1).`)),
    ...say(/[!！]/u.test(ours), 'No card calls out.'),
    ...say(/\p{Extended_Pictographic}/u.test(ours), 'No card has emoji.'),
    ...say(/[“"]?\bundefined\b|\[object/u.test(ours), 'No card shows a fault of the program.'),
  ];
}

function without(quoted: string[], text: string): string {
  return quoted.reduce((left, said) => (said === '' ? left : left.replaceAll(said, '')), text);
}
