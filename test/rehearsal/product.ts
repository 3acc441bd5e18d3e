import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../src/adapters/http/start-server.ts';
import { connectorRoutes } from '../../src/rehearsal/connector-routes.ts';
import { standInTenant, TeamsStandIn } from '../../src/rehearsal/teams-stand-in.ts';
import { keptLog } from '../fakes/quiet-log.ts';

export interface Activity {
  type: string;
  action?: string;
  text?: string;
  value?: unknown;
  conversation: { id: string };
  from: { id: string; aadObjectId: string };
}

/** A service of two lines that answers with what the test wants, and the stand-in that speaks with it over loopback. */
export async function productWith(answer: (activity: Activity) => object | undefined) {
  const folder = await mkdtemp(join(tmpdir(), 'kaeru-stand-in-'));
  const world = {
    file: join(folder, 'rehearsal.db'),
    timeZone: 'Asia/Tokyo',
    now: () => wednesday,
    baseUrl: () => server.url,
  };
  const first = new TeamsStandIn(world);
  let teams = first;
  const activities: Activity[] = [];
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    rehearsal: true,
    log: keptLog(),
    routes: connectorRoutes(teams),
    messages: {
      admit: async () => ({
        handle: async (activity: unknown) => {
          activities.push(activity as Activity);
          const given = answer(activity as Activity);
          return given === undefined ? { status: 200 } : { status: 200, body: JSON.stringify(given) };
        },
      }),
    },
  });
  return {
    activities,
    tenant: standInTenant,
    teams: () => teams,
    /** The service is gone without a word and comes back: only the file is left. */
    reopen: () => {
      teams = new TeamsStandIn(world);
      return teams;
    },
    connector: (method: string, path: string, body?: object) =>
      fetch(`${server.url}/v3/conversations${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    async close() {
      await teams.close();
      if (teams !== first) await first.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const wednesday = Date.parse('2026-11-18T16:15:00+09:00');
export const aad = '00000000-0000-4000-8000-00000000000a';

export function cardMessage(card: object, summary = 'お知らせ'): object {
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
  return { type: 'message', summary, attachments };
}
