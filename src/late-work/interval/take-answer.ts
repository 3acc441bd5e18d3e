import { noteAct } from '../../audit/index.ts';
import { stopProgramme } from '../../pauses/index.ts';
import { staffMemberOn } from '../../people/index.ts';
import type { Db } from '../../ports/database.ts';
import type { CardVerb, Ports, Press, PressOutcome } from '../../ports/room.ts';
import { passOn, requestRule } from './pass-on.ts';
import { answerOf, noteSeen, putAnswer } from './queries.ts';
import { answerSchema, requestSchema } from './schema.ts';

/**
 * Takes an answer of C12 until noon. 「相談します」 opens a draft on the card; the head gets something only when it is sent
 * (P22), and once sent it is not taken back by another answer. 「停止する」 holds until the person says 再開.
 */
export const answerVerb: CardVerb = {
  name: 'late-work.interval',
  rules: ['interval'],
  async take(ports, db, press) {
    const read = answerSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const { item, at } = press;
    if (item.state !== 'open' || at >= item.last_useful_at) return { changed: false, note: 'closed' };
    const { answer, note } = read.data;
    if (answer === 'change') return { changed: false, view: { again: true } };
    return write(ports, db, press, answer, (note ?? '').trim().slice(0, 500) || null);
  },
};

async function write(
  ports: Ports,
  db: Db,
  press: Press,
  said: 'consult' | 'fine' | 'stop',
  note: string | null,
): Promise<PressOutcome> {
  const { item, at } = press;
  const answer = said === 'stop' ? 'stopped' : said;
  const held = await answerOf(db, item.id);
  if (held?.answer === answer || held?.answer === 'consult') return { changed: false, note: 'recorded' };
  if (press.revision < item.revision) return { changed: false, note: 'stale' };
  if (answer === 'consult' && note === null) return { changed: false, note: 'incomplete' };
  const { staff, date } = item;
  const row = { item_id: item.id, staff, date, answer, answered_at: at, asked: null, seen_at: null } as const;
  await putAnswer(db, row, answer === 'consult' ? note : null);
  if (answer === 'stopped') await stopProgramme(ports, db, staff, 'C12', at);
  if (answer === 'consult') await passOn(ports, db, row);
  return { changed: true };
}

/** The head's presses on a consultation: 「表示する」 (audited, P11) and 「確認しました」, which the person's card then shows. */
export const requestVerb: CardVerb = {
  name: 'late-work.consultation',
  rules: [requestRule],
  async take(ports, db, press) {
    const read = requestSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const { item } = press;
    const about = consultationOf(item.about);
    const shared = (await staffMemberOn(db, item.staff, item.date))?.terminal === '共用';
    if (read.data.show && !shared) {
      const detail = { date: item.date, people: 1 };
      await noteAct(ports, db, { actor: press.reader.staff, action: 'view-names', subject: item.rule, detail });
      return { changed: false, view: { named: true } };
    }
    if (!read.data.decision) return { changed: false };
    const held = await answerOf(db, about);
    if (item.state !== 'open' || !held) return { changed: false, note: 'closed' };
    if (held.seen_at !== null) return { changed: false, note: 'recorded' };
    await noteSeen(db, about, press.at);
    return { changed: true, touched: [about] };
  },
};

/** The item of C12 a consultation belongs to. */
export function consultationOf(about: string | null): string {
  return about === null ? '' : (JSON.parse(about) as { item: string }).item;
}
