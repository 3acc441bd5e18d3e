import { fileURLToPath } from 'node:url';
import { cardsFrom } from '../../src/adapters/cards/index.ts';
import type { CardContent, Language } from '../../src/ports/cards.ts';
import { galleryCards } from '../../src/rehearsal/gallery.ts';
import type { Json } from './card-tree.ts';
import type { Drawn } from './objections.ts';

export const cardsFolder = fileURLToPath(new URL('../../cards', import.meta.url));
export const cards = cardsFrom(cardsFolder);
export const languages: readonly Language[] = ['ja', 'easy', 'en'];

export interface DrawnSample extends Drawn {
  name: string;
  state: string;
  content: CardContent;
}

/** Every sample of every card, drawn in a language. */
export function samplesIn(language: Language): DrawnSample[] {
  return galleryCards(language).map(({ card, state, content }) => ({
    ...drawn(content, language),
    name: card,
    state,
    content,
  }));
}

export function drawn(content: CardContent, language: Language): Drawn {
  const card: Json = JSON.parse(JSON.stringify(cards.expand(content)));
  return {
    card,
    language,
    quoted: quotedIn(content.data),
    hasItem: JSON.stringify(content.data).includes('"refreshes":[{'),
  };
}

/** What people wrote, longest first, so that a name inside another text is not cut out of it. */
function quotedIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(quotedIn);
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([key, entry]) =>
    key === 'quoted' && typeof entry === 'string' ? [entry] : quotedIn(entry),
  );
  return found.sort((one, other) => other.length - one.length);
}
