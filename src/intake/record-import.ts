import { noteAct } from '../audit/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { ImportCounts } from './import-report.ts';

/**
 * One line for a file that changed something, and one in the audit, in the transaction that wrote its rows. `actor` is the
 * system that posted it, where nobody named it on a command line.
 */
export async function recordImport(
  ports: Ports,
  db: Db,
  file: ImportCounts & { id: string; kind: string; digest: string; effective: LocalDate | null; rows: number },
  actor = 'cli',
): Promise<void> {
  const row = { ...file, imported_at: ports.clock.now() };
  await db.insertInto('import_file').values(row).execute();
  const { kind, digest, rows, added, changed, withdrawn } = file;
  await noteAct(ports, db, {
    actor,
    action: 'import',
    subject: kind,
    detail: { digest, rows, added, changed, withdrawn },
  });
}
