import { sql } from 'kysely';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { kept, keptOne, type Slots } from '../ports/kept-query.ts';
import type { OccasionTable } from '../ports/tables.ts';

const lastMinuteKey = 'last-minute';
const lastStateKey = 'last-roster-and-policy';

/** The last minute whose occasions have been dealt with; null in a store that has never ticked. */
export async function lastMinute(db: Db): Promise<Instant | null> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', lastMinuteKey).executeTakeFirst();
  return row ? Number(row.value) : null;
}

/** Which roster and policy the last minute was dealt with under; null in a store that has never ticked. */
export async function lastState(db: Db): Promise<string | null> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', lastStateKey).executeTakeFirst();
  return row?.value ?? null;
}

export async function setLastState(db: Db, state: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key: lastStateKey, value: state })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: state }))
    .execute();
}

/** A service that is behind another one never moves it back. */
export async function setLastMinute(db: Db, minute: Instant): Promise<void> {
  await putMinute(db, { minute, text: String(minute) });
}

const putMinute = kept((db, is: Slots<{ minute: Instant; text: string }>) =>
  db
    .insertInto('meta')
    .values({ key: lastMinuteKey, value: is('text') })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ value: is('text') })
        .where((where) => where(sql<number>`cast(meta.value as bigint)`, '<', is('minute'))),
    ),
);

/** Whether some service has fired this occasion to its end. */
export async function isFired(db: Db, rule: string, date: LocalDate, minute: Instant): Promise<boolean> {
  const row = await stateOf(db, { rule, date, minute });
  return row !== undefined && row.state !== 'planning';
}

const stateOf = keptOne((db, is: Slots<Pick<OccasionTable, 'rule' | 'date' | 'minute'>>) =>
  db
    .selectFrom('occasion')
    .select(['state', 'planned'])
    .where('rule', '=', is('rule'))
    .where('date', '=', is('date'))
    .where('minute', '=', is('minute')),
);

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

/** All pages of it are planned. One of which something was planned in time before was not missed. */
export async function finishOccasion(
  db: Db,
  { rule, date, minute }: Pick<OccasionTable, 'rule' | 'date' | 'minute'>,
  state: OccasionTable['state'],
): Promise<void> {
  const held = await stateOf(db, { rule, date, minute });
  if (held?.state !== 'planning') return;
  await db
    .updateTable('occasion')
    .set({ state: state === 'missed' && held.planned > 0 ? 'caught-up' : state })
    .where('rule', '=', rule)
    .where('date', '=', date)
    .where('minute', '=', minute)
    .execute();
}
