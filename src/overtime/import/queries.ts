import type { CompiledQuery } from 'kysely';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { HoursFileTable, HoursOpeningTable, HoursRowTable } from '../../ports/tables/overtime.ts';
import { chunksOf, monthOfDate, rowsAtOnce } from '../queries.ts';

/** Writes the line of a new file and gives its number. */
export async function addFile(db: Db, file: Omit<HoursFileTable, 'no'>): Promise<number> {
  const last = await db
    .selectFrom('hours_file')
    .select((row) => row.fn.max('no').as('no'))
    .executeTakeFirst();
  const no = Number(last?.no ?? 0) + 1;
  await db
    .insertInto('hours_file')
    .values({ no, ...file })
    .execute();
  return no;
}

/** A file of that kind and content that was taken in; undefined for none. */
export function fileOf(db: Db, kind: HoursFileTable['kind'], digest: string): Promise<HoursFileTable | undefined> {
  return db
    .selectFrom('hours_file')
    .selectAll()
    .where('kind', '=', kind)
    .where('digest', '=', digest)
    .executeTakeFirst();
}

/** Every number the roster ever held. */
export async function knownNumbers(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('staff_row').select('staff').distinct().execute();
  return new Set(rows.map((row) => row.staff));
}

/** What stands of these people between two days, by day, kind and flag: the sum and how many rows. */
export async function heldDays(db: Db, staff: string[], from: LocalDate, to: LocalDate) {
  const rows = await db
    .selectFrom('hours_row')
    .select(['staff', 'date', 'kind', 'flag'])
    .select((row) => [row.fn.sum<number>('minutes').as('minutes'), row.fn.countAll<number>().as('rows')])
    .where('staff', 'in', staff)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .where('withdrawn_no', 'is', null)
    .groupBy(['staff', 'date', 'kind', 'flag'])
    .execute();
  return rows.map((row) => ({ ...row, minutes: Number(row.minutes), rows: Number(row.rows) }));
}

/** Months of these people that stand in the ledger by day. */
export async function monthsWithDays(db: Db, staff: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('hours_row')
    .select(['staff', monthOfDate.as('month')])
    .where('staff', 'in', staff)
    .where('withdrawn_no', 'is', null)
    .groupBy(['staff', monthOfDate])
    .execute();
  return new Set(rows.map((row) => `${row.staff} ${row.month}`));
}

const BLANK: HoursRowTable = {
  staff: '',
  date: '',
  kind: 'weekday',
  minutes: 0,
  section_id: null,
  flag: null,
  reason: null,
  file_no: 0,
  withdrawn_no: null,
};

/**
 * Writes rows of hours, some hundred at a time. The statement is put together once and rows are kept as one list of values,
 * because a file has up to two million of them. `flush` writes the rest.
 */
export function hoursWriter(db: Db, size = rowsAtOnce) {
  const statementFor = (rows: number) =>
    db.insertInto('hours_row').values(new Array<HoursRowTable>(rows).fill(BLANK)).compile();
  const full = statementFor(size);
  let rows = 0;
  let parameters: unknown[] = [];
  const write = async (statement: CompiledQuery) => {
    const values = parameters;
    rows = 0;
    parameters = [];
    await db.executeQuery({ ...statement, parameters: values });
  };
  return {
    /** Something to wait for only when a statement's worth has come together. */
    add(row: HoursRowTable): Promise<void> | null {
      const { staff, date, kind, minutes, section_id, flag, reason, file_no, withdrawn_no } = row;
      parameters.push(staff, date, kind, minutes, section_id, flag, reason, file_no, withdrawn_no);
      rows += 1;
      return rows === size ? write(full) : null;
    },
    async flush(): Promise<void> {
      if (rows > 0) await write(statementFor(rows));
    },
  };
}

export async function insertOpenings(db: Db, rows: readonly HoursOpeningTable[]): Promise<void> {
  for (const some of chunksOf(rows)) await db.insertInto('hours_opening').values(some).execute();
}

/** Withdraws what stood of a person on these days; gives the number of rows. */
export async function withdrawDays(db: Db, staff: string, dates: string[], no: number): Promise<number> {
  let count = 0;
  for (const some of chunksOf(dates)) {
    const done = await db
      .updateTable('hours_row')
      .set({ withdrawn_no: no })
      .where('staff', '=', staff)
      .where('date', 'in', some)
      .where('withdrawn_no', 'is', null)
      .executeTakeFirst();
    count += Number(done.numUpdatedRows);
  }
  return count;
}

export async function withdrawOpening(db: Db, staff: string, month: string, no: number): Promise<number> {
  const done = await db
    .updateTable('hours_opening')
    .set({ withdrawn_no: no })
    .where('staff', '=', staff)
    .where('month', '=', month)
    .where('withdrawn_no', 'is', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}
