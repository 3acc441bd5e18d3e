import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { keptOne, type Slots } from '../../ports/kept-query.ts';
import type { ClockGapAnswerTable, PriorApplicationAnswerTable } from '../../ports/tables/prior-application.ts';

export function answerOf(db: Db, item: string): Promise<PriorApplicationAnswerTable | undefined> {
  return answer(db, { item });
}

const answer = keptOne((db, is: Slots<{ item: string }>) =>
  db.selectFrom('prior_application_answer').selectAll().where('item_id', '=', is('item')),
);

/** Writes the answer over an earlier one. */
export async function putAnswer(db: Db, answer: PriorApplicationAnswerTable): Promise<void> {
  const { item_id, ...change } = answer;
  await db
    .insertInto('prior_application_answer')
    .values({ item_id, ...change })
    .onConflict((conflict) => conflict.column('item_id').doUpdateSet(change))
    .execute();
}

/** What a person said of these days of the gap list. */
export async function gapAnswersOf(db: Db, staff: string, dates: LocalDate[]): Promise<ClockGapAnswerTable[]> {
  if (dates.length === 0) return [];
  return db
    .selectFrom('clock_gap_answer')
    .selectAll()
    .where('staff', '=', staff)
    .where('date', 'in', dates)
    .orderBy('date')
    .execute();
}

export async function putGapAnswers(db: Db, answers: ClockGapAnswerTable[]): Promise<void> {
  for (const answer of answers) {
    const { staff, date, ...change } = answer;
    await db
      .insertInto('clock_gap_answer')
      .values({ staff, date, ...change })
      .onConflict((conflict) => conflict.columns(['staff', 'date']).doUpdateSet(change))
      .execute();
  }
}
