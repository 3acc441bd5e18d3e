import { cancelWaiting } from '../../delivery/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import { PROGRAMMES, type Programme } from '../programmes.ts';
import { dropStop, putStop, stopsBy } from '../queries.ts';

/**
 * 停止 by the person, from that instant until 再開; what of it waits is taken back. True where something changed; a programme that cannot be stopped, and one
 * that is stopped already, stay as they are.
 */
export async function stopProgramme(
  _ports: Ports,
  db: Db,
  staff: string,
  programme: Programme,
  at: Instant,
): Promise<boolean> {
  if (!PROGRAMMES[programme].stoppable || (await stopsBy(db, staff)).includes(programme)) return false;
  await putStop(db, { staff, programme, stopped_at: at });
  await cancelWaiting(db, { rules: [...PROGRAMMES[programme].rules], staff: [staff], from: 0 }, at);
  return true;
}

/** 再開: true where it had been stopped. */
export async function resumeProgramme(db: Db, staff: string, programme: Programme): Promise<boolean> {
  if (!(await stopsBy(db, staff)).includes(programme)) return false;
  await dropStop(db, staff, programme);
  return true;
}
