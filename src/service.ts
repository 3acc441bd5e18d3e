import { type WatchedStore, watchWrites } from './adapters/database/write-watch.ts';
import type { Endpoint } from './adapters/http/endpoint.ts';
import { type FeedSignIn, feedEndpoint } from './adapters/http/feed-endpoint.ts';
import { type Figures, metricsRoute } from './adapters/http/metrics-route.ts';
import { readyRoute } from './adapters/http/ready-route.ts';
import { startServer } from './adapters/http/start-server.ts';
import { startSchedule } from './adapters/schedule/start-schedule.ts';
import { messagesHandler } from './adapters/teams/messages-handler.ts';
import type { ServiceHosts } from './adapters/teams/service-url.ts';
import type { SignIn } from './adapters/teams/sign-in.ts';
import { Turnstile } from './adapters/teams/turnstile.ts';
import type { Config } from './config.ts';
import { startCore } from './core.ts';
import { deliveryFigures, isBreakerOpen, reachFiguresOf } from './delivery/index.ts';
import { lastMinute } from './occasions/index.ts';
import { currentPolicy } from './policy/index.ts';
import type { Instant } from './ports/clock.ts';
import type { ServiceLock } from './ports/database.ts';
import type { HttpRoute } from './ports/http.ts';
import type { Ports } from './ports/room.ts';
import { rooms } from './rooms.ts';

/** A tick that is this late, in milliseconds, means the clock of the service stands. */
const tickAllowed = 3 * 60_000;
/** A minute without occasions is written down only every tenth minute. */
const remembered = 10 * 60_000;

/** A running service. */
export interface Service {
  url: string;
  /** Deals with everything due up to this minute; one minute at a time, none twice. */
  runMinute(minute: Instant): Promise<void>;
  /** Resolves when all that may be sent now is sent. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** What differs between a rehearsal and the production service. */
export interface Edge {
  config: Config;
  lock: ServiceLock;
  signIn: SignIn;
  feedSignIn: FeedSignIn;
  serviceHosts: ServiceHosts;
  routes: HttpRoute[];
  afterMinute(minute: Instant): Promise<void>;
}

/** Rooms on their ports: delivery first, then the door for Teams, then the clock. */
export async function startService(given: Ports, edge: Edge): Promise<Service> {
  const store = watchWrites(given.database);
  const ports = { ...given, database: store.database };
  const { clock, log } = ports;
  const { host, port, tenants } = edge.config;
  const { delivery, incoming, runMinute } = await startCore(ports, edge.lock);
  const messages = messagesHandler({
    incoming,
    signIn: edge.signIn,
    serviceHosts: edge.serviceHosts,
    tenants,
    production: edge.config.mode === 'production',
    turnstile: ports.database.sharedElapsed === null ? undefined : new Turnstile(),
    clock,
    log,
  });
  const rehearsal = edge.config.mode === 'rehearsal';
  const routes = [...edge.routes, ...operationRoutes(ports, store, edge.config)];
  const listening = startServer({
    host,
    port,
    routes,
    endpoints: feeds(ports, edge.feedSignIn),
    messages,
    rehearsal,
    log,
  });
  const server = await listening.catch(async (error: unknown) => {
    await delivery.stop();
    throw error;
  });
  const metrics = await startMetrics(ports, edge.config).catch(async (error: unknown) => {
    await server.stop();
    await delivery.stop();
    throw error;
  });
  const schedule = startSchedule(
    clock,
    async (minute) => {
      await runMinute(minute);
      await edge.afterMinute(minute);
    },
    (error) =>
      log.error('A minute could not be dealt with', { reason: error instanceof Error ? error.name : 'unknown' }),
  );
  return {
    url: server.url,
    runMinute,
    settled: () => delivery.settled(),
    stop: async () => {
      await schedule.stop();
      await server.stop();
      await metrics?.stop();
      await delivery.stop();
    },
  };
}

/** `POST /feeds/<name>`: what the rooms take from other systems, answered as `import … --json` would. */
function feeds(ports: Ports, signIn: FeedSignIn): Endpoint[] {
  return rooms
    .flatMap((room) => room.feeds ?? [])
    .map((feed) =>
      feedEndpoint(feed.name, signIn, async (content, sender) => {
        const { document, failed } = await feed.take(ports, content, sender);
        return { document: failed ? { ...document, error: failed } : document, taken: !failed };
      }),
    );
}

/** `/readyz` (a store that takes no writes, or a policy that cannot be read, throws and does not stand; an open breaker is an alarm), and `/metrics` where a token protects it. */
function operationRoutes(ports: Ports, store: WatchedStore, config: Config): HttpRoute[] {
  const { db } = ports.database;
  const checks = {
    database: async () => {
      await db.selectFrom('meta').select('key').limit(1).execute();
      return store.takesWrites();
    },
    clock: async () => ports.clock.now() - ((await lastMinute(db)) ?? 0) < tickAllowed + remembered,
    policy: async () => {
      await currentPolicy(db, ports.settings);
      return true;
    },
  };
  const ready = readyRoute(checks, async () => ((await isBreakerOpen(db)) ? ['delivery-breaker-open'] : []));
  return config.metrics.token === null ? [ready] : [ready, metricsRoute(config.metrics.token, figuresOf(ports))];
}

/** `/metrics` on a port of its own (KAERU_METRICS_PORT) needs no token: that port is not shown to the outside. */
async function startMetrics(ports: Ports, config: Config): Promise<{ stop(): Promise<void> } | null> {
  const { port } = config.metrics;
  if (port === null) return null;
  const routes = [metricsRoute(null, figuresOf(ports))];
  return startServer({ host: config.host, port, routes, rehearsal: config.mode === 'rehearsal', log: ports.log });
}

function figuresOf(ports: Ports): () => Promise<Figures> {
  const { db } = ports.database;
  const reach = reachFiguresOf(ports);
  return async () => ({ ...(await deliveryFigures(db)), ...(await reach()), lastMinute: await lastMinute(db) });
}
