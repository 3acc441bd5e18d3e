import { isElement, textOf, textsOf } from './card-tree.ts';
import type { Drawn } from './objections.ts';

const WORD = /([\p{Script=Han}々〆ヶ]+)(\([\p{Script=Hiragana}ー]+\))?/gu;

/** In やさしい日本語 every word with kanji has its reading where it first stands, in reading order; elsewhere there is none. */
export function rubyObjections({ card, language, quoted }: Drawn): string[] {
  if (language !== 'easy') return [];
  const fallback = isElement(card) ? textOf(card.fallbackText) : '';
  return [...missing(textsOf(card), quoted), ...missing([fallback], quoted)];
}

function missing(texts: string[], quoted: string[]): string[] {
  const seen = new Set<string>();
  const objections: string[] = [];
  for (const text of texts) {
    const ours = quoted.reduce((left, said) => (said === '' ? left : left.replaceAll(said, '')), text);
    for (const [, word = '', reading] of ours.matchAll(WORD)) {
      if (!reading && !seen.has(word)) objections.push(`${word} has no reading where it first stands: ${text}`);
      seen.add(word);
    }
  }
  return objections;
}
