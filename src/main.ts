import { systemClock } from './adapters/clock.ts';
import { isServiceRunning } from './adapters/database/service-lock.ts';
import { startServer } from './adapters/http/start-server.ts';
import { startSchedule } from './adapters/schedule/start-schedule.ts';
import { connectorChat } from './adapters/teams/connector-chat.ts';
import { messagesHandler } from './adapters/teams/messages-handler.ts';
import type { ServiceHosts } from './adapters/teams/service-url.ts';
import { rehearsalSignIn } from './adapters/teams/sign-in.ts';
import type { Config } from './config.ts';
import { incomingOf } from './conversation/index.ts';
import { type Delivery, startDelivery } from './delivery/index.ts';
import { type Occasions, occasionsOf } from './occasions/index.ts';
import { openDatabase, policyNotice, portsOf, sampleFolder } from './open-ports.ts';
import type { Instant } from './ports/clock.ts';
import type { HttpRoute } from './ports/http.ts';
import type { Ports } from './ports/room.ts';
import { loadSample } from './rehearsal/load-sample.ts';
import { MovableClock } from './rehearsal/movable-clock.ts';
import { storedPosition, storePosition } from './rehearsal/position.ts';
import { forgetRehearsal, openStage, serviceRunning } from './rehearsal/start.ts';
import { registry, rooms } from './rooms.ts';

/** The Wednesday on which the rehearsal of the sample organisation begins, 15 seconds before the first cards. */
const sampleStart = Date.parse('2026-11-18T16:14:45+09:00');
const rehearsalBot = '28:kaeru';
const oneMinute = 60_000;

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
  const listening = startServer({ host, port, routes: edge.routes, messages, rehearsal: true, log });
  const server = await listening.catch(async (error: unknown) => {
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

/** A rehearsal that runs. `notice` is for the operator: the sample's policy is in use. */
export interface Rehearsal extends Pick<Service, 'url' | 'stop'> {
  notice: string | null;
}

/** The rehearsal (design 5): the whole service on a SQLite file, a stand-in for Teams beside it, and a clock that can be moved. */
export async function rehearse(config: Config, flags: { bare: boolean; fresh: boolean }): Promise<Rehearsal> {
  if (flags.fresh) forgetRehearsal(config.dataFolder, isServiceRunning);
  const opened = new Closing();
  try {
    return await openRehearsal(config, flags.bare, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openRehearsal(config: Config, bare: boolean, opened: Closing): Promise<Rehearsal> {
  const database = await openDatabase(config);
  opened.later(() => database.close());
  const lock = await database.lockService();
  if (!lock) throw serviceRunning(config.dataFolder);
  opened.later(() => lock.release());
  const start = Math.max((await storedPosition(database.db)) ?? 0, config.startAt ?? 0) || sampleStart;
  const clock = new MovableClock(systemClock(), start);
  const serviceHosts = { rehearsal: true, hosts: config.serviceHosts ?? [] };
  const chat = connectorChat({ clock, serviceHosts, botId: rehearsalBot });
  opened.later(() => chat.close());
  const ports = portsOf(config, database, clock, chat);
  if (!bare) await loadSample(ports, rooms, sampleFolder);
  const stage = await openStage(ports, clock, () => service);
  opened.later(() => stage.close());
  const service: Service = await startService(ports, {
    config,
    owner: lock.owner,
    serviceHosts,
    routes: stage.routes,
    afterMinute: async (minute) => {
      if (minute + oneMinute > clock.now()) await storePosition(database.db, minute);
    },
  });
  opened.later(() => storePosition(database.db, clock.now()));
  opened.later(() => service.stop());
  await stage.opened();
  if (!bare) stage.installEverybody();
  return { url: service.url, notice: await policyNotice(ports), stop: () => opened.close() };
}

/** What was opened, closed in the opposite order. */
class Closing {
  readonly #steps: (() => Promise<void>)[] = [];

  later(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  async close(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step();
  }
}
