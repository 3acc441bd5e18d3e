import type { Instant } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { kept, type Slots } from '../ports/kept-query.ts';
import type { EmergencyModeTable, ProgrammeStopTable } from '../ports/tables/pauses.ts';

/** Modes that may hold somewhere between two instants, by start. */
export function modesBetween(db: Db, from: Instant, to: Instant): Promise<EmergencyModeTable[]> {
  return modes(db, { from, to });
}

const modes = kept((db, is: Slots<{ from: Instant; to: Instant }>) =>
  db
    .selectFrom('emergency_mode')
    .selectAll()
    .where('started_at', '<', is('to'))
    .where('ends_at', '>', is('from'))
    .orderBy('started_at')
    .orderBy('id'),
);

/** Every personal 停止, by person. */
export function allStops(db: Db): Promise<ProgrammeStopTable[]> {
  return stops(db, {});
}

const stops = kept((db) => db.selectFrom('programme_stop').selectAll());

/** 職員番号 of those who also receive outside their working time. */
export async function receivingOutsideHours(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('receive_setting').select('staff').where('outside_hours', '=', 1).execute();
  return new Set(rows.map((row) => row.staff));
}

export async function putReceiveSetting(db: Db, staff: string, outsideHours: boolean, now: Instant): Promise<void> {
  const change = { outside_hours: outsideHours ? (1 as const) : (0 as const), set_at: now };
  await db
    .insertInto('receive_setting')
    .values({ staff, ...change })
    .onConflict((conflict) => conflict.column('staff').doUpdateSet(change))
    .execute();
}

/** What one person has stopped. */
export async function stopsBy(db: Db, staff: string): Promise<string[]> {
  const rows = await db.selectFrom('programme_stop').select('programme').where('staff', '=', staff).execute();
  return rows.map((row) => row.programme);
}

export async function putStop(db: Db, stop: ProgrammeStopTable): Promise<void> {
  const insert = db.insertInto('programme_stop').values(stop);
  await insert.onConflict((conflict) => conflict.columns(['staff', 'programme']).doNothing()).execute();
}

export async function dropStop(db: Db, staff: string, programme: string): Promise<void> {
  await db.deleteFrom('programme_stop').where('staff', '=', staff).where('programme', '=', programme).execute();
}

export async function outsideHoursOf(db: Db, staff: string): Promise<boolean> {
  const row = await db
    .selectFrom('receive_setting')
    .select('outside_hours')
    .where('staff', '=', staff)
    .executeTakeFirst();
  return row?.outside_hours === 1;
}
