import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { OccasionTable } from '../ports/tables.ts';

const lastMinuteKey = 'last-minute';

/** The last minute whose occasions have been dealt with; null in a store that has never ticked. */
export async function lastMinute(db: Db): Promise<Instant | null> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', lastMinuteKey).executeTakeFirst();
  return row ? Number(row.value) : null;
}

export async function setLastMinute(db: Db, minute: Instant): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key: lastMinuteKey, value: String(minute) })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: String(minute) }))
    .execute();
}

/** The unique key decides who fires an occasion: one more row, or, where it stands already, its counts grow. */
export async function noteOccasion(db: Db, occasion: OccasionTable): Promise<void> {
  await db
    .insertInto('occasion')
    .values(occasion)
    .onConflict((conflict) =>
      conflict.columns(['rule', 'date', 'minute']).doUpdateSet((row) => ({
        planned: row('occasion.planned', '+', occasion.planned),
        skipped: row('occasion.skipped', '+', occasion.skipped),
      })),
    )
    .execute();
}
