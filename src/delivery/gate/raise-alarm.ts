import { localAt } from '../../calendar/index.ts';
import { rolesOn } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import { planItems } from '../plan.ts';

export const alarmRule = 'delivery.alarm';
export const alarmCard = 'delivery-alarm';
const told = ['hr', 'ict'];
const usefulFor = 24 * 60 * 60_000;

/** One card for everybody in the roles HR and ICT, which arrives when Teams accepts again and says since when it did not. */
export async function raiseAlarm(ports: Ports, db: Db, openedAt: Instant): Promise<void> {
  const book = await currentPolicy(db, ports.settings);
  const { date } = localAt(openedAt, book.timeZone);
  const roles = await rolesOn(db, book.on(date), date);
  const staff = [...roles].filter(([, held]) => held.some((role) => told.includes(role))).map(([person]) => person);
  const campaign = {
    rule: alarmRule,
    occasion: String(openedAt),
    date,
    card: alarmCard,
    priority: 1,
    urgency: 'ping' as const,
    contact: 'urgent' as const,
    policyVersion: book.version,
  };
  const decisions = staff.map((person) => ({ staff: person, at: openedAt, lastUsefulAt: openedAt + usefulFor }));
  await planItems(ports, db, campaign, decisions);
}
