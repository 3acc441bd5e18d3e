import { noteAct } from '../audit/index.ts';
import { staffMemberOn } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { CardVerb, Ports, Press, PressOutcome } from '../ports/room.ts';
import type { LateWorkDecisionTable } from '../ports/tables/late-work.ts';
import { choiceOf, type Requested, requestsFor, shortRestsOn } from './gather-requests.ts';
import { decisionItemsOf, itemsOfPerson } from './items/queries.ts';
import { noteLaterStart, putDecision } from './queries.ts';
import { minuteOn, quarterHours } from './rules.ts';
import { decideSchema } from './schema.ts';
import { isOver } from './take-answer.ts';

/**
 * The head's presses: 「表示する」 (audited, P11), 了承する until a time and 切上げを依頼する for the people chosen, 「翌日の始業を
 * 繰り下げる」 (P22, an intention). A 了承 is an acknowledgement and no overtime order (P1). The people's cards follow at once.
 */
export const decideVerb: CardVerb = {
  name: 'late-work.decide',
  rules: ['late-work.decision'],
  async take(ports, db, press) {
    const read = decideSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const { decision, show, page = 0, until, people } = read.data;
    if (await isSharedTerminal(db, press)) return { changed: false };
    if (decision === undefined) return show === 'names' ? reveal(ports, db, press, page) : { changed: false };
    if (await isOver(ports, db, press)) return { changed: false, note: 'closed' };
    if (decision === 'later-start') return recordLaterStart(ports, db, press, people);
    return decide(ports, db, press, decision, until, people);
  },
};

/** 端末 `共用`: such a person gets counts only, never a name (P11). */
export async function isSharedTerminal(db: Db, { item }: Pick<Press, 'item'>): Promise<boolean> {
  return (await staffMemberOn(db, item.staff, item.date))?.terminal === '共用';
}

/** Notes in the audit that names were looked at, and shows them in this answer. */
async function reveal(ports: Ports, db: Db, press: Press, page: number): Promise<PressOutcome> {
  const shown = (await requestsFor(db, press.item.date, press.item.staff)).length;
  const detail = { date: press.item.date, people: shown };
  await noteAct(ports, db, { actor: press.reader.staff, action: 'view-names', subject: press.item.rule, detail });
  return { changed: false, view: { named: true, page } };
}

async function decide(
  ports: Ports,
  db: Db,
  press: Press,
  decision: LateWorkDecisionTable['decision'],
  until: MinuteOfDay | undefined,
  chosen: string[],
): Promise<PressOutcome> {
  const view = { named: true };
  const meant = await chosenOf(db, press, chosen);
  const choices = await timesAt(ports, db, press);
  if (meant.length === 0 || (until !== undefined && !choices.includes(until))) {
    return { changed: false, note: 'incomplete', view };
  }
  const rows = meant.map((one) => ({ one, row: rowOf(press, one, decision, until) }));
  const fresh = rows.filter(({ one, row }) => chosen.includes(choiceOf(one.request)) && !isSame(one.decision, row));
  for (const { row } of fresh) await putDecision(db, row);
  const stale = meant.some((one) => !chosen.includes(choiceOf(one.request)));
  const touched = await itemsOf(
    db,
    press,
    fresh.map(({ one }) => one),
  );
  return { changed: fresh.length > 0, touched, note: stale ? 'stale' : 'recorded', view };
}

async function recordLaterStart(ports: Ports, db: Db, press: Press, chosen: string[]): Promise<PressOutcome> {
  const isShort = await shortRestsOn(ports, db, press.item.date);
  const meant: Requested[] = [];
  for (const one of await chosenOf(db, press, chosen)) {
    const { decision } = one;
    if (decision?.decision !== 'acknowledged' || decision.until_minute === null) continue;
    if (decision.later_start_at === null && (await isShort(one.request.staff, decision.until_minute))) meant.push(one);
  }
  if (meant.length === 0)
    return { changed: false, note: chosen.length === 0 ? 'incomplete' : 'recorded', view: { named: true } };
  for (const { decision } of meant) if (decision) await noteLaterStart(db, decision, press.at);
  return { changed: true, touched: await itemsOf(db, press, meant), note: 'recorded', view: { named: true } };
}

/** The people of this card whom the choices name, also where their wish has changed since. */
async function chosenOf(db: Db, press: Press, chosen: string[]): Promise<Requested[]> {
  const named = new Set(chosen.map((choice) => choice.slice(0, choice.lastIndexOf('-'))));
  return (await requestsFor(db, press.item.date, press.item.staff)).filter((one) => named.has(one.request.staff));
}

/** Times a 了承 may run until: quarter hours from now up to the last of the evening. */
export async function timesAt(ports: Ports, db: Db, { item, at }: Pick<Press, 'item' | 'at'>): Promise<MinuteOfDay[]> {
  const book = await currentPolicy(db, ports.settings);
  return quarterHours(minuteOn(item.date, at, book.timeZone), book.on(item.date).lateWork.lastCardMinute);
}

function rowOf(
  press: Press,
  { request }: Requested,
  decision: LateWorkDecisionTable['decision'],
  until: MinuteOfDay | undefined,
): LateWorkDecisionTable {
  return {
    staff: request.staff,
    date: request.date,
    asked_at: request.asked_at,
    head: press.reader.staff,
    decision,
    until_minute: decision === 'acknowledged' ? (until ?? request.until_minute) : null,
    decided_at: press.at,
    later_start_at: null,
  };
}

function isSame(held: LateWorkDecisionTable | null, row: LateWorkDecisionTable): boolean {
  return held?.decision === row.decision && held.until_minute === row.until_minute;
}

/** The people's own cards, and the other cards of the evening of whoever pressed. */
async function itemsOf(db: Db, { item }: Press, people: Requested[]): Promise<string[]> {
  const found = await Promise.all(people.map(({ request }) => itemsOfPerson(db, request.staff, request.date)));
  const own = (await decisionItemsOf(db, item.staff, item.date)).map((one) => one.id);
  return [...found.flat(), ...own.filter((id) => id !== item.id)];
}
