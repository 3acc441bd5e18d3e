import { localAt } from '../../calendar/index.ts';
import { importsRevision, isInService, knownAads, staffOn } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { Ports } from '../../ports/room.ts';
import { insertOpenings, noteOpeningsPlanned, openingsHeld, openingsPlanned } from './queries.ts';

/**
 * Plans a chat for everybody in service who never wrote, ahead of the first card, where KAERU_SERVICE_URL says where. Once a
 * day and after every import. Nobody on 休職 and nobody who was tried, or has taken the app away, is among them.
 */
export async function planOpenings(ports: Ports, minute: Instant): Promise<void> {
  if (ports.settings.serviceUrl === null) return;
  const { db } = ports.database;
  const { timeZone } = await currentPolicy(db, ports.settings);
  const { date } = localAt(minute, timeZone);
  const state = `${date} ${await importsRevision(db)}`;
  if ((await openingsPlanned(db)) === state) return;
  await ports.database.transaction(async (trx) => {
    const held = await openingsHeld(trx);
    const known = await knownAads(trx);
    const now = ports.clock.now();
    const staff = (await staffOn(trx, date)).filter(
      (person) => isInService(person, date) && person.work_type !== '休職',
    );
    const missing = staff.flatMap(({ aad_id: aad }) => (aad === null || held.has(aad) || known.has(aad) ? [] : [aad]));
    await insertOpenings(
      trx,
      [...new Set(missing)].map((aad) => ({
        id: ports.random.id(),
        aad_id: aad,
        state: 'pending' as const,
        why: null,
        attempts: 0,
        owner: null,
        created_at: now,
        settled_at: null,
      })),
    );
    await noteOpeningsPlanned(trx, state);
  });
}
