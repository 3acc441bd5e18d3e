import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Progress } from '../../ports/room.ts';
import type { StaffRowTable } from '../../ports/tables.ts';
import { chunks } from '../record-import.ts';

/** Writes rows of people; one held from the same day is replaced. */
export async function holdRows(db: Db, rows: StaffRowTable[], watched?: Progress): Promise<void> {
  const keys = rows.map(({ staff, valid_from }) => ({ staff, valid_from }));
  await dropRows(db, keys);
  for (const some of chunks(rows, watched)) await db.insertInto('staff_row').values(some).execute();
}

export async function dropRows(db: Db, keys: { staff: string; valid_from: LocalDate }[]): Promise<void> {
  const byDay = Map.groupBy(keys, (key) => key.valid_from);
  for (const [day, same] of byDay) {
    for (const some of chunks(same)) {
      await db
        .deleteFrom('staff_row')
        .where('valid_from', '=', day)
        .where(
          'staff',
          'in',
          some.map((key) => key.staff),
        )
        .execute();
    }
  }
}
