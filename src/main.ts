import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cardsFrom } from './adapters/cards/index.ts';
import { systemClock } from './adapters/clock.ts';
import { isServiceRunning } from './adapters/database/service-lock.ts';
import { openSqlite } from './adapters/database/sqlite.ts';
import { startServer } from './adapters/http/start-server.ts';
import { createLog } from './adapters/log.ts';
import { systemRandom } from './adapters/random.ts';
import { startSchedule } from './adapters/schedule/start-schedule.ts';
import { openSecrets } from './adapters/secrets.ts';
import { connectorChat } from './adapters/teams/connector-chat.ts';
import { messagesHandler } from './adapters/teams/messages-handler.ts';
import type { ServiceHosts } from './adapters/teams/service-url.ts';
import { rehearsalSignIn } from './adapters/teams/sign-in.ts';
import type { Config } from './config.ts';
import { incomingOf } from './conversation/index.ts';
import { type Delivery, startDelivery } from './delivery/index.ts';
import { type Occasions, occasionsOf } from './occasions/index.ts';
import { currentPolicy } from './policy/index.ts';
import type { Chat } from './ports/chat.ts';
import type { Clock, Instant } from './ports/clock.ts';
import type { Database } from './ports/database.ts';
import type { HttpRoute } from './ports/http.ts';
import { type Ports, Refusal } from './ports/room.ts';
import { loadSample } from './rehearsal/load-sample.ts';
import { MovableClock } from './rehearsal/movable-clock.ts';
import { storedPosition, storePosition } from './rehearsal/position.ts';
import { forgetRehearsal, openStage, serviceRunning } from './rehearsal/start.ts';
import { registry, rooms } from './rooms.ts';

const cardsFolder = fileURLToPath(new URL('../cards/', import.meta.url));
const sampleFolder = fileURLToPath(new URL('../samples/kawasaki/', import.meta.url));
/** The Wednesday on which the rehearsal of the sample organisation begins, 15 seconds before the first cards. */
const sampleStart = Date.parse('2026-11-18T16:14:45+09:00');
const rehearsalBot = '28:kaeru';

/** Opens the store of a configuration. Refuses what this version cannot open, in one sentence. */
export async function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl !== null) {
    throw new Refusal(
      'no-postgresql',
      'この版は PostgreSQL にまだ対応していません。DATABASE_URL を消すと SQLite のファイルを使います。',
      'DATABASE_URL',
    );
  }
  return openSqlite(join(config.dataFolder, 'kaeru.db'));
}

/** Everything a command works with. Its clock stands at the rehearsal clock of the store, else at KAERU_NOW, else it is the machine's. */
export async function openPorts(config: Config, database: Database): Promise<Ports> {
  const machine = systemClock();
  const stored = config.mode === 'rehearsal' ? await storedPosition(database.db) : null;
  const at = stored ?? config.startAt;
  return portsOf(config, database, at === null ? machine : new MovableClock(machine, at), chatOfCommands);
}

/** Commands send nothing: people are reached by the running service. */
const chatOfCommands: Chat = {
  send: async () => refusedHere,
  update: async () => refusedHere,
  create: async () => refusedHere,
};
const refusedHere = { kind: 'refused', why: 'no-service', status: 0 } as const;

function portsOf(config: Config, database: Database, clock: Clock, chat: Chat): Ports {
  const { mode, dataFolder, secretFile, pace, serviceUrl } = config;
  const samplePolicy = mode === 'rehearsal' ? join(sampleFolder, 'policy.yaml') : null;
  return {
    database,
    clock,
    chat,
    random: systemRandom(),
    secrets: openSecrets({ file: secretFile, dataFolder, mode }),
    cards: cardsFrom(cardsFolder),
    log: createLog(config.log),
    settings: { mode, pace, serviceUrl, dataFolder, samplePolicy },
  };
}

/** A running service. */
export interface Service {
  url: string;
  /** Deals with everything due up to this minute; one minute at a time, none twice. */
  runMinute(minute: Instant): Promise<void>;
  /** Resolves when all that may be sent now is sent. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

interface Edge {
  config: Config;
  owner: string;
  serviceHosts: ServiceHosts;
  routes: HttpRoute[];
  afterMinute(minute: Instant): Promise<void>;
}

/** Rooms on their ports: delivery first, then the door for Teams, then the clock. */
async function startService(ports: Ports, edge: Edge): Promise<Service> {
  const { clock, log } = ports;
  const { host, port, tenants } = edge.config;
  const delivery = await startDelivery(ports, registry, edge.owner);
  const runMinute = minuteOf(ports, occasionsOf(ports, registry.rules, delivery), delivery);
  const incoming = incomingOf(ports, registry, delivery);
  const messages = messagesHandler({
    incoming,
    signIn: rehearsalSignIn,
    serviceHosts: edge.serviceHosts,
    tenants,
    clock,
    log,
  });
  const server = await startServer({ host, port, routes: edge.routes, messages, rehearsal: true, log });
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
      await delivery.stop();
    },
  };
}

/** What a minute brings: work of the rooms, then occasions. Minutes queue up behind each other; one that has passed does nothing. */
function minuteOf(ports: Ports, occasions: Occasions, delivery: Delivery): Service['runMinute'] {
  let last = Number.NEGATIVE_INFINITY;
  let queue: Promise<void> = Promise.resolve();
  const one = async (minute: Instant) => {
    if (minute <= last) return;
    for (const room of rooms) await room.everyMinute?.(ports, minute);
    await occasions.runMinute(minute);
    last = minute;
    delivery.wake();
  };
  return (minute) => {
    const done = queue.then(() => one(minute));
    queue = done.catch(() => {});
    return done;
  };
}

/** The rehearsal (design 5): the whole service on a SQLite file, a stand-in for Teams beside it, and a clock that can be moved. */
export async function rehearse(
  config: Config,
  flags: { bare: boolean; fresh: boolean },
): Promise<Pick<Service, 'url' | 'stop'>> {
  if (flags.fresh) forgetRehearsal(config.dataFolder, isServiceRunning);
  const database = await openDatabase(config);
  const lock = await database.lockService();
  if (!lock) {
    await database.close();
    throw serviceRunning(config.dataFolder);
  }
  const start = Math.max((await storedPosition(database.db)) ?? 0, config.startAt ?? 0) || sampleStart;
  const clock = new MovableClock(systemClock(), start);
  const serviceHosts = { rehearsal: true, hosts: config.serviceHosts ?? [] };
  const chat = connectorChat({ clock, serviceHosts, botId: rehearsalBot });
  const ports = portsOf(config, database, clock, chat);
  await sayPolicy(ports);
  if (!flags.bare) await loadSample(ports, rooms, sampleFolder);
  const stage = await openStage(ports, clock, () => service);
  const service: Service = await startService(ports, {
    config,
    owner: lock.owner,
    serviceHosts,
    routes: stage.routes,
    afterMinute: (minute) => storePosition(database.db, minute),
  });
  if (!flags.bare) stage.installEverybody();
  return {
    url: service.url,
    stop: async () => {
      await service.stop();
      await storePosition(database.db, clock.now());
      await stage.close();
      await chat.close();
      await lock.release();
      await database.close();
    },
  };
}

/** Says on stderr when no policy was applied and the sample's is used. */
export async function sayPolicy(ports: Ports): Promise<void> {
  if (ports.settings.samplePolicy === null) return;
  const { version } = await currentPolicy(ports.database.db, ports.settings);
  if (version === 0)
    process.stderr.write(
      '方針（policy.yaml）がまだ適用されていないため、見本（samples/kawasaki/policy.yaml）を使います。\n',
    );
}
