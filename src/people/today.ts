import { localAt } from '../calendar/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Ports } from '../ports/room.ts';

/** The date on which a command acts: its clock's, in the organisation's time zone. */
export async function todayOf(ports: Ports): Promise<LocalDate> {
  const book = await currentPolicy(ports.database.db, ports.settings);
  return localAt(ports.clock.now(), book.timeZone).date;
}
