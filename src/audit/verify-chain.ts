import type { Db } from '../ports/database.ts';
import type { CliResult, Ports, Progress } from '../ports/room.ts';
import { hashOf } from './note-act.ts';

const linesAtOnce = 5000;

/** The first line that does not fit: changed, missing, or out of its place. */
export interface Break {
  seq: number;
  why: 'changed' | 'missing';
}

/** Reads the whole chain and says how long it is and where it breaks first; an empty chain holds. */
export async function verifyChain(
  db: Db,
  watched: Progress = () => {},
): Promise<{ lines: number; broken: Break | null }> {
  const last = await db.selectFrom('audit').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  let previous = '';
  let lines = 0;
  for (;;) {
    const some = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', lines)
      .orderBy('seq')
      .limit(linesAtOnce)
      .execute();
    if (some.length === 0) return { lines, broken: null };
    for (const { hash, ...line } of some) {
      if (line.seq !== lines + 1 || line.previous !== previous)
        return { lines, broken: { seq: lines + 1, why: 'missing' } };
      if (hashOf(line) !== hash) return { lines, broken: { seq: line.seq, why: 'changed' } };
      previous = hash;
      lines += 1;
    }
    watched(lines, Math.max(lines, last?.seq ?? 0));
  }
}

/** `audit verify`: exit 1 where the chain does not hold. */
export async function verifyAudit(ports: Ports): Promise<CliResult> {
  const { lines, broken } = await verifyChain(ports.database.db, ports.progress?.('監査記録'));
  if (broken === null) return { document: { ok: true, lines }, lines: [`監査記録 ${lines}行: 改変はありません。`] };
  const message =
    broken.why === 'changed'
      ? `監査記録の${broken.seq}行目が書き換えられています。`
      : `監査記録の${broken.seq}行目がないか、前の行とつながりません。`;
  return {
    document: { ok: false, lines, broken },
    lines: [],
    failed: { code: 'audit-broken', message, where: `audit:${broken.seq}` },
  };
}
