import type { DrawItem } from '../../ports/room.ts';
import { aheadCard } from '../card.ts';
import { isSharedTerminal } from '../decide-request.ts';
import { gatherAhead } from './record-ahead.ts';

/** 事前了承 as it stands now: counts, and the team with what is recorded where names were asked for (P11). */
export const drawAhead: DrawItem = async (ports, db, item, reader, extra) => {
  const facts = await gatherAhead(ports, db, item, ports.clock.now());
  const names = new Map(facts.team.map((member) => [member.staff, member.name]));
  const { view } = extra;
  return aheadCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: item.state === 'cancelled' ? 'recalled' : facts.over ? 'closed' : 'asked',
    cutoffMinute: facts.policy.lateWork.cutoffMinute,
    team: facts.team.map(({ staff, name }) => ({ staff, name })),
    recorded: facts.recorded.map((one) => ({
      id: one.id,
      name: names.get(one.staff) ?? one.staff,
      from: one.from_date,
      to: one.to_date,
      untilMinute: one.until_minute,
      reason: one.reason,
      ...(one.note === null ? {} : { note: one.note }),
    })),
    mode: view?.named ? (view.again ? 'withdraw' : 'record') : 'counts',
    ...((await isSharedTerminal(db, { item })) ? { countsOnly: true } : {}),
    page: view?.page ?? 0,
    from: facts.from,
    attendanceLink: facts.policy.links.attendanceSystem,
    untilChoices: facts.untilChoices,
    ...(extra.note ? { note: extra.note } : {}),
  });
};
