import { noteAct } from '../../audit/index.ts';
import type { CardVerb } from '../../ports/room.ts';
import { mayList, repairList } from './repair-list.ts';
import { listSchema } from './schema.ts';

export const listRule = 'delivery.unreachable';
export const listCard = 'unreachable-list';

/**
 * 「表示する」 and the pages of the list: the names, audited before they are shown (P11). The role is asked for at every press;
 * who holds none any more, and a shared terminal, sees none.
 */
export const listVerb: CardVerb = {
  name: 'delivery.list',
  rules: [listRule],
  async take(ports, db, press) {
    const read = listSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const may = await mayList(ports, db, press.reader.staff, press.at);
    if (!may.list) return { changed: false, note: 'closed' };
    if (!may.names) return { changed: false };
    const { people, senders } = await repairList(ports, db, press.at);
    await noteAct(ports, db, {
      actor: press.reader.staff,
      action: 'view-names',
      subject: listRule,
      detail: { page: read.data.page, people: people.length, senders: senders.length },
    });
    return { changed: false, view: { named: true, page: read.data.page } };
  },
};
