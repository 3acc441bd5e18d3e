import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqlite } from '../../src/adapters/database/sqlite.ts';
import { openSecrets } from '../../src/adapters/secrets.ts';
import type { Cards } from '../../src/ports/cards.ts';
import type { Chat } from '../../src/ports/chat.ts';
import type { Clock, Instant } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Random } from '../../src/ports/random.ts';
import type { Ports, Settings } from '../../src/ports/room.ts';
import { layEmptyStore } from './empty-store.ts';

/** Business time that stands still until a test moves it; `elapsed` moves only by `wait`, so no test sleeps. */
export interface TestClock extends Clock {
  /** To an instant, or to an ISO text with its offset. Also backwards. */
  moveTo(to: Instant | string): void;
}

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  message: string;
  data: Record<string, string | number | boolean | null>;
}

export interface TestPorts extends Ports {
  clock: TestClock;
  logged: LogLine[];
}

export interface TestWorld {
  /** ISO with offset; a Wednesday afternoon in Tokyo where left out. */
  now?: string;
  /** Where the store and the key stand; a new folder that goes with the test where left out. */
  dataFolder?: string;
  seed?: number;
  chat?: Chat;
  cards?: Cards;
  settings?: Partial<Settings>;
}

export const A_WEDNESDAY = '2026-11-18T16:14:45+09:00';

/** Ports with a real SQLite store in a folder of their own. Store and folder go when the test has finished. */
export async function testPorts(world: TestWorld = {}): Promise<TestPorts> {
  const dataFolder = world.dataFolder ?? mkdtempSync(join(tmpdir(), 'kaeru-test-'));
  const file = join(dataFolder, 'kaeru.db');
  if (!existsSync(file)) await layEmptyStore(file);
  const database = await openSqlite(file);
  onTestFinished(async () => {
    await database.close();
    if (world.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
  });
  const logged: LogLine[] = [];
  return {
    database,
    clock: testClock(world.now ?? A_WEDNESDAY),
    random: seededRandom(world.seed ?? 1),
    secrets: openSecrets({ file: null, dataFolder, mode: 'rehearsal' }),
    chat: world.chat ?? silentChat,
    cards: world.cards ?? noCards,
    log: collectingLog(logged),
    logged,
    settings: {
      mode: 'rehearsal',
      pace: 45,
      serviceUrl: null,
      tenantId: null,
      dataFolder,
      samplePolicy: resolve('samples/kawasaki/policy.yaml'),
      ...world.settings,
    },
  };
}

export function testClock(from: Instant | string): TestClock {
  const instant = (at: Instant | string) => (typeof at === 'number' ? at : Date.parse(at));
  let now = instant(from);
  let elapsed = 0;
  return {
    now: () => now,
    elapsed: () => elapsed,
    wait: async (milliseconds) => {
      elapsed += milliseconds;
    },
    moveTo: (to) => {
      now = instant(to);
    },
  };
}

/** The same seed gives the same identifiers and fractions in the same order. */
export function seededRandom(seed: number): Random {
  let count = 0;
  const next = () => createHash('sha256').update(`${seed}:${count++}`).digest();
  return {
    id: () => next().subarray(0, 16).toString('base64url'),
    fraction: () => next().readUInt32BE(0) / 2 ** 32,
  };
}

export function collectingLog(into: LogLine[]): Log {
  const at =
    (level: LogLine['level']): Log['info'] =>
    (message, data = {}) => {
      into.push({ level, message, data });
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

const silentChat: Chat = {
  send: () => Promise.reject(new Error('This test sends nothing.')),
  update: () => Promise.reject(new Error('This test updates nothing.')),
  create: () => Promise.reject(new Error('This test opens no chat.')),
};

const noCards: Cards = {
  expand: () => {
    throw new Error('This test draws no card.');
  },
};
