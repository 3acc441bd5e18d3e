import { localAt } from '../../calendar/index.ts';
import type { DrawItem } from '../../ports/room.ts';
import { unreachableListCard } from './card.ts';
import { mayList, type RepairList, repairList } from './repair-list.ts';
import { countByBureau, countByClass, pageOf } from './rules.ts';

const nothing: RepairList = { people: [], senders: [], timeZone: 'UTC' };

/** The list as it stands now; counts alone for somebody who holds none of its roles any more are left out too. */
export const drawList: DrawItem = async (ports, db, item, reader, extra) => {
  const now = ports.clock.now();
  const may = await mayList(ports, db, reader.staff, now);
  const list = may.list ? await repairList(ports, db, now) : nothing;
  const { people, senders, page, pages, more } = pageOf(list.people, list.senders, extra.view?.page ?? 0);
  const named = may.names && extra.view?.named === true;
  const day = (at: number) => localAt(at, list.timeZone).date;
  return unreachableListCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: may.list ? 'open' : 'closed',
    counts: countByClass(list.people),
    senderCount: list.senders.length,
    bureaus: countByBureau(list.people),
    people: named ? people.map((one) => ({ ...one, since: day(one.since) })) : [],
    senders: named ? senders.map((one) => ({ ...one, first: day(one.first), last: day(one.last) })) : [],
    named,
    countsOnly: !may.names,
    page,
    pages,
    more,
    ...(extra.note ? { note: extra.note } : {}),
  });
};
