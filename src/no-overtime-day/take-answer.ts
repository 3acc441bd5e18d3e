import { ownEndOf } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Db } from '../ports/database.ts';
import type { CardVerb, Ports, Press, PressOutcome } from '../ports/room.ts';
import type { NoOvertimeAnswerTable } from '../ports/tables.ts';
import { KnownSaid } from './known-said.ts';
import { dropDecision, putAnswer, type Said, saidOf, summariesCovering } from './queries.ts';
import { untilChoices } from './rules.ts';
import { answerSchema } from './schema.ts';
import { REASONS } from './wording.ts';

type Answer = Omit<NoOvertimeAnswerTable, 'answered_at'> & { note: string | null };

/**
 * Takes one of the four answers of C01, until own end + 60. The last answer wins; one from an older drawing is not written
 * but shown the present card; the same answer twice changes nothing. Heads whose summary covers the person see it change.
 */
export const answerVerb: CardVerb = {
  name: 'no-overtime-day.answer',
  rules: ['no-overtime-day'],
  ownOnly: true,
  async take(ports, db, press) {
    const read = answerSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    if (press.item.state !== 'open' || press.at >= press.item.last_useful_at) return { changed: false, note: 'closed' };
    if (read.data.answer === 'change') return { changed: false, view: { again: true } };
    const answer = await answerFrom(ports, db, press, read.data);
    if (!answer) return { changed: false, note: 'incomplete', view: { again: true } };
    return write(db, press, answer);
  },
};

async function write(db: Db, press: Press, answer: Answer): Promise<PressOutcome> {
  const held = await saidOf(db, press.item.id);
  if (isSaid(answer, held)) return { changed: false, note: 'recorded', known: new KnownSaid(held) };
  if (press.revision < press.item.revision) return { changed: false, note: 'stale', known: new KnownSaid(held) };
  const { note, ...row } = answer;
  const given = { ...row, answered_at: press.at };
  const { head } = press.person ?? { head: null };
  const [touched] = await Promise.all([
    head === null ? [] : summariesCovering(db, press.item.date, head),
    putAnswer(db, given, note, held),
    held.decision ? dropDecision(db, press.item.id) : null,
  ]);
  return { changed: true, touched, known: new KnownSaid({ answer: given, note, decision: null }), itemStands: true };
}

/** Null when something a person has to say is missing: the reason, the time, or the words behind 「その他」. */
async function answerFrom(
  ports: Ports,
  db: Db,
  press: Press,
  data: { answer: string; reason?: string | undefined; until?: number | undefined; note?: string | undefined },
): Promise<Answer | null> {
  const base = { item_id: press.item.id, staff: press.item.staff, date: press.item.date };
  const kind = data.answer as NoOvertimeAnswerTable['answer'];
  if (kind !== 'stay') return { ...base, answer: kind, reason: null, until_minute: null, note: null };
  const reason = REASONS.find((code) => code === data.reason);
  const note = (data.note ?? '').trim().slice(0, 500) || null;
  const choices = await choicesFor(ports, db, press);
  if (!reason || data.until === undefined || !choices.includes(data.until)) return null;
  if (reason === 'other' && note === null) return null;
  return { ...base, answer: 'stay', reason, until_minute: data.until, note };
}

/** The planned ends this person may choose from on that date. */
async function choicesFor(ports: Ports, db: Db, press: Press): Promise<number[]> {
  const policy = (await currentPolicy(db, ports.settings)).on(press.item.date);
  const endMinute = ownEndOf(press.person ?? { end_minute: null }, policy.office);
  return untilChoices(endMinute, policy.lateWork.lastCardMinute);
}

function isSaid(given: Answer, { answer, note }: Said): boolean {
  const { answer: kind, reason, until_minute } = given;
  if (answer?.answer !== kind || answer.reason !== reason) return false;
  return answer.until_minute === until_minute && note === given.note;
}
