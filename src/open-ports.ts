import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cardsFrom } from './adapters/cards/index.ts';
import { systemClock } from './adapters/clock.ts';
import { openSqlite } from './adapters/database/sqlite.ts';
import { createLog } from './adapters/log.ts';
import { systemRandom } from './adapters/random.ts';
import { openSecrets } from './adapters/secrets.ts';
import type { Config } from './config.ts';
import { currentPolicy } from './policy/index.ts';
import type { Chat } from './ports/chat.ts';
import type { Clock } from './ports/clock.ts';
import type { Database } from './ports/database.ts';
import type { Ports } from './ports/room.ts';
import { MovableClock } from './rehearsal/movable-clock.ts';
import { storedPosition } from './rehearsal/position.ts';

/** Where the layouts of the cards stand. */
export const cardsFolder = fileURLToPath(new URL('../cards/', import.meta.url));
/** The sample organisation: what a rehearsal starts with, and the policy it falls back to. */
export const sampleFolder = fileURLToPath(new URL('../samples/kawasaki/', import.meta.url));
/**
 * Opens the store of a configuration: PostgreSQL where DATABASE_URL is set, else a file. Refuses what it cannot open, in one
 * sentence. `stop`: all work on it fails with its reason once it fires.
 */
export async function openDatabase(config: Config, stop?: AbortSignal): Promise<Database> {
  const { databaseUrl, dataFolder } = config;
  if (databaseUrl === null) return openSqlite(join(dataFolder, 'kaeru.db'), stop);
  const { openPostgres } = await import('./adapters/database/postgres.ts');
  return openPostgres(databaseUrl, stop);
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

/** The ports of a configuration on a store, a clock and a way out. */
export function portsOf(config: Config, database: Database, clock: Clock, chat: Chat): Ports {
  const { mode, dataFolder, secretFile, pace, serviceUrl, app } = config;
  const samplePolicy = mode === 'rehearsal' ? join(sampleFolder, 'policy.yaml') : null;
  return {
    database,
    clock,
    chat,
    random: systemRandom(),
    secrets: openSecrets({ file: secretFile, dataFolder, mode }),
    cards: cardsFrom(cardsFolder),
    log: createLog(config.log),
    settings: { mode, pace, serviceUrl, tenantId: app.tenantId, dataFolder, samplePolicy },
  };
}

/** The sentence for the operator when no policy was applied and the sample's is used; null otherwise. */
export async function policyNotice(ports: Ports): Promise<string | null> {
  if (ports.settings.samplePolicy === null) return null;
  const { version } = await currentPolicy(ports.database.db, ports.settings);
  if (version > 0) return null;
  return '方針（policy.yaml）がまだ適用されていないため、見本（samples/kawasaki/policy.yaml）を使います。';
}
