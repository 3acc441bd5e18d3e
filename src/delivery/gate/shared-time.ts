import type { Clock } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';

/** One moment in the elapsed milliseconds that all services of the store share, and in this service's own. */
export interface SharedTime {
  shared: number;
  local: number;
}

/** How far this service's elapsed time is before the shared one, give or take `within`, as it was seen at `at`; all in milliseconds. */
interface Sight {
  ahead: number;
  within: number;
  at: number;
}

/** Two clocks may run apart by this part of the time. */
const drift = 0.000_5;
const best = new WeakMap<Clock, Sight>();

/**
 * Now; a store of one service has that service's own time. An answer that was long on its way says little of how the two times
 * stand to each other: the best sight so far holds until a better one comes, or one that contradicts it (a clock was set).
 */
export async function sharedTime(ports: Ports, db: Db): Promise<SharedTime> {
  const { clock, database } = ports;
  const ask = database.sharedElapsed;
  if (ask === null) return { shared: clock.elapsed(), local: clock.elapsed() };
  const asked = clock.elapsed();
  const told = await ask(db);
  const local = clock.elapsed();
  const sight = { ahead: (asked + local) / 2 - told, within: (local - asked) / 2, at: local };
  const kept = better(best.get(clock), sight);
  best.set(clock, kept);
  return { shared: local - kept.ahead, local };
}

function better(before: Sight | undefined, now: Sight): Sight {
  if (before === undefined) return now;
  const within = before.within + drift * (now.at - before.at);
  const agree = Math.abs(now.ahead - before.ahead) <= within + now.within;
  return agree && within < now.within ? before : now;
}

/** The same in whole milliseconds, as it is stored. */
export async function sharedElapsed(ports: Ports, db: Db): Promise<number> {
  return Math.floor((await sharedTime(ports, db)).shared);
}
