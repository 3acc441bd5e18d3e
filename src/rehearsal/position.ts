import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';

const key = 'rehearsal-clock';

/** Where the rehearsal clock of this store stood last; null in a store that was never rehearsed. */
export async function storedPosition(db: Db): Promise<Instant | null> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row ? Number(row.value) : null;
}

/** Keeps where the clock stands; it never steps back. */
export async function storePosition(db: Db, at: Instant): Promise<void> {
  const value = String(at);
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }).where('meta.value', '<', value))
    .execute();
}
