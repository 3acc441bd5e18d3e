import { onTestFinished } from 'vitest';
import { metricsRoute } from '../../../src/adapters/http/metrics-route.ts';
import { readyRoute } from '../../../src/adapters/http/ready-route.ts';
import { startServer } from '../../../src/adapters/http/start-server.ts';
import { createLog } from '../../../src/adapters/log.ts';
import { messagesHandler } from '../../../src/adapters/teams/messages-handler.ts';
import { productionSignIn } from '../../../src/adapters/teams/production-sign-in.ts';
import { incomingOf } from '../../../src/conversation/index.ts';
import { deliveryFigures, reachFiguresOf } from '../../../src/delivery/index.ts';
import type { HttpRoute } from '../../../src/ports/http.ts';
import { registry, rooms } from '../../../src/rooms.ts';
import { startTestService, type TestService } from '../../build/service.ts';
import { startOpenIdServers } from '../../fakes/open-id-server.ts';
import { aKey, signed, type TestKey } from '../../fakes/signed-tokens.ts';
import { withoutSync } from '../wednesday-door.ts';
import { aadId, canary, kanaria, staffNumber } from './canaries.ts';

const appId = '00000000-0000-4000-8000-00000000000a';
export const tenant = '00000000-0000-4000-8000-00000000000b';
export const serviceUrl = 'https://smba.trafficmanager.net/jp/';
export const PEOPLE = 12;
/** The head of everybody else. */
export const HEAD = 0;

/** The whole house behind its production door, full of canaries, and everything it shows to anybody but the person concerned. */
export interface House {
  service: TestService;
  url: string;
  port: number;
  token(payload?: Record<string, unknown>, header?: Record<string, unknown>, key?: TestKey): string;
  seen: { place: string; text: string }[];
}

export interface Plant {
  routes?: HttpRoute[];
  figures?: Record<string, number>;
  change?(service: TestService): void;
}

const key = aKey('key-1');

/** Starts the house, with a fault planted in it where one is given. It goes with the test. */
export async function startHouse(plant: Plant = {}): Promise<House> {
  const service = await startTestService({ registry, rooms, staff: people(), installed: [], policy });
  await withoutSync(service);
  const { ports, delivery, db } = service;
  const seen: House['seen'] = [];
  plant.change?.(service);
  listen(service, seen);
  const openId = await startOpenIdServers([key.jwk]);
  const { clock, log } = ports;
  const signIn = productionSignIn({ appId, issuer: null, keysUrl: openId.metadataUrl, clock, log });
  const messages = messagesHandler({
    ...{ incoming: incomingOf(ports, registry, delivery), signIn, clock, log },
    ...{ serviceHosts: { rehearsal: false, hosts: ['smba.trafficmanager.net'] }, tenants: [tenant], production: true },
  });
  const reach = reachFiguresOf(ports);
  const figures = async () => {
    const now = await deliveryFigures(db);
    return { ...now, ...(await reach()), messages: { ...now.messages, ...plant.figures }, lastMinute: clock.now() };
  };
  const broken = () => Promise.reject(new Error(canary('check')));
  const ready = readyRoute({ database: async () => true, clock: async () => false, policy: broken });
  const routes = [ready, metricsRoute(null, figures), ...(plant.routes ?? [])];
  const server = await startServer({ host: '127.0.0.1', port: 0, routes, messages, rehearsal: false, log });
  await signIn.prepare();
  onTestFinished(async () => {
    await server.stop();
    await signIn.close();
    await openId.stop();
  });
  const token: House['token'] = (payload = {}, header = {}, by = key) => {
    const now = Math.floor(clock.now() / 1_000);
    const claims = { iss: 'https://api.botframework.com', aud: appId, nbf: now - 60, exp: now + 86_400 };
    return signed(by, { ...claims, serviceurl: serviceUrl, ...payload }, header);
  };
  return { service, url: server.url, port: server.port, token, seen };
}

/** What is handed to the log before its allow-list, and the line that the log of `KAERU_LOG=debug` writes of it. */
function listen({ ports }: TestService, seen: House['seen']): void {
  const written = createLog('debug', (text) => void seen.push({ place: 'log line', text }));
  for (const level of ['info', 'warn', 'error'] as const) {
    ports.log[level] = (message, data) => {
      seen.push({ place: 'log', text: `${message} ${JSON.stringify(data ?? {})}` });
      written[level](message, data);
    };
  }
}

function people() {
  const clerk = (n: number) => ({
    staff: staffNumber(n),
    name: `${kanaria('氏名')} ${canary('name', n)}`,
    email: `${canary('mail', n)}@example.jp`,
    aad_id: aadId(n),
    unit: `${kanaria('課')}-${canary('section')}`,
    section_id: `見本局/見本部/${canary('section')}`,
    head: n === HEAD ? null : staffNumber(HEAD),
    manager: n === HEAD ? (1 as const) : (0 as const),
  });
  return Array.from({ length: PEOPLE }, (_none, n) => clerk(n));
}

const policy = `organisation: ${kanaria('市')} ${canary('organisation')}\n`;
