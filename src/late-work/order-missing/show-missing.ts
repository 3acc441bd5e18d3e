import { noteAct } from '../../audit/index.ts';
import type { CardVerb } from '../../ports/room.ts';
import { isSharedTerminal } from '../decide-request.ts';
import { missingSchema } from '../schema.ts';

/** 「表示する」 on 「了承あり・命令未登録」: names in this answer only, audited (P11). What closes it is the feed of orders. */
export const missingVerb: CardVerb = {
  name: 'late-work.missing',
  rules: ['late-work.order-missing', 'late-work.order-missing-office'],
  async take(ports, db, press) {
    const read = missingSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    if (read.data.show === undefined || (await isSharedTerminal(db, press))) return { changed: false };
    const detail = { date: press.item.date };
    await noteAct(ports, db, { actor: press.reader.staff, action: 'view-names', subject: press.item.rule, detail });
    return { changed: false, view: { named: true, page: read.data.page ?? 0 } };
  },
};

/** Turns the pages of the list of 労務; it names nobody. */
export const listVerb: CardVerb = {
  name: 'late-work.list',
  rules: ['late-work.order-missing-list'],
  async take(_ports, _db, press) {
    const read = missingSchema.safeParse(press.data);
    return read.success
      ? { changed: false, view: { page: read.data.page ?? 0 } }
      : { changed: false, note: 'incomplete' };
  },
};
