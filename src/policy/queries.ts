import type { Db } from '../ports/database.ts';
import type { HolidayTable, PolicyVersionTable } from '../ports/tables.ts';

/** Number and digest of the newest version, without its text: asked at every tick. */
export function latestVersion(db: Db): Promise<{ version: number; digest: string } | undefined> {
  return db
    .selectFrom('policy_version')
    .select(['version', 'digest'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function versionNumbered(db: Db, version: number): Promise<PolicyVersionTable | undefined> {
  return db.selectFrom('policy_version').selectAll().where('version', '=', version).executeTakeFirst();
}

export async function addVersion(db: Db, row: PolicyVersionTable): Promise<void> {
  await db.insertInto('policy_version').values(row).execute();
}

/** What the city says instead of the built-in holidays. */
export function holidayOverrides(db: Db): Promise<HolidayTable[]> {
  return db.selectFrom('holiday').selectAll().orderBy('date').execute();
}

/** Takes the place of what was said of that date before. */
export async function overrideHoliday(db: Db, row: HolidayTable): Promise<void> {
  await db
    .insertInto('holiday')
    .values(row)
    .onConflict((conflict) => conflict.column('date').doUpdateSet({ name: row.name, import_id: row.import_id }))
    .execute();
}

/** From now on the built-in table decides on that date. */
export async function forgetOverride(db: Db, date: string): Promise<void> {
  await db.deleteFrom('holiday').where('date', '=', date).execute();
}
