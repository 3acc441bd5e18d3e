import type { CardVerb } from '../../ports/room.ts';
import { whatIfSchema } from './schema.ts';

/** 試しに計算する: reckons with so many hours more in this one answer; nothing is stored, nobody else sees it. */
export const whatIfVerb: CardVerb = {
  name: 'overtime.what-if',
  rules: ['overtime.own-hours'],
  ownOnly: true,
  async take(_ports, _db, press) {
    const read = whatIfSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    return { changed: false, view: { figure: read.data.hours } };
  },
};
