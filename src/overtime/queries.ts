import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Progress } from '../ports/room.ts';
import type { HoursFileTable, HoursKind, HoursOpeningTable, HoursRowTable } from '../ports/tables/overtime.ts';

/** Which files are looked at: all, or those of these numbers only (as they stood then); `until` is the last day counted. */
export interface Sight {
  files: number[] | null;
  until: LocalDate | null;
}

/** Rows of one statement: SQLite takes 32,766 parameters. */
export const rowsAtOnce = 400;

export function* chunksOf<T>(rows: readonly T[], size = rowsAtOnce, watched: Progress = () => {}): Generator<T[]> {
  for (let from = 0; from < rows.length; from += size) {
    yield rows.slice(from, from + size);
    watched(Math.min(from + size, rows.length), rows.length);
  }
}

/** A file of hours or of opening months with that digest. */
export function anyFileOf(db: Db, digest: string): Promise<HoursFileTable | undefined> {
  return db.selectFrom('hours_file').selectAll().where('digest', '=', digest).orderBy('no', 'desc').executeTakeFirst();
}

export async function filesUntil(db: Db, instant: Instant): Promise<number[]> {
  const rows = await db.selectFrom('hours_file').select('no').where('imported_at', '<=', instant).execute();
  return rows.map((row) => row.no);
}

export async function filesUpTo(db: Db, no: number): Promise<number[]> {
  const rows = await db.selectFrom('hours_file').select('no').where('no', '<=', no).execute();
  return rows.map((row) => row.no);
}

export const monthOfDate = sql<string>`substr(date, 1, 7)`;

/** Opening months that stand, of these people or of everybody. */
export function openings(db: Db, staff: string[] | null, sight: Sight): Promise<HoursOpeningTable[]> {
  const all = db.selectFrom('hours_opening').selectAll();
  return (staff === null ? all : all.where('staff', 'in', staff)).where(inSight(sight)).execute();
}

/** Only what the files in sight said and had not withdrawn. */
function inSight({ files }: Sight): RawBuilder<SqlBool> {
  if (files === null) return sql<SqlBool>`withdrawn_no is null`;
  const among = files.length === 0 ? sql`(0)` : sql`(${sql.join(files)})`;
  return sql<SqlBool>`file_no in ${among} and (withdrawn_no is null or withdrawn_no not in ${among})`;
}

export interface SummedMinutes {
  staff: string;
  /** `YYYY-MM`, or the day where minutes are wanted by day. */
  period: string;
  kind: HoursKind;
  flag: HoursRowTable['flag'];
  reason: string | null;
  section: string | null;
  minutes: number;
}

/** Minutes of these people between two days, summed by day or by month, as the files in sight have them. */
export async function summedMinutes(
  db: Db,
  staff: string[],
  days: { from: LocalDate; to: LocalDate; each: 'day' | 'month' },
  sight: Sight,
): Promise<SummedMinutes[]> {
  if (staff.length === 0) return [];
  const period = days.each === 'day' ? sql<string>`date` : monthOfDate;
  const to = sight.until !== null && sight.until < days.to ? sight.until : days.to;
  const rows = await db
    .selectFrom('hours_row')
    .select(['staff', 'kind', 'flag', 'reason', 'section_id as section', period.as('period')])
    .select((row) => row.fn.sum<number>('minutes').as('minutes'))
    .where('staff', 'in', staff)
    .where('date', '>=', days.from)
    .where('date', '<=', to)
    .where(inSight(sight))
    .groupBy(['staff', 'kind', 'flag', 'reason', 'section_id', period])
    .execute();
  return rows.map((row) => ({ ...row, minutes: Number(row.minutes) }));
}

/** The same minutes twice: as they stand, and as they stood after the file of that number. */
export async function comparedMinutes(
  db: Db,
  staff: string[],
  days: { from: LocalDate; to: LocalDate; each: 'day' | 'month' },
  since: number,
): Promise<(SummedMinutes & { before: number })[]> {
  if (staff.length === 0) return [];
  const period = days.each === 'day' ? sql<string>`date` : monthOfDate;
  const now = sql<number>`sum(case when withdrawn_no is null then minutes else 0 end)`;
  const stood = sql`file_no <= ${since} and (withdrawn_no is null or withdrawn_no > ${since})`;
  const before = sql<number>`sum(case when ${stood} then minutes else 0 end)`;
  const rows = await db
    .selectFrom('hours_row')
    .select(['staff', 'kind', 'flag', 'reason', 'section_id as section', period.as('period')])
    .select([now.as('minutes'), before.as('before')])
    .where('staff', 'in', staff)
    .where('date', '>=', days.from)
    .where('date', '<=', days.to)
    .groupBy(['staff', 'kind', 'flag', 'reason', 'section_id', period])
    .execute();
  return rows.map((row) => ({ ...row, minutes: Number(row.minutes), before: Number(row.before) }));
}

/** Opening months of these people, withdrawn ones too. */
export function openingsEver(db: Db, staff: string[]): Promise<HoursOpeningTable[]> {
  return db.selectFrom('hours_opening').selectAll().where('staff', 'in', staff).execute();
}

/** First and last day of the files in sight; null where there is none. */
export async function ledgerDays(db: Db, { files }: Sight): Promise<{ first: LocalDate; last: LocalDate } | null> {
  if (files?.length === 0) return null;
  const all = db.selectFrom('hours_file').where('kind', '=', 'hours');
  const row = await (files === null ? all : all.where('no', 'in', files))
    .select((one) => [one.fn.min('first_date').as('first'), one.fn.max('last_date').as('last')])
    .executeTakeFirst();
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

/** Who has other minutes since the file of that number, and the first month that is concerned. */
export async function changedSince(db: Db, no: number): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('hours_row')
    .select(['staff', sql<string>`min(substr(date, 1, 7))`.as('month')])
    .where((where) => where.or([where('file_no', '>', no), where('withdrawn_no', '>', no)]))
    .groupBy('staff')
    .execute();
  const opened = await db
    .selectFrom('hours_opening')
    .select(['staff', sql<string>`min(month)`.as('month')])
    .where((where) => where.or([where('file_no', '>', no), where('withdrawn_no', '>', no)]))
    .groupBy('staff')
    .execute();
  const changed = new Map<string, string>();
  for (const { staff, month } of [...rows, ...opened]) {
    const known = changed.get(staff);
    if (known === undefined || month < known) changed.set(staff, month);
  }
  return changed;
}
