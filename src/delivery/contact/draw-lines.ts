import type { Db } from '../../ports/database.ts';
import type { Ports, Reader } from '../../ports/room.ts';
import { cardLine } from '../card-line.ts';
import { contentOf } from '../draw-together.ts';
import type { Registry } from '../registry.ts';
import { commonWords } from '../wording.ts';
import { type CarriedWords, carriedWords } from '../wording-carried.ts';
import type { ContactItem } from './ask-contact.ts';
import type { Fate } from './rules.ts';

/** One line on an item: its own title, and how it stands or why it did not come by itself. */
export interface ContactLine {
  title: string;
  state: string;
}

/** Lines for a person on what became of these items, each title as its own card says it. What nobody can draw is left out. */
export async function drawContactLines(
  ports: Ports,
  db: Db,
  registry: Registry,
  reader: Reader,
  items: ContactItem[],
  budget: number,
): Promise<ContactLine[]> {
  const lines = await Promise.all(
    items.map(async ({ item, fate }) => {
      if (registry.draw(item.rule) === null) return [];
      const content = await contentOf({ ...ports, database: { ...ports.database, db } }, registry, item, reader, {});
      const { title, state } = cardLine(content);
      const now = state ?? commonWords(reader.language).unanswered;
      const because = whyOf(carriedWords(reader.language), fate, budget);
      const seen = fate.is === 'reached' || fate.is === 'merged';
      return [{ title, state: because === null ? now : seen ? `${now}（${because}）` : because }];
    }),
  );
  return lines.flat();
}

function whyOf(words: CarriedWords, fate: Fate, budget: number): string | null {
  if (fate.is === 'reached') return null;
  if (fate.is === 'merged') {
    return fate.why === 'budget' ? words.merged.budget(budget) : words.merged[fate.why];
  }
  const reasons = words[fate.is];
  return fate.why === 'budget' ? reasons.budget(budget) : reasons[fate.why];
}
