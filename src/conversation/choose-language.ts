import { setLanguage } from '../people/index.ts';
import type { CardVerb } from '../ports/room.ts';
import { languageSchema } from './schema.ts';

/**
 * The person's own choice of language wins over the roster's, from the next card on; this card changes at once. A press on
 * an older drawing (Teams repeats presses) undoes no newer choice.
 */
export const languageVerb: CardVerb = {
  name: 'conversation.language',
  rules: ['conversation.language', 'conversation.welcome'],
  ownOnly: true,
  async take(_ports, db, press) {
    const read = languageSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    if (press.reader.language === read.data.language) return { changed: false };
    if (press.revision < press.item.revision) return { changed: false, note: 'stale' };
    await setLanguage(db, press.reader.staff, read.data.language, press.at);
    return { changed: true, language: read.data.language };
  },
};
