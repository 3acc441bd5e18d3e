import { createHash } from 'node:crypto';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { AuditTable } from '../ports/tables.ts';

/** Who did, saw or exported what. People are given by 職員番号 and kept as a keyed hash; `detail` holds no personal data. */
export interface Act {
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, string | number | boolean>;
}

/** Adds one line to the audit chain, inside the transaction of what it tells of. Each line carries the hash of the one before. */
export async function noteAct(ports: Ports, db: Db, act: Act): Promise<void> {
  const last = await db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const line = {
    seq: (last?.seq ?? 0) + 1,
    at: ports.clock.now(),
    actor: ports.secrets.keyedHash('audit', act.actor),
    action: act.action,
    subject: act.subject,
    detail: JSON.stringify(act.detail),
    previous: last?.hash ?? '',
  };
  await db
    .insertInto('audit')
    .values({ ...line, hash: hashOf(line) })
    .execute();
}

/** SHA-256 (hex) over the fields of a line in their fixed order; it holds the hash of the line before. */
export function hashOf(line: Omit<AuditTable, 'hash'>): string {
  const { seq, at, actor, action, subject, detail, previous } = line;
  return createHash('sha256')
    .update(JSON.stringify([seq, at, actor, action, subject, detail, previous]))
    .digest('hex');
}
