import { directReports, rolesOf } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { ChatCommand, Ports } from '../ports/room.ts';

/** Which chat commands a person may use on a date: deny by default, roles from the policy and the store. */
export async function commandsFor(
  ports: Ports,
  db: Db,
  staff: string,
  date: LocalDate,
): Promise<(command: ChatCommand) => boolean> {
  const policy = (await currentPolicy(db, ports.settings)).on(date);
  const held = new Set(await rolesOf(db, policy, staff, date));
  if ((await directReports(db, staff, date)).length > 0) held.add('head');
  return (command) => command.for === 'everybody' || command.for.some((role) => held.has(role));
}
