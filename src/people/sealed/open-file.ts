import { readTable, type Table } from '../../intake/index.ts';
import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
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

/** Takes the roster of one sealed file in, inside the given transaction. Null where another service opened it in the meantime: it is claimed before anything of it is written. */
export async function openOne(ports: Ports, db: Db, file: SealedFileTable, today: LocalDate): Promise<Opened | null> {
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
