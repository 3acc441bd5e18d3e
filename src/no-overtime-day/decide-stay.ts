import { noteAct } from '../audit/index.ts';
import { instantAt } from '../calendar/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Db } from '../ports/database.ts';
import type { CardVerb, Ports, Press, PressOutcome } from '../ports/room.ts';
import { choiceOf, hasSharedTerminal, teamOfItem } from './gather-team.ts';
import { type Asked, putDecision } from './queries.ts';
import { decideSchema } from './schema.ts';

/**
 * The head's presses on the summary: 「表示する」 (audited, P11), 了承する and 切上げを依頼する for the people chosen. A
 * 了承 is an acknowledgement and no overtime order (P1). The people's own cards are updated with the head's word.
 */
export const decideVerb: CardVerb = {
  name: 'no-overtime-day.decide',
  rules: ['no-overtime-day.summary', 'no-overtime-day.team'],
  async take(ports, db, press) {
    const read = decideSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const { decision, show, people, page = 0 } = read.data;
    if (await hasSharedTerminal(db, press.item)) return { changed: false };
    if (decision) return decide(ports, db, press, decision, people);
    if (show === 'names') return reveal(ports, db, press, page);
    return { changed: false };
  },
};

async function reveal(ports: Ports, db: Db, press: Press, page: number): Promise<PressOutcome> {
  const { asked } = await teamOfItem(db, press.item);
  const shown = asked.filter((one) => one.answer === 'stay').length;
  const act = {
    actor: press.reader.staff,
    action: 'view-names',
    subject: press.item.rule,
    detail: { date: press.item.date, people: shown },
  };
  await noteAct(ports, db, act);
  return { changed: false, view: { named: true, page } };
}

async function decide(
  ports: Ports,
  db: Db,
  press: Press,
  decision: 'acknowledged' | 'asked-to-finish',
  chosen: string[],
): Promise<PressOutcome> {
  if (await isOver(ports, db, press)) return { changed: false, note: 'closed' };
  const { asked, day } = await teamOfItem(db, press.item);
  const ids = new Set(chosen.map((choice) => choice.split('.')[0]));
  const meant = asked.filter((one) => one.answer === 'stay' && ids.has(one.item));
  if (meant.length === 0) return { changed: false, note: 'incomplete', view: { named: true } };
  const fresh = meant.filter((one) => one.decision !== decision && chosen.includes(choiceOf(one)));
  for (const one of fresh) await putDecision(db, rowOf(press, day, one, decision));
  const stale = meant.some((one) => one.decision !== decision && !fresh.includes(one));
  const note = stale ? 'stale' : 'recorded';
  return { changed: fresh.length > 0, touched: fresh.map((one) => one.item), note, view: { named: true } };
}

/** A head may answer until the last card of the evening (22:00), longer than the staff may change theirs. */
async function isOver(ports: Ports, db: Db, press: Press): Promise<boolean> {
  const book = await currentPolicy(db, ports.settings);
  const { lateWork } = book.on(press.item.date);
  return press.at >= instantAt(press.item.date, lateWork.lastCardMinute, book.timeZone);
}

function rowOf(press: Press, day: string, one: Asked, decision: 'acknowledged' | 'asked-to-finish') {
  const until = decision === 'acknowledged' ? one.until_minute : null;
  return {
    item_id: one.item,
    staff: one.staff,
    date: day,
    head: press.reader.staff,
    decision,
    until_minute: until,
    decided_at: press.at,
  };
}
