import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpRoute } from '../ports/http.ts';
import type { Ports } from '../ports/room.ts';
import { connectorRoutes } from './connector-routes.ts';
import type { MovableClock } from './movable-clock.ts';
import { rehearsalRoutes } from './routes.ts';
import { type Played, stageOf } from './stage.ts';
import { standInTenant, TeamsStandIn } from './teams-stand-in.ts';

export { loadSample } from './load-sample.ts';

export interface Stage {
  routes: HttpRoute[];
  /** Tells the chats of an earlier run where the stand-in listens now: its port may be another one. */
  opened(): Promise<void>;
  /** The stand-in installs the app for everybody of the roster who has an AADオブジェクトID, in the background. */
  installEverybody(): void;
  close(): Promise<void>;
}

/** The page and the stand-in for Teams, on the ports of the service that plays. */
export async function openStage(
  ports: Ports,
  clock: MovableClock,
  service: () => Played & { url: string },
): Promise<Stage> {
  const control = await stageOf(ports, clock, {
    runMinute: (minute) => service().runMinute(minute),
    settled: () => service().settled(),
  });
  const teams = new TeamsStandIn({
    file: join(ports.settings.dataFolder, 'rehearsal.db'),
    timeZone: control.timeZone,
    now: () => clock.now(),
    baseUrl: () => service().url,
  });
  const installEverybody = async () => {
    const people = await control.people();
    const failed = await teams.installEveryone(people.flatMap((person) => person.aadObjectId ?? []));
    if (failed > 0) ports.log.warn('The app could not be installed for everybody', { failed });
  };
  return {
    routes: [...rehearsalRoutes(control, teams), ...connectorRoutes(teams)],
    opened: async () => {
      const { db } = ports.database;
      const address = { service_url: service().url };
      await db.updateTable('conversation').set(address).where('tenant_id', '=', standInTenant).execute();
    },
    installEverybody: () => {
      installEverybody().catch((error) =>
        ports.log.error('Installing stopped', { reason: error instanceof Error ? error.name : 'unknown' }),
      );
    },
    close: () => teams.close(),
  };
}

/** `--fresh`: forgets the store, the chats and the clock of a rehearsal. The keys stay. False, and nothing forgotten, while a service uses them. */
export function forgetRehearsal(folder: string, isRunning: (file: string) => boolean): boolean {
  const store = join(folder, 'kaeru.db');
  if (existsSync(store) && isRunning(store)) return false;
  for (const name of ['kaeru.db', 'rehearsal.db']) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `${name}${suffix}`), { force: true });
  }
  return true;
}
