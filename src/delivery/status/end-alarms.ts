import type { Instant } from '../../ports/clock.ts';
import type { Ports } from '../../ports/room.ts';
import { readGate } from '../gate/queries.ts';
import { alarmRule } from '../gate/raise-alarm.ts';
import { changeItems } from '../take-press.ts';
import { endOf } from './draw-alarm.ts';
import { alarmsWithoutEnd, noteEnd } from './queries.ts';

/**
 * Keeps the end of every alarm that is over and has its card updated: the card that tried whether Teams accepts again left
 * while the breaker was still open.
 */
export async function endAlarms(ports: Ports, minute: Instant): Promise<void> {
  if ((await alarmsWithoutEnd(ports.database.db, alarmRule)).length === 0) return;
  await ports.database.transaction(async (db) => {
    const gate = await readGate(db);
    const ended = Map.groupBy(await alarmsWithoutEnd(db, alarmRule), (item) => item.occasion);
    for (const [occasion, items] of ended) {
      const end = endOf(gate, Number(occasion));
      if (end === null) continue;
      const ids = items.map((item) => item.id);
      await noteEnd(db, ids, JSON.stringify(end));
      await changeItems(db, ids, minute);
    }
  });
}
