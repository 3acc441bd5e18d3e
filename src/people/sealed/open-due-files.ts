import { localAt } from '../../calendar/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { keptOne, type Slots } from '../../ports/kept-query.ts';
import type { Ports } from '../../ports/room.ts';
import type { Opened } from './open-file.ts';

/**
 * Opens every sealed file whose day has come, in the order of their days, through the same import as a file of today, inside
 * the given transaction. One that cannot be opened (another key, a changed row) is kept and tried again.
 */
export async function openDueFiles(ports: Ports, db: Db, today: LocalDate): Promise<Opened[]> {
  const due = await db
    .selectFrom('sealed_file')
    .selectAll()
    .where('opened_at', 'is', null)
    .where('effective', '<=', today)
    .orderBy('effective')
    .orderBy('sealed_at')
    .execute();
  if (due.length === 0) return [];
  // A roster is read on few days of a year: what reads it is not loaded by every start.
  const { openOne } = await import('./open-file.ts');
  const opened: Opened[] = [];
  for (const file of due) {
    const one = await openOne(ports, db, file, today);
    if (one) opened.push(one);
  }
  return opened;
}

/** The same at a minute of the service's clock; also days late, when the service was down at that midnight (P8). */
export async function openDueAt(ports: Ports, minute: Instant): Promise<void> {
  const book = await currentPolicy(ports.database.db, ports.settings);
  const today = localAt(minute, book.timeZone).date;
  if (!(await anythingDue(ports.database.db, today))) return;
  noteOpened(ports, await ports.database.transaction((db) => openDueFiles(ports, db, today)));
}

const due = keptOne((db, is: Slots<{ today: LocalDate }>) =>
  db.selectFrom('sealed_file').select('id').where('opened_at', 'is', null).where('effective', '<=', is('today')),
);

async function anythingDue(db: Db, today: LocalDate): Promise<boolean> {
  return (await due(db, { today })) !== undefined;
}

/** Says in the log what was opened, and what could not be: somebody has to bring that file again. */
export function noteOpened(ports: Ports, files: readonly Opened[]): void {
  for (const { kind, effective, rows, taken } of files) {
    if (taken) ports.log.info('A sealed file was opened', { kind, date: effective, rows });
    else ports.log.error('A sealed file could not be opened; import it again', { kind, date: effective });
  }
}
