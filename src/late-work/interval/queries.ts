import { sql } from 'kysely';
import type { Instant, LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, keptOne, type Slots } from '../../ports/kept-query.ts';
import type { IntervalAnswerTable } from '../../ports/tables/prior-application.ts';
import type { ItemTable } from '../../ports/tables.ts';

export function answerOf(db: Db, item: string): Promise<IntervalAnswerTable | undefined> {
  return db.selectFrom('interval_answer').selectAll().where('item_id', '=', item).executeTakeFirst();
}

export async function noteOf(db: Db, item: string): Promise<string | null> {
  const row = await db.selectFrom('interval_note').select('note').where('item_id', '=', item).executeTakeFirst();
  return row?.note ?? null;
}

/** Writes an answer over an earlier one; the words of a consultation stand apart and go with an answer that has none. */
export async function putAnswer(db: Db, answer: IntervalAnswerTable, note: string | null): Promise<void> {
  const { item_id, ...change } = answer;
  await db
    .insertInto('interval_answer')
    .values({ item_id, ...change })
    .onConflict((conflict) => conflict.column('item_id').doUpdateSet(change))
    .execute();
  await db.deleteFrom('interval_note').where('item_id', '=', item_id).execute();
  if (note === null) return;
  await db.insertInto('interval_note').values({ item_id, note, written_at: answer.answered_at }).execute();
}

/** Consultations of that date which have not been handed to anybody. */
export function waitingConsultations(db: Db, date: LocalDate): Promise<IntervalAnswerTable[]> {
  return consultations(db, { date });
}

const consultations = kept((db, is: Slots<{ date: LocalDate }>) =>
  db
    .selectFrom('interval_answer')
    .selectAll()
    .where('date', '=', is('date'))
    .where('answer', '=', 'consult')
    .where('asked', 'is', null)
    .orderBy('item_id'),
);

export async function noteAsked(db: Db, item: string, asked: string): Promise<void> {
  await db.updateTable('interval_answer').set({ asked }).where('item_id', '=', item).execute();
}

export async function noteSeen(db: Db, item: string, at: Instant): Promise<void> {
  await db
    .updateTable('interval_answer')
    .set({ seen_at: at })
    .where('item_id', '=', item)
    .where('seen_at', 'is', null)
    .execute();
}

export function itemById(db: Db, id: string): Promise<ItemTable | undefined> {
  return item(db, { id });
}

const item = keptOne((db, is: Slots<{ id: string }>) => db.selectFrom('item').selectAll().where('id', '=', is('id')));

/** Whether anybody of the roster has this minute as own start. */
export async function hasStart(db: Db, minute: MinuteOfDay): Promise<boolean> {
  return (await starting(db, { minute })) !== undefined;
}

const starting = keptOne((db, is: Slots<{ minute: MinuteOfDay }>) =>
  db.selectFrom('staff_row').select('staff').where('start_minute', '=', is('minute')).limit(sql.lit(1)),
);
