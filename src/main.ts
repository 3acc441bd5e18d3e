import { setTimeout as wait } from 'node:timers/promises';
import { cardsFrom } from './adapters/cards/index.ts';
import { systemClock } from './adapters/clock.ts';
import { isServiceRunning } from './adapters/database/service-lock.ts';
import { openSqlite } from './adapters/database/sqlite.ts';
import { createLog } from './adapters/log.ts';
import { openSecrets } from './adapters/secrets.ts';
import { botToken } from './adapters/teams/bot-token.ts';
import { connectorChat } from './adapters/teams/connector-chat.ts';
import { entraTokens } from './adapters/teams/entra-tokens.ts';
import { entraFeedSignIn, rehearsalFeedSignIn } from './adapters/teams/feed-sign-in.ts';
import { productionSignIn } from './adapters/teams/production-sign-in.ts';
import { rehearsalSignIn } from './adapters/teams/sign-in.ts';
import { type Config, productionOf } from './config.ts';
import { startCore } from './core.ts';
import { cardsFolder, openDatabase, policyNotice, portsOf, sampleFolder } from './open-ports.ts';
import { currentPolicy } from './policy/index.ts';
import { Refusal } from './ports/room.ts';
import { MovableClock } from './rehearsal/movable-clock.ts';
import { storedPosition, storePosition } from './rehearsal/position.ts';
import { rooms } from './rooms.ts';
import { type Service, startService } from './service.ts';
import type { SimulationOptions } from './simulation/program.ts';

/** The Wednesday on which the rehearsal of the sample organisation begins, 15 seconds before the first cards. */
const sampleStart = Date.parse('2026-11-18T16:14:45+09:00');
const rehearsalBot = '28:kaeru';
/** Requests under way take 10 s at most, and are then recorded; who watches over the service has often no more patience than 30 s. */
const stopsWithin = 20_000;

/** A rehearsal that runs. `notice` is for the operator: the sample's policy is in use. */
export interface Rehearsal extends Pick<Service, 'url' | 'stop'> {
  notice: string | null;
}

/** The rehearsal (design 5): the whole service on its store, a stand-in for Teams beside it, and a clock that can be moved. */
export async function rehearse(config: Config, flags: { bare: boolean; fresh: boolean }): Promise<Rehearsal> {
  if (flags.fresh) await forget(config);
  const opened = new Closing();
  try {
    return await openRehearsal(config, flags.bare, opened);
  } catch (error) {
    await opened.close().catch(() => {});
    throw error;
  }
}

/** `--fresh` empties the data folder; a PostgreSQL database may serve others too and is never emptied by an option. */
async function forget({ databaseUrl, dataFolder }: Config): Promise<void> {
  const message =
    'PostgreSQL のデータベースは --fresh では消しません。空のデータベースを作り、DATABASE_URL に書いてください。';
  if (databaseUrl !== null) throw new Refusal('fresh-postgresql', message, '--fresh');
  const { forgetRehearsal } = await import('./rehearsal/start.ts');
  if (!forgetRehearsal(dataFolder, isServiceRunning)) throw serviceRunning(dataFolder);
}

async function openRehearsal(config: Config, bare: boolean, opened: Closing): Promise<Rehearsal> {
  const database = await openDatabase(config);
  opened.later(() => database.close());
  const lock = await database.lockService('alone');
  if (!lock) throw serviceRunning(config.databaseUrl === null ? config.dataFolder : 'DATABASE_URL');
  opened.later(() => lock.release());
  const start = Math.max((await storedPosition(database.db)) ?? 0, config.startAt ?? 0) || sampleStart;
  const clock = new MovableClock(systemClock(), start);
  const serviceHosts = { rehearsal: true, hosts: config.serviceHosts ?? [] };
  const chat = connectorChat({ clock, serviceHosts, botId: rehearsalBot });
  opened.later(() => chat.close());
  const ports = portsOf(config, database, clock, chat);
  const { loadSample, openStage } = await import('./rehearsal/start.ts');
  if (!bare) await loadSample(ports, rooms, sampleFolder);
  const stage = await openStage(ports, clock, () => service);
  opened.later(() => stage.close());
  const service: Service = await startService(ports, {
    config,
    lock,
    signIn: rehearsalSignIn,
    feedSignIn: rehearsalFeedSignIn,
    serviceHosts,
    routes: stage.routes,
    afterMinute: async (minute) => {
      if (!clock.held) await storePosition(database.db, minute);
    },
  });
  opened.later(() => storePosition(database.db, clock.now()));
  opened.later(() => service.stop());
  await stage.opened();
  if (!bare) stage.installEverybody();
  return { url: service.url, notice: await policyNotice(ports), stop: () => opened.closeInTime() };
}

/** The production service. Refuses to start without sign-in settings, a secret file and an applied policy, or beside another service. */
export async function serve(config: Config): Promise<Pick<Service, 'url' | 'stop'>> {
  const opened = new Closing();
  try {
    return await openProduction(config, opened);
  } catch (error) {
    await opened.close().catch(() => {});
    throw error;
  }
}

async function openProduction(config: Config, opened: Closing): Promise<Pick<Service, 'url' | 'stop'>> {
  const { appId, tenantId, tenants, serviceHosts: hosts, identity } = productionOf(config);
  const database = await openDatabase(config);
  opened.later(() => database.close());
  const lock = await database.lockService('replicas');
  if (!lock) throw serviceRunning(config.databaseUrl === null ? config.dataFolder : 'DATABASE_URL');
  opened.later(() => lock.release());
  const clock = systemClock();
  const log = createLog(config.log);
  const token = botToken(entraTokens({ appId, tenantId, identity, tokenUrl: config.signIn.tokenUrl }), clock, log);
  const serviceHosts = { rehearsal: false, hosts };
  const chat = connectorChat({ clock, serviceHosts, botId: `28:${appId}`, token, tokenRefused: token.refused });
  opened.later(() => chat.close());
  const ports = portsOf(config, database, clock, chat);
  await currentPolicy(database.db, ports.settings);
  const { issuer, keysUrl } = config.signIn;
  const signIn = productionSignIn({ appId, issuer, keysUrl, clock, log });
  opened.later(() => signIn.close());
  const feedSignIn = entraFeedSignIn({ appId, tenantId, tokenUrl: config.signIn.tokenUrl, clock, log });
  opened.later(() => feedSignIn.close());
  const withTenants = { ...config, tenants: [...tenants] };
  const service = await startService(ports, {
    config: withTenants,
    lock,
    signIn,
    feedSignIn,
    serviceHosts,
    routes: [],
    afterMinute: async () => {},
  });
  opened.later(() => service.stop());
  // The service stands and says so before it reads what fetching needs.
  setImmediate(() => void signIn.prepare());
  return { url: service.url, stop: () => opened.closeInTime() };
}

/** What was opened, closed in the opposite order. */
class Closing {
  readonly #steps: (() => Promise<void>)[] = [];

  later(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** A step that fails (the store is away) does not keep the others from being closed; the first failure is told. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.splice(0).reverse()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  /** As `close`, but waits no longer than that for a store that does not answer. What was under way is `unknown` after the next start. */
  async closeInTime(): Promise<void> {
    const late = wait(stopsWithin, undefined, { ref: false }).then(() => {
      throw new Refusal(
        'stop',
        '止めている間にデータベースが応答しませんでした。送信中だったものは、次に始めたときに不明となります。',
      );
    });
    late.catch(() => {});
    await Promise.race([this.close(), late]);
  }
}

/** The simulation: the shipped rooms under a virtual clock with faults, on a store in memory (docs/contracts.md 1). */
export async function simulateCity(
  options: SimulationOptions,
): ReturnType<typeof import('./simulation/simulate.ts').simulate> {
  const { simulate } = await import('./simulation/simulate.ts');
  const program = {
    rooms,
    startCore,
    openStore: () => openSqlite(':memory:'),
    openSecrets: (dataFolder: string) => openSecrets({ file: null, dataFolder, mode: 'rehearsal' }),
    cards: cardsFrom(cardsFolder),
    sampleFolder,
  };
  return simulate(program, options);
}

function serviceRunning(place: string): Refusal {
  return new Refusal(
    'service-running',
    'この保存先では、別のサービスが動いています。先にそちらを止めてください。',
    place,
  );
}
