import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { keptOfMany, type Slots } from '../../ports/kept-query.ts';
import type { ClockGapAnswerTable, WeeklyDigestCommentTable } from '../../ports/tables/prior-application.ts';
import type { ItemTable } from '../../ports/tables.ts';

type Known = Pick<ItemTable, 'staff' | 'date' | 'about'>;

type Between = { rule: string; from: LocalDate; to: LocalDate };

const items = keptOfMany((db, is: Slots<Between>, staff) =>
  db
    .selectFrom('item')
    .select(['staff', 'date', 'about'])
    .where('rule', '=', is('rule'))
    .where('state', '=', 'open')
    .where('staff', 'in', staff)
    .where('date', '>=', is('from'))
    .where('date', '<=', is('to')),
);

/** Items of a rule that were due on these dates (both included), of these people, by date and person. */
export async function itemsBetween(
  db: Db,
  rule: string,
  from: LocalDate,
  to: LocalDate,
  staff: string[],
): Promise<Known[]> {
  return (await items(db, { rule, from, to }, staff)).sort(
    (one, other) => compare(one.date, other.date) || compare(one.staff, other.staff),
  );
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Dates (both included) on which somebody was asked whether they go home. */
export async function datesAsked(db: Db, from: LocalDate, to: LocalDate): Promise<Set<LocalDate>> {
  const rows = await db
    .selectFrom('occasion')
    .select('date')
    .distinct()
    .where('rule', '=', 'no-overtime-day')
    .where('date', '>=', from)
    .where('date', '<=', to)
    .execute();
  return new Set(rows.map((row) => row.date));
}

const skipped = keptOfMany((db, is: Slots<Between & { why: string }>, staff) =>
  db
    .selectFrom('item')
    .select(['staff', 'date', 'about'])
    .where('rule', '=', is('rule'))
    .where('state', '=', 'skipped')
    .where('why', '=', is('why'))
    .where('staff', 'in', staff)
    .where('date', '>=', is('from'))
    .where('date', '<=', is('to')),
);

/** Those of these people who were not sent a card of a rule for that reason, by date (both included). */
export function skippedBetween(
  db: Db,
  rule: string,
  why: string,
  from: LocalDate,
  to: LocalDate,
  staff: string[],
): Promise<Known[]> {
  return skipped(db, { rule, why, from, to }, staff);
}

/** What these people said of days of the gap list between these dates (both included). */
export function gapAnswersBetween(
  db: Db,
  from: LocalDate,
  to: LocalDate,
  staff: string[],
): Promise<ClockGapAnswerTable[]> {
  const all = db.selectFrom('clock_gap_answer').selectAll().where('date', '>=', from).where('date', '<=', to);
  return staff.length === 0 ? Promise.resolve([]) : all.where('staff', 'in', staff).execute();
}

export function commentOn(db: Db, item: string): Promise<WeeklyDigestCommentTable | undefined> {
  return db.selectFrom('weekly_digest_comment').selectAll().where('item_id', '=', item).executeTakeFirst();
}

/** The last comment a person wrote on an earlier digest. */
export function commentBefore(db: Db, staff: string, date: LocalDate): Promise<WeeklyDigestCommentTable | undefined> {
  return db
    .selectFrom('weekly_digest_comment')
    .selectAll()
    .where('staff', '=', staff)
    .where('date', '<', date)
    .orderBy('date', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Writes a comment over an earlier one on the same digest. */
export async function putComment(db: Db, comment: WeeklyDigestCommentTable): Promise<void> {
  const { item_id, ...change } = comment;
  await db
    .insertInto('weekly_digest_comment')
    .values(comment)
    .onConflict((conflict) => conflict.column('item_id').doUpdateSet(change))
    .execute();
}
