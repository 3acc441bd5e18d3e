import { contactWeekOf, drawContactLines, type Registry } from '../../delivery/index.ts';
import type { DrawItem } from '../../ports/room.ts';
import { noticesCard } from '../card.ts';
import { outsideHoursOf, stopsBy } from '../queries.ts';

/** 停止・再開 as it stands now for the person, with what this week's contact budget merged, holds or left out, and why. */
export function drawNotices(registry: () => Registry): DrawItem {
  return async (ports, db, item, reader, extra) => {
    const { items, used, budget } = await contactWeekOf(ports, db, reader.staff, ports.clock.now());
    const told = items.filter(({ fate }) => fate.is !== 'reached' && fate.why !== 'today');
    return noticesCard({
      itemId: item.id,
      revision: item.revision,
      language: reader.language,
      date: item.date,
      stopped: (await stopsBy(db, reader.staff)).includes('C12') ? ['C12'] : [],
      outsideHours: await outsideHoursOf(db, reader.staff),
      week: { used, budget, lines: await drawContactLines(ports, db, registry(), reader, told, budget) },
      ...(extra.note ? { note: extra.note } : {}),
    });
  };
}
