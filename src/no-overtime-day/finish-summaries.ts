import { changeItems } from '../delivery/index.ts';
import type { Instant } from '../ports/clock.ts';
import type { Ports } from '../ports/room.ts';
import { noteItem, summariesToFinish } from './queries.ts';

/** When nobody of a section can answer any more, the head's summary is updated in place a last time (personnel.md 0). */
export async function finishSummaries(ports: Ports, minute: Instant): Promise<void> {
  const waiting = await summariesToFinish(ports.database.db, minute);
  if (waiting.length === 0) return;
  await ports.database.transaction(async (db) => {
    for (const item of waiting) await noteItem(db, item, 'final');
    await changeItems(db, waiting, ports.clock.now());
  });
}
