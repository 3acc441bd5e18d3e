import type { Db, ServiceLock } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import { recoverOpenings } from '../openings/queries.ts';
import { ownersOfClaims, recoverSends, recoverUpdates } from './queries.ts';

/** Who claims, and how it finds out which other owners are dead. */
export type Owner = Pick<ServiceLock, 'owner' | 'deadAmong'>;

/**
 * Settles what dead owners had under way. An owner holds its lock before its first claim, so one that is named in the store and
 * holds none is dead. Gives how many messages are `unknown` for it.
 */
export async function recoverClaims(ports: Ports, owner: Owner): Promise<number> {
  const dead = await deadOwners(ports.database.db, owner);
  if (dead.length === 0) return 0;
  const lost = await ports.database.transaction(async (db) => {
    const now = ports.clock.now();
    await recoverUpdates(db, dead, now);
    return (await recoverSends(db, dead, now)) + (await recoverOpenings(db, dead, now));
  });
  if (lost > 0) ports.log.warn('A service ended while it was sending; what was under way is unknown', { count: lost });
  return lost;
}

/** Read first, asked afterwards: who claims later than the reading is not among them, and nobody who died comes back. */
async function deadOwners(db: Db, owner: Owner): Promise<string[]> {
  const others = (await ownersOfClaims(db)).filter((one) => one !== owner.owner);
  return others.length === 0 ? [] : owner.deadAmong(others);
}
