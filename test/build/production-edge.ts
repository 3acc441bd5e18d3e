import type { MessagesHandler } from '../../src/adapters/http/endpoint.ts';
import { type RunningServer, startServer } from '../../src/adapters/http/start-server.ts';
import { messagesHandler } from '../../src/adapters/teams/messages-handler.ts';
import { type ProductionSignIn, productionSignIn } from '../../src/adapters/teams/production-sign-in.ts';
import type { Incoming } from '../../src/ports/incoming.ts';
import { anActivity } from '../fakes/activities.ts';
import { type HandClock, handClock } from '../fakes/hand-clock.ts';
import { type OpenIdServers, startOpenIdServers } from '../fakes/open-id-server.ts';
import { keptLog } from '../fakes/quiet-log.ts';
import { aKey, signed, type TestKey } from '../fakes/signed-tokens.ts';

export const appId = '00000000-0000-4000-8000-00000000000a';
export const tenant = '00000000-0000-4000-8000-00000000000b';
export const serviceUrl = 'https://smba.trafficmanager.net/jp/';

/** The Teams edge as in production: signed tokens, local OpenID and key servers, a clock that only the test moves. */
export interface ProductionEdge {
  openId: OpenIdServers;
  key: TestKey;
  clock: HandClock;
  log: ReturnType<typeof keptLog>;
  signIn: ProductionSignIn;
  messages: MessagesHandler;
  /** How many activities got in. */
  heard(): number;
  /** A good token of now; `payload` and `header` replace parts, undefined takes one away. */
  token(payload?: Record<string, unknown>, header?: Record<string, unknown>, key?: TestKey): string;
  claims(): Record<string, unknown>;
  /** The status of an activity with that Authorization header, without a socket. */
  take(authorization: string | undefined, activity?: unknown): Promise<number>;
  serve(): Promise<RunningServer>;
  stop(): Promise<void>;
}

export async function aProductionEdge(key = aKey('key-1'), others: TestKey[] = []): Promise<ProductionEdge> {
  const openId = await startOpenIdServers([key, ...others].map(({ jwk }) => jwk));
  const clock = handClock();
  const log = keptLog();
  const signIn = productionSignIn({ appId, issuer: null, keysUrl: openId.metadataUrl, clock, log });
  let heard = 0;
  const hear = async () => {
    heard += 1;
  };
  const press = async () => {
    heard += 1;
    return { card: { type: 'AdaptiveCard' } };
  };
  const incoming: Incoming = { message: hear, installed: hear, removed: hear, press };
  const serviceHosts = { rehearsal: false, hosts: ['smba.trafficmanager.net'] };
  const messages = messagesHandler({
    ...{ incoming, signIn, serviceHosts, clock, log },
    tenants: [tenant.toUpperCase()],
    production: true,
  });
  const claims = () => {
    const seconds = Math.floor(clock.now() / 1_000);
    return {
      iss: 'https://api.botframework.com',
      aud: appId,
      nbf: seconds - 60,
      exp: seconds + 3_600,
      serviceurl: serviceUrl,
    };
  };
  const servers: RunningServer[] = [];
  return {
    ...{ openId, key, clock, log, signIn, messages, claims },
    heard: () => heard,
    token: (payload = {}, header = {}, by = key) => signed(by, { ...claims(), ...payload }, header),
    async take(authorization, activity = aSignedActivity()) {
      const admitted = await messages.admit(authorization === undefined ? {} : { authorization });
      return 'refused' in admitted ? 401 : (await admitted.handle(activity)).status;
    },
    async serve() {
      const server = await startServer({ host: '127.0.0.1', port: 0, routes: [], messages, rehearsal: false, log });
      servers.push(server);
      return server;
    },
    async stop() {
      for (const server of servers) await server.stop();
      await signIn.close();
      await openId.stop();
    },
  };
}

/** An activity that the good token belongs to. */
export function aSignedActivity(replaced: Record<string, unknown> = {}): Record<string, unknown> {
  return anActivity({
    serviceUrl,
    conversation: { id: 'a:chat-1', conversationType: 'personal', tenantId: tenant },
    channelData: { tenant: { id: tenant.toUpperCase() } },
    ...replaced,
  });
}
