import { staffMemberOn } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { DrawItem } from '../../ports/room.ts';
import type { ItemTable } from '../../ports/tables.ts';
import { missingCard, missingListCard } from '../card.ts';
import { isSharedTerminal } from '../decide-request.ts';
import { ordersOf } from './find-missing.ts';
import { openOrders } from './open-orders.ts';
import type { MissingAbout } from './send-missing.ts';

/** 「了承あり・命令未登録」 as it stands now: what has got its 命令 since is gone from it. */
export const drawMissing: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const about = aboutOf(item);
  const { missing } = await ordersOf(db, book, about.from, about.to, about.people);
  const head = about.inPlaceOf === undefined ? null : await staffMemberOn(db, about.inPlaceOf, item.date);
  return missingCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: item.state === 'cancelled' ? 'recalled' : 'asked',
    for: item.rule === 'late-work.order-missing-office' ? 'office' : 'head',
    missing: await Promise.all(
      missing.map(async (one) => ({
        name: (await staffMemberOn(db, one.staff, one.date))?.name ?? one.staff,
        date: one.date,
        kind: one.kind,
        untilMinute: one.untilMinute,
      })),
    ),
    named: extra.view?.named === true,
    ...((await isSharedTerminal(db, { item })) ? { countsOnly: true } : {}),
    page: extra.view?.page ?? 0,
    ...(head === null ? {} : { inPlaceOf: head.name }),
    attendanceLink: book.on(item.date).links.attendanceSystem,
    ...(extra.note ? { note: extra.note } : {}),
  });
};

function aboutOf(item: ItemTable): MissingAbout {
  if (item.about === null) return { from: item.date, to: item.date, people: [] };
  return JSON.parse(item.about) as MissingAbout;
}

/** 命令未登録: the list of 労務, as it stands when asked for. */
export const drawMissingList: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const { from, to, lines } = await openOrders(db, book, item.date);
  return missingListCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: 'asked',
    lines,
    from,
    to,
    page: extra.view?.page ?? 0,
    attendanceLink: book.on(item.date).links.attendanceSystem,
    ...(extra.note ? { note: extra.note } : {}),
  });
};
