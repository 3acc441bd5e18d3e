import type { Db } from '../../ports/database.ts';
import type { RestPlanAnswerTable } from '../../ports/tables/pauses.ts';

export function restAnswerOf(db: Db, item: string): Promise<RestPlanAnswerTable | undefined> {
  return db.selectFrom('rest_plan_answer').selectAll().where('item_id', '=', item).executeTakeFirst();
}

/** Writes the answer over an earlier one. */
export async function putRestAnswer(db: Db, answer: RestPlanAnswerTable): Promise<void> {
  const { item_id, ...change } = answer;
  await db
    .insertInto('rest_plan_answer')
    .values({ item_id, ...change })
    .onConflict((conflict) => conflict.column('item_id').doUpdateSet(change))
    .execute();
}
