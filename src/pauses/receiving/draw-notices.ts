import type { DrawItem } from '../../ports/room.ts';
import { noticesCard } from '../card.ts';
import { outsideHoursOf, stopsBy } from '../queries.ts';

/** 停止・再開 as it stands now for the person. */
export const drawNotices: DrawItem = async (_ports, db, item, reader, extra) =>
  noticesCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    stopped: (await stopsBy(db, reader.staff)).includes('C12') ? ['C12'] : [],
    outsideHours: await outsideHoursOf(db, reader.staff),
    ...(extra.note ? { note: extra.note } : {}),
  });
