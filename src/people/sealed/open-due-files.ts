import { localAt } from '../../calendar/index.ts';
import { readTable, type Table } from '../../intake/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { keptOne, type Slots } from '../../ports/kept-query.ts';
import type { Ports } from '../../ports/room.ts';
import type { SealedFileTable } from '../../ports/tables.ts';
import { STAFF_OPTIONAL, STAFF_REQUIRED } from '../roster/schema.ts';
import { takeRoster } from '../roster/take-roster.ts';
import { purposeOf } from './seal-file.ts';

/** A sealed file whose day has come; `taken` is false where it could not be read and stays as it is. */
export interface Opened {
  kind: string;
  effective: LocalDate;
  rows: number;
  taken: boolean;
}

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
  db
    .selectFrom('sealed_file')
    .select('id')
    .where('opened_at', 'is', null)
    .where('effective', '<=', is('today'))
    .limit(1),
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

/** Null where another service opened it in the meantime: it is claimed before anything of it is written. */
async function openOne(ports: Ports, db: Db, file: SealedFileTable, today: LocalDate): Promise<Opened | null> {
  const { kind, effective } = file;
  const table = unsealed(ports, file);
  if (table === null) return { kind, effective, rows: 0, taken: false };
  const settle = (settled: { opened_at: Instant | null; content: string }) =>
    db.updateTable('sealed_file').set(settled).where('id', '=', file.id);
  const claim = settle({ opened_at: ports.clock.now(), content: '' }).where('opened_at', 'is', null);
  if (Number((await claim.executeTakeFirst()).numUpdatedRows) === 0) return null;
  const flags = { effective, explicit: true, confirmLeavers: true, dryRun: false, today };
  const { report } = await takeRoster(ports, db, table, flags);
  const taken = report.problemsTotal === 0;
  if (!taken) await settle({ opened_at: null, content: file.content }).execute();
  return { kind, effective, rows: taken ? report.rows : 0, taken };
}

function unsealed(ports: Ports, file: SealedFileTable): Table | null {
  try {
    const bytes = Buffer.from(ports.secrets.unseal(purposeOf(file.kind, file.effective), file.content), 'base64');
    return readTable(bytes, { required: STAFF_REQUIRED, optional: STAFF_OPTIONAL });
  } catch {
    return null;
  }
}
