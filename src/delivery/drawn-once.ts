import type { CardContent } from '../ports/cards.ts';
import { places, SharedCard } from '../ports/shared-card.ts';
import type { ItemView } from './frame.ts';

/** So many different cards are remembered; then it begins anew. */
const mostKept = 200;

/**
 * Draws a card once for all views that differ in nothing but item and revision: in a campaign, and in the minute of an answer, that is
 * nearly everybody. `isPersonal` names those that hold what a person wrote: they are drawn each time, and nothing of them is kept.
 */
export function drawnOnce<View extends ItemView>(
  draw: (view: View) => CardContent,
  isPersonal: (view: View) => boolean,
): (view: View) => CardContent {
  const known = new Map<string, CardContent>();
  return (view) => {
    const { itemId, revision, ...shared } = view;
    if (itemId === null || typeof revision !== 'number' || isPersonal(view)) return draw(view);
    const key = JSON.stringify(shared);
    let drawn = known.get(key);
    if (drawn === undefined) {
      if (known.size >= mostKept) known.clear();
      drawn = inCommon(draw({ ...view, itemId: places.item, revision: places.revision }));
      known.set(key, drawn);
    }
    return new SharedCard(drawn, { item: itemId, revision, users: [] });
  };
}

function inCommon(content: CardContent): CardContent {
  return { ...content, data: { ...content.data, userIds: places.users } };
}
