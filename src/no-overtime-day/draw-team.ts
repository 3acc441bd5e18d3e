import { instantAt } from '../calendar/index.ts';
import { staffMemberOn } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Db } from '../ports/database.ts';
import type { DrawExtra, DrawItem, Ports, Reader } from '../ports/room.ts';
import type { ItemTable } from '../ports/tables.ts';
import {
  type Counts,
  type Staying,
  type SummaryView,
  stayingPerPage,
  teamCard,
  wedResultCard,
  wedSummaryCard,
} from './card.ts';
import { minuteOn } from './draw-on-time.ts';
import { choiceOf, hasSharedTerminal, type Team, teamOfItem } from './gather-team.ts';
import type { Asked } from './queries.ts';

/** The head's summary as it stands now: counts, and names where they were asked for (P11, P13). */
export const drawSummary: DrawItem = async (ports, db, item, reader, extra) =>
  wedSummaryCard(await summaryView(ports, db, item, reader, extra));

/** チーム: the same view of today, whenever a head asks. */
export const drawTeam: DrawItem = async (ports, db, item, reader, extra) =>
  teamCard(await summaryView(ports, db, item, reader, extra));

/** Thursday's result: counts of the day before, no names. */
export const drawResult: DrawItem = async (_ports, db, item, reader, extra) => {
  const team = await teamOfItem(db, item);
  return wedResultCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: team.day,
    counts: countsOf(team.asked),
    state: item.state === 'cancelled' ? 'recalled' : 'asked',
    thanked: item.note === 'seen',
    ...(extra.note ? { note: extra.note } : {}),
  });
};

async function summaryView(
  ports: Ports,
  db: Db,
  item: ItemTable,
  reader: Reader,
  extra: DrawExtra,
): Promise<SummaryView> {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(item.date);
  const team = await teamOfItem(db, item);
  const now = ports.clock.now();
  const staying = team.asked.filter((one) => one.answer === 'stay');
  const canDecide = now < instantAt(team.day, policy.lateWork.lastCardMinute, book.timeZone);
  const shared = await hasSharedTerminal(db, item);
  const deputyFor = await deputyNames(db, item, team);
  return {
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: stateOf(item, staying, canDecide),
    counts: countsOf(team.asked),
    staying: staying.map((one) => stayingOf(one, team, book.timeZone)),
    named: extra.view?.named === true && !shared,
    ...(shared ? { countsOnly: true } : {}),
    page: extra.view?.page ?? 0,
    pages: Math.max(1, Math.ceil(staying.length / stayingPerPage)),
    canDecide,
    final: item.rule === 'no-overtime-day.summary' && now >= item.last_useful_at,
    attendanceLink: policy.links.attendanceSystem,
    ...(deputyFor === '' ? {} : { asDeputyFor: deputyFor }),
    ...(extra.note ? { note: extra.note } : {}),
  };
}

function stateOf(item: ItemTable, staying: Asked[], canDecide: boolean): SummaryView['state'] {
  if (item.state === 'cancelled') return 'recalled';
  if (!canDecide) return 'closed';
  return staying.length > 0 && staying.every((one) => one.decision !== null) ? 'decided' : 'asked';
}

function stayingOf(asked: Asked, team: Team, timeZone: string): Staying {
  const { decision, decided_at: decidedAt, decided_until: until } = asked;
  return {
    item: choiceOf(asked),
    name: team.members.get(asked.staff)?.name ?? asked.staff,
    reason: asked.reason ?? 'other',
    untilMinute: asked.until_minute,
    ...(asked.note === null ? {} : { note: asked.note }),
    decision:
      decision === null || decidedAt === null
        ? null
        : {
            kind: decision,
            atMinute: minuteOn(team.day, decidedAt, timeZone),
            ...(until === null ? {} : { untilMinute: until }),
          },
  };
}

/** Every person asked in exactly one count; somebody who was not to be asked that day (leave, shift …) in none. */
export function countsOf(asked: Asked[]): Counts {
  const counts: Counts = { leave: 0, stay: 0, unsure: 0, off: 0, unanswered: 0, notSent: 0 };
  for (const one of asked) {
    if (one.answer) counts[one.answer] += 1;
    else if (one.item_state !== 'open') continue;
    else counts[one.message_state === 'sent' || one.message_state === 'unknown' ? 'unanswered' : 'notSent'] += 1;
  }
  return counts;
}

/** Names of the heads for whom somebody else looks at the card. */
async function deputyNames(db: Db, item: ItemTable, team: Team): Promise<string> {
  const others = team.heads.filter((head) => head !== item.staff);
  const found = await Promise.all(others.map((head) => staffMemberOn(db, head, team.day)));
  return found.map((head, index) => head?.name ?? others[index] ?? '').join('、');
}
