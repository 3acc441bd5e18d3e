import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { RestrictionTable } from '../../ports/tables/overtime.ts';

/** Rows of the roster read at a time: all of a large city at once would fill the memory. */
const rosterAtOnce = 2000;

/** The roster through time, by number and day, page by page. */
export async function* rosterRows(db: Db) {
  let last = { staff: '', valid_from: '' };
  for (let full = true; full; ) {
    const { staff, valid_from } = last;
    const rows = await db
      .selectFrom('staff_row')
      .select(['staff', 'valid_from', 'manager', 'bureau', 'division', 'unit', 'section_id', 'workplace', 'category'])
      .select(['hired_on', 'left_on', 'previous_number', 'appointer'])
      .where((where) =>
        where.or([
          where('staff', '>', staff),
          where.and([where('staff', '=', staff), where('valid_from', '>', valid_from)]),
        ]),
      )
      .orderBy('staff')
      .orderBy('valid_from')
      .limit(rosterAtOnce)
      .execute();
    yield rows;
    full = rows.length === rosterAtOnce;
    last = rows.at(-1) ?? last;
  }
}

/** The roster rows of these numbers, and of those that name one of them as 前職員番号. */
export async function rosterRowsOf(db: Db, staff: string[]) {
  return db
    .selectFrom('staff_row')
    .select(['staff', 'valid_from', 'manager', 'bureau', 'division', 'unit', 'section_id', 'workplace', 'category'])
    .select(['hired_on', 'left_on', 'previous_number', 'appointer'])
    .where((where) => where.or([where('staff', 'in', staff), where('previous_number', 'in', staff)]))
    .orderBy('staff')
    .orderBy('valid_from')
    .execute();
}

/** Days of these people that are off as a whole between two days. */
export async function wholeDaysOff(db: Db, staff: string[], from: LocalDate, to: LocalDate): Promise<Set<LocalDate>> {
  const rows = await db
    .selectFrom('leave_day')
    .select('date')
    .where('staff', 'in', staff)
    .where('kind', '=', '全日')
    .where('date', '>=', from)
    .where('date', '<=', to)
    .execute();
  return new Set(rows.map((row) => row.date));
}

/** Restrictions in force on a day. */
export function restrictionsOn(db: Db, date: LocalDate): Promise<RestrictionTable[]> {
  return db
    .selectFrom('restriction')
    .selectAll()
    .where('valid_from', '<=', date)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', date)]))
    .execute();
}

export function allRestrictions(db: Db): Promise<RestrictionTable[]> {
  return db.selectFrom('restriction').selectAll().execute();
}

/** Writes restrictions over those of the same person, kind and beginning. */
export async function putRestrictions(db: Db, rows: readonly RestrictionTable[]): Promise<void> {
  for (const row of rows) {
    await db
      .insertInto('restriction')
      .values(row)
      .onConflict((held) =>
        held.columns(['staff', 'kind', 'valid_from']).doUpdateSet({ valid_to: row.valid_to, import_id: row.import_id }),
      )
      .execute();
  }
}
