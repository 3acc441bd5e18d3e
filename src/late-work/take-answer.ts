import { instantAt } from '../calendar/index.ts';
import { REASONS } from '../no-overtime-day/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Db } from '../ports/database.ts';
import type { CardVerb, Ports, Press, PressOutcome } from '../ports/room.ts';
import type { LateWorkAnswerTable } from '../ports/tables/late-work.ts';
import type { ItemTable } from '../ports/tables.ts';
import { askHead, momentAt } from './ask-head.ts';
import { itemsOfPerson } from './items/queries.ts';
import { idsOf } from './plan-decision.ts';
import { answerOf, dropRequest, noteOf, putAnswer, requestOf } from './queries.ts';
import { minuteOn, quarterHours } from './rules.ts';
import { answerSchema } from './schema.ts';

type Answer = Omit<LateWorkAnswerTable, 'answered_at'> & { note: string | null };
type Read = { answer: string; reason?: string | undefined; until?: number | undefined; note?: string | undefined };

/**
 * Takes what a person says of the evening, on C02, on the card of 残る or on the last word, until 22:00 of its date. The last
 * answer wins; one from an older drawing is not written but shown the present card; the same answer twice changes nothing.
 * 「継続が必要です」 goes to the head at once (P3).
 */
export const answerVerb: CardVerb = {
  name: 'late-work.answer',
  rules: ['late-work', 'late-work.stay', 'late-work.last-word'],
  async take(ports, db, press) {
    const read = answerSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    if (press.item.state !== 'open' || (await isOver(ports, db, press))) return { changed: false, note: 'closed' };
    if (read.data.answer === 'change') return { changed: false, view: { again: true } };
    const answer = await answerFrom(ports, db, press, read.data);
    if (!answer) return { changed: false, note: 'incomplete', view: { again: true } };
    return write(ports, db, press, answer);
  },
};

/** Nothing is taken once the last card of the evening could go (22:00 of the item's date). */
export async function isOver(ports: Ports, db: Db, press: Press): Promise<boolean> {
  const book = await currentPolicy(db, ports.settings);
  const { lastCardMinute } = book.on(press.item.date).lateWork;
  return press.at >= instantAt(press.item.date, lastCardMinute, book.timeZone);
}

async function write(ports: Ports, db: Db, press: Press, answer: Answer): Promise<PressOutcome> {
  const { staff, date } = press.item;
  const held = await answerOf(db, staff, date);
  const heldNote = held ? await noteOf(db, staff, date) : null;
  const again = press.item.rule === 'late-work.last-word' && (held?.answered_at ?? 0) < press.item.created_at;
  if (held && !again && sameAnswer(answer, { ...held, note: heldNote })) return { changed: false, note: 'recorded' };
  if (press.revision < press.item.revision) return { changed: false, note: 'stale' };
  const { note, ...row } = answer;
  await putAnswer(db, { ...row, answered_at: press.at }, note);
  const heads = await tellHead(ports, db, press, answer);
  return { changed: true, touched: [...(await itemsOfPerson(db, staff, date)), ...heads] };
}

/** Puts the wish to go on to the head, or takes an earlier one back; gives the heads' cards that look different now. */
async function tellHead(ports: Ports, db: Db, press: Press, answer: Answer): Promise<string[]> {
  const { staff, date } = press.item;
  if (answer.answer === 'continue') {
    const moment = await momentAt(ports, db, date, press.at);
    return askHead(ports, db, moment, { staff, kind: 'continue', untilMinute: answer.until_minute }, press.at);
  }
  const request = await requestOf(db, staff, date);
  if (!request) return [];
  await dropRequest(db, staff, date);
  return request.asked_of === null ? [] : idsOf(db, request.asked_of, date);
}

/** Null when something a person has to say is missing: the reason, the time, or the words behind 「その他」. */
async function answerFrom(ports: Ports, db: Db, press: Press, data: Read): Promise<Answer | null> {
  const base = { staff: press.item.staff, date: press.item.date };
  const kind = data.answer as LateWorkAnswerTable['answer'];
  if (kind !== 'continue') return { ...base, answer: kind, reason: null, until_minute: null, note: null };
  const reason = REASONS.find((code) => code === data.reason);
  const note = (data.note ?? '').trim().slice(0, 500) || null;
  const choices = await untilChoices(ports, db, press.item, press.at);
  if (!reason || data.until === undefined || !choices.includes(data.until)) return null;
  if (reason === 'other' && note === null) return null;
  return { ...base, answer: 'continue', reason, until_minute: data.until, note };
}

/** The planned ends to choose from: quarter hours from now up to 22:00; on C02 and the last word only those after the cutoff. */
export async function untilChoices(ports: Ports, db: Db, item: ItemTable, at: number): Promise<number[]> {
  const book = await currentPolicy(db, ports.settings);
  const { cutoffMinute, lastCardMinute } = book.on(item.date).lateWork;
  const minute = minuteOn(item.date, at, book.timeZone);
  const after = item.rule === 'late-work.stay' ? minute : Math.max(minute, cutoffMinute);
  return quarterHours(after, lastCardMinute);
}

function sameAnswer(a: Answer, b: Answer): boolean {
  return a.answer === b.answer && a.reason === b.reason && a.until_minute === b.until_minute && a.note === b.note;
}
