import { localAt } from '../../calendar/index.ts';
import { readTable } from '../../intake/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Ports } from '../../ports/room.ts';
import type { SealedFileTable } from '../../ports/tables.ts';
import { STAFF_OPTIONAL, STAFF_REQUIRED } from '../roster/schema.ts';
import { takeRoster } from '../roster/take-roster.ts';
import { purposeOf } from './seal-file.ts';

/** Opens every sealed file whose day has come, in the order of their days, through the same import as a file of today. */
export async function openDueFiles(ports: Ports, today: LocalDate): Promise<void> {
  const due = await ports.database.db
    .selectFrom('sealed_file')
    .selectAll()
    .where('opened_at', 'is', null)
    .where('effective', '<=', today)
    .orderBy('effective')
    .orderBy('sealed_at')
    .execute();
  for (const file of due) await openOne(ports, file);
}

/** The same at a minute of the service's clock. */
export async function openDueAt(ports: Ports, minute: Instant): Promise<void> {
  const book = await currentPolicy(ports.database.db, ports.settings);
  await openDueFiles(ports, localAt(minute, book.timeZone).date);
}

async function openOne(ports: Ports, file: SealedFileTable): Promise<void> {
  const bytes = Buffer.from(ports.secrets.unseal(purposeOf(file.kind, file.effective), file.content), 'base64');
  const table = readTable(bytes, { required: STAFF_REQUIRED, optional: STAFF_OPTIONAL });
  const flags = { effective: file.effective, explicit: true, confirmLeavers: true, dryRun: false };
  await ports.database.transaction(async (db) => {
    const { report } = await takeRoster(ports, db, table, flags);
    await db
      .updateTable('sealed_file')
      .set({ opened_at: ports.clock.now(), content: '' })
      .where('id', '=', file.id)
      .execute();
    ports.log.info('A sealed file was opened', {
      kind: file.kind,
      date: file.effective,
      rows: report.rows,
      failed: report.problemsTotal,
    });
  });
}
