import { cardDay } from '../../delivery/index.ts';
import { staffMemberOn } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { DrawItem } from '../../ports/room.ts';
import { type OwnHoursView, ownHoursCard } from './card.ts';
import { gatherOwnHours } from './gather-own-hours.ts';

/** 残業: the reader's own hours of the month, as they are on record now. On a shared terminal there are no figures (P11). */
export const drawOwnHours: DrawItem = async (ports, db, item, reader, extra) => {
  const policy = (await currentPolicy(db, ports.settings)).on(item.date);
  const shared = (await staffMemberOn(db, item.staff, item.date))?.terminal === '共用';
  const more = extra.view?.figure ?? null;
  const asked = { staff: item.staff, today: item.date, language: reader.language, more };
  const own = shared ? null : await gatherOwnHours(ports, db, asked);
  const view: OwnHoursView = {
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    month: Number(item.date.slice(5, 7)),
    throughDay: own?.through ? cardDay(own.through, reader.language) : null,
    sets: own?.sets ?? [],
    manager: own?.manager ?? false,
    health: own?.health ?? 0,
    attendanceLink: policy.links.attendanceSystem,
    ...(shared ? { shared } : {}),
    ...(own?.whatIf ? { whatIf: own.whatIf } : {}),
    ...(extra.note ? { note: extra.note } : {}),
  };
  return ownHoursCard(view);
};
