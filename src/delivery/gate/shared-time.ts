import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';

/** One moment in the elapsed milliseconds that all services of the store share, and in this service's own. */
export interface SharedTime {
  shared: number;
  local: number;
}

/** Now; a store of one service has that service's own time. */
export async function sharedTime(ports: Ports, db: Db): Promise<SharedTime> {
  const ask = ports.database.sharedElapsed;
  const shared = ask === null ? null : await ask(db);
  const local = ports.clock.elapsed();
  return { shared: shared ?? local, local };
}

/** The same in whole milliseconds, as it is stored. */
export async function sharedElapsed(ports: Ports, db: Db): Promise<number> {
  return Math.floor((await sharedTime(ports, db)).shared);
}
