import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, type Slots } from '../../ports/kept-query.ts';
import type { LateWorkPriorTable } from '../../ports/tables/late-work.ts';

/** 事前了承 that holds on a date, with its text where that is still kept. */
export type Ahead = LateWorkPriorTable & { note: string | null };

/**
 * What holds on that date, by 職員番号; somebody named twice comes with the latest time. With `at`, what held at that instant,
 * also where it was withdrawn since.
 */
export async function aheadOn(db: Db, date: LocalDate, at?: Instant): Promise<Map<string, LateWorkPriorTable>> {
  const rows = await holding(db, { date });
  const held = rows.filter((row) => row.withdrawn_at === null || (at !== undefined && row.withdrawn_at > at));
  return new Map(held.map((row) => [row.staff, row]));
}

const holding = kept((db, is: Slots<{ date: LocalDate }>) =>
  db
    .selectFrom('late_work_prior')
    .selectAll()
    .where('from_date', '<=', is('date'))
    .where('to_date', '>=', is('date'))
    .orderBy('until_minute'),
);

/** What was recorded for these people and has not ended before that date, in order of its beginning. */
export function aheadFrom(db: Db, date: LocalDate, staff: string[]): Promise<Ahead[]> {
  if (staff.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('late_work_prior as prior')
    .leftJoin('late_work_prior_note as written', 'written.prior_id', 'prior.id')
    .selectAll('prior')
    .select('written.note')
    .where('prior.staff', 'in', staff)
    .where('prior.to_date', '>=', date)
    .where('prior.withdrawn_at', 'is', null)
    .orderBy('prior.from_date')
    .orderBy('prior.staff')
    .orderBy('prior.id')
    .execute();
}

export async function putAhead(db: Db, row: LateWorkPriorTable, note: string | null): Promise<void> {
  await db.insertInto('late_work_prior').values(row).execute();
  if (note === null) return;
  await db.insertInto('late_work_prior_note').values({ prior_id: row.id, note, written_at: row.recorded_at }).execute();
}

export async function withdrawAhead(db: Db, ids: string[], at: Instant): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('late_work_prior')
    .set({ withdrawn_at: at })
    .where('id', 'in', ids)
    .where('withdrawn_at', 'is', null)
    .execute();
}
