import { noteAct } from '../../audit/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';

/** Keeps a checked file sealed until its day (P8), and says so in the audit; an earlier one of the same kind and day gives way to it. */
export async function sealFile(
  ports: Ports,
  db: Db,
  file: { kind: string; effective: LocalDate; digest: string; bytes: Uint8Array },
): Promise<void> {
  const { kind, effective, digest } = file;
  if (await isSealed(db, file)) return;
  const content = ports.secrets.seal(purposeOf(kind, effective), Buffer.from(file.bytes).toString('base64'));
  await db
    .deleteFrom('sealed_file')
    .where('kind', '=', kind)
    .where('effective', '=', effective)
    .where('opened_at', 'is', null)
    .execute();
  await db
    .insertInto('sealed_file')
    .values({ id: ports.random.id(), kind, effective, digest, content, sealed_at: ports.clock.now(), opened_at: null })
    .execute();
  await noteAct(ports, db, { actor: 'cli', action: 'import-sealed', subject: kind, detail: { digest, effective } });
}

/** The very same file waits for that day already. */
async function isSealed(db: Db, file: { kind: string; effective: LocalDate; digest: string }): Promise<boolean> {
  const { kind, effective, digest } = file;
  const sealed = db.selectFrom('sealed_file').select('id').where('opened_at', 'is', null);
  const same = sealed.where('kind', '=', kind).where('effective', '=', effective).where('digest', '=', digest);
  return (await same.executeTakeFirst()) !== undefined;
}

/** A seal opens only for the day it was made for. */
export function purposeOf(kind: string, effective: LocalDate): string {
  return `${kind} ${effective}`;
}
