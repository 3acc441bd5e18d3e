import { localAt } from '../../calendar/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { DrawItem } from '../../ports/room.ts';
import type { DeliveryGateTable } from '../../ports/tables/delivery.ts';
import { readGate } from '../gate/queries.ts';
import { deliveryAlarmCard } from './card.ts';
import { alarmEndSchema } from './schema.ts';

/** How an alarm that began at that instant ended: null while the breaker is open, empty where it is not known any more. */
export function endOf(gate: DeliveryGateTable, openedAt: number): { closedAt?: number; undone?: number } | null {
  if (gate.opened_at === openedAt) return null;
  if (gate.opened_at !== null || gate.closed_at === null || gate.closed_at < openedAt) return {};
  return { closedAt: gate.closed_at, undone: gate.undone };
}

/** The alarm as it stands when it is sent: since when Teams refused, and what came of it. */
export const drawAlarm: DrawItem = async (ports, db, item, reader) => {
  const { timeZone } = await currentPolicy(db, ports.settings);
  const openedAt = Number(item.occasion);
  const kept = item.note === null ? null : alarmEndSchema.parse(JSON.parse(item.note));
  const end = kept ?? endOf(await readGate(db), openedAt);
  return deliveryAlarmCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: end === null ? 'open' : 'closed',
    since: localAt(openedAt, timeZone),
    ...(end?.closedAt === undefined ? {} : { until: localAt(end.closedAt, timeZone) }),
    ...(end?.undone === undefined ? {} : { undone: end.undone }),
  });
};
