import { sql } from 'kysely';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { kept, keptOne } from '../ports/kept-query.ts';
import type { HolidayTable, PolicyVersionTable, RetentionTable } from '../ports/tables.ts';

const newest = keptOne((db) =>
  db.selectFrom('policy_version').select(['version', 'digest']).orderBy('version', 'desc').limit(sql.lit(1)),
);

/** Number and digest of the newest version, without its text: asked at every tick. */
export function latestVersion(db: Db): Promise<{ version: number; digest: string } | undefined> {
  return newest(db, {});
}

export function versionNumbered(db: Db, version: number): Promise<PolicyVersionTable | undefined> {
  return db.selectFrom('policy_version').selectAll().where('version', '=', version).executeTakeFirst();
}

export async function addVersion(db: Db, row: PolicyVersionTable): Promise<void> {
  await db.insertInto('policy_version').values(row).execute();
}

const overrides = kept((db) => db.selectFrom('holiday').selectAll().orderBy('date'));

/** What the city says instead of the built-in holidays. */
export function holidayOverrides(db: Db): Promise<HolidayTable[]> {
  return overrides(db, {});
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

export function retentionRows(db: Db): Promise<RetentionTable[]> {
  return db.selectFrom('retention').selectAll().orderBy('table_name').execute();
}

/** Deletes rows whose column is below a date or instant. Both names come from our own migrations. */
export async function deleteOlder(db: Db, table: string, column: string, before: LocalDate | number): Promise<void> {
  await sql`delete from ${sql.table(table)} where ${sql.ref(column)} < ${before}`.execute(db);
}

const lastExpiryKey = 'retention-date';

/** The local date on which records were last deleted for their age; null where they never were. */
export async function lastExpiry(db: Db): Promise<LocalDate | null> {
  return (await expired(db, {}))?.value ?? null;
}

const expired = keptOne((db) => db.selectFrom('meta').select('value').where('key', '=', lastExpiryKey));

export async function noteExpiry(db: Db, date: LocalDate): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key: lastExpiryKey, value: date })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: date }))
    .execute();
}
