export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Element = { [key: string]: Json };

export function isElement(value: Json | undefined): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every object of a card in reading order, the card itself first. A fallback is not read; it stands in for its element. */
export function elementsOf(value: Json | undefined): Element[] {
  if (Array.isArray(value)) return value.flatMap(elementsOf);
  if (!isElement(value)) return [];
  const below = Object.entries(value).flatMap(([key, child]) => (UNREAD.has(key) ? [] : elementsOf(child)));
  return [value, ...below];
}

/** What is not on the screen: other programs' data, and what replaces an element where it is unknown. */
const UNREAD = new Set(['fallback', 'data', 'refresh']);

export function listOf(value: Json | undefined): Element[] {
  return Array.isArray(value) ? value.filter(isElement) : [];
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

const READ = ['text', 'title', 'value', 'label', 'placeholder', 'errorMessage', 'altText'] as const;

/** Every text a person may read, in reading order. Values of choices and inputs are not read. */
export function textsOf(card: Json): string[] {
  return elementsOf(card).flatMap((element) =>
    READ.filter(
      (key) => key !== 'value' || (element.type === undefined && element.title !== undefined && !isChoice(element)),
    )
      .map((key) => textOf(element[key]))
      .filter((text) => text !== ''),
  );
}

function isChoice(element: Element): boolean {
  return !Object.hasOwn(element, 'type') && typeof element.value === 'string' && /^[\w:-]*$/.test(element.value);
}

/** Buttons of the card: what stands in action sets, forms included, without the toggles and links inside text. */
export function buttonsOf(card: Json): Element[] {
  return elementsOf(card).filter((element) => ['Action.Execute', 'Action.ShowCard'].includes(textOf(element.type)));
}
