import { sql } from 'kysely';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, keptOfMany, keptOne, type Slots } from '../../ports/kept-query.ts';
import type { ClockGapAnswerTable, WeeklyDigestCommentTable } from '../../ports/tables/prior-application.ts';
import type { ItemTable } from '../../ports/tables.ts';

type Known = Pick<ItemTable, 'staff' | 'date' | 'about'>;

type Between = { rule: string; from: LocalDate; to: LocalDate };

/** The rule as a value and no column: people are few, and a rule has had items for months. */
const ofRule = sql<string>`rule || ''`;

const items = keptOfMany((db, is: Slots<Between>, staff) =>
  db
    .selectFrom('item')
    .select(['staff', 'date', 'about'])
    .where(ofRule, '=', is('rule'))
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
  return new Set((await asked(db, { from, to })).map((row) => row.date));
}

const asked = kept((db, is: Slots<Omit<Between, 'rule'>>) =>
  db
    .selectFrom('occasion')
    .select('date')
    .distinct()
    .where('rule', '=', 'no-overtime-day')
    .where('date', '>=', is('from'))
    .where('date', '<=', is('to')),
);

const skipped = keptOfMany((db, is: Slots<Between & { why: string }>, staff) =>
  db
    .selectFrom('item')
    .select(['staff', 'date', 'about'])
    .where(ofRule, '=', is('rule'))
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
  return gapAnswers(db, { from, to }, staff);
}

const gapAnswers = keptOfMany((db, is: Slots<Omit<Between, 'rule'>>, staff) =>
  db
    .selectFrom('clock_gap_answer')
    .selectAll()
    .where('date', '>=', is('from'))
    .where('date', '<=', is('to'))
    .where('staff', 'in', staff),
);

export function commentOn(db: Db, item: string): Promise<WeeklyDigestCommentTable | undefined> {
  return comment(db, { item });
}

const comment = keptOne((db, is: Slots<{ item: string }>) =>
  db.selectFrom('weekly_digest_comment').selectAll().where('item_id', '=', is('item')),
);

/** The last comment a person wrote on an earlier digest. */
export function commentBefore(db: Db, staff: string, date: LocalDate): Promise<WeeklyDigestCommentTable | undefined> {
  return lastComment(db, { staff, date });
}

const lastComment = keptOne((db, is: Slots<{ staff: string; date: LocalDate }>) =>
  db
    .selectFrom('weekly_digest_comment')
    .selectAll()
    .where('staff', '=', is('staff'))
    .where('date', '<', is('date'))
    .orderBy('date', 'desc')
    .limit(sql.lit(1)),
);

/** Writes a comment over an earlier one on the same digest. */
export async function putComment(db: Db, comment: WeeklyDigestCommentTable): Promise<void> {
  const { item_id, ...change } = comment;
  await db
    .insertInto('weekly_digest_comment')
    .values(comment)
    .onConflict((conflict) => conflict.column('item_id').doUpdateSet(change))
    .execute();
}
