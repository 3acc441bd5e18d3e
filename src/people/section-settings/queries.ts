import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, type Slots } from '../../ports/kept-query.ts';
import type { SectionSettingTable } from '../../ports/tables/prior-application.ts';

export type SettingName = SectionSettingTable['name'];

/** What heads have set under a name as it holds on a date, one row per section. */
export async function settingsOn(db: Db, name: SettingName, date: LocalDate): Promise<SectionSettingTable[]> {
  const rows = await settings(db, { name, date });
  return [...new Map(rows.map((row) => [row.section_id, row])).values()];
}

const settings = kept((db, is: Slots<{ name: SettingName; date: LocalDate }>) =>
  db
    .selectFrom('section_setting')
    .selectAll()
    .where('name', '=', is('name'))
    .where('valid_from', '<=', is('date'))
    .orderBy('valid_from'),
);

/** Writes a setting; a second one for the same day takes the place of the first. */
export async function putSetting(db: Db, setting: SectionSettingTable): Promise<void> {
  const { section_id, name, valid_from, ...change } = setting;
  await db
    .insertInto('section_setting')
    .values(setting)
    .onConflict((conflict) => conflict.columns(['section_id', 'name', 'valid_from']).doUpdateSet(change))
    .execute();
}

/** When something of a section was last set to hold from that day; null where nothing was. */
export async function sectionSetAt(db: Db, section: string, from: LocalDate): Promise<Instant | null> {
  const row = await db
    .selectFrom('section_setting')
    .select((eb) => eb.fn.max('set_at').as('at'))
    .where('section_id', '=', section)
    .where('valid_from', '=', from)
    .executeTakeFirst();
  return row?.at == null ? null : Number(row.at);
}
