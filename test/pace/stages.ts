import { setTimeout as wait } from 'node:timers/promises';
import { startBare } from '../end-to-end/product.ts';
import { chatOf, installed, type Person, staffFile } from '../end-to-end/teams.ts';
import type { FakeConnector } from '../fakes/start-connector.ts';
import { cityOf } from '../kill/city.ts';
import { Fleet } from '../kill/fleet.ts';
import { setUp } from '../kill/set-up.ts';

/** Services about to send a card to everybody of `reached`, through a Connector that keeps its calls. */
export interface PaceStage {
  connector: FakeConnector;
  /** Conversations that get a card. */
  reached: string[];
  /** Starts sending; resolves when nothing more is under way or waits. */
  send(): Promise<void>;
  /** Conversations of which nobody knows whether the card arrived. */
  unclear(): Promise<Set<string>>;
  close(): Promise<void>;
}

const date = '2026-11-18';
const atOnce = 40;
const lookEvery = 500;

/** One service on SQLite: a Wednesday's cards, planned in the minute in which they begin to go. */
export async function oneService(staff: number, pace: number, signal: AbortSignal): Promise<PaceStage> {
  const city = cityOf(staff, [date]);
  const stage = await setUp('sqlite', city, '2026-11-17T10:00:00+09:00', signal);
  const { connector, store } = stage;
  const product = await startBare(store.data, {
    at: `${date}T16:14:30+09:00`,
    env: { ...store.env, KAERU_PACE: String(pace) },
    signal,
  }).catch(async (error: unknown) => {
    await stage.close();
    throw error;
  });
  return {
    connector,
    reached: city.reached.map(chatOf),
    async send() {
      product.moveTo(`${date}T16:15:00+09:00`).catch(() => {});
      await untilSent(() => store.rows(leftOver), city.reached.length, signal);
    },
    async unclear() {
      const rows = await store.rows(`select staff from message where state = 'unknown'`);
      return new Set(rows.map((row) => chatOf(String(row['staff']))));
    },
    async close() {
      await product.stop();
      await stage.close();
    },
  };
}

/** Two services on PostgreSQL: the greetings of everybody who installed the app while nearly nothing went out. */
export async function twoServices(staff: number, pace: number, signal: AbortSignal): Promise<PaceStage> {
  const fleet = await Fleet.start('organisation: 試験市\n');
  try {
    const people: Person[] = Array.from({ length: staff }, (_, index) => ({ staff: String(100_000 + index) }));
    await fleet.connector.countOnly({ calls: true });
    await fleet.importStaff(staffFile(people));
    await fleet.add(1, 1);
    await installAll(fleet, people, signal);
    await fleet.end();
    await fleet.connector.forget();
    const waiting = await fleet.rows(`select staff from message where state = 'pending'`);
    return {
      connector: fleet.connector,
      reached: waiting.map((row) => chatOf(String(row['staff']))),
      async send() {
        await fleet.add(2, pace);
        await untilSent(() => fleet.rows(leftOver), 0, signal);
      },
      async unclear() {
        const rows = await fleet.rows(`select staff from message where state = 'unknown'`);
        return new Set(rows.map((row) => chatOf(String(row['staff']))));
      },
      close: () => fleet.close(),
    };
  } catch (error) {
    await fleet.close();
    throw error;
  }
}

async function installAll(fleet: Fleet, people: Person[], signal: AbortSignal): Promise<void> {
  const left = people.values();
  const one = async () => {
    for (const { staff } of left) {
      signal.throwIfAborted();
      const { status, text } = await fleet.activity(installed(staff, fleet.connector.serviceUrl));
      if (status !== 200) throw new Error(`An installation was answered ${status}: ${text.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

const leftOver = `select count(*) as planned,
  sum(case when state = 'sending' or (state = 'pending' and why is null) then 1 else 0 end) as waiting from message`;

type Rows = Record<string, unknown>[];

async function untilSent(rows: () => Promise<Rows>, planned: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    const [row] = await rows();
    if (Number(row?.['planned'] ?? 0) >= Math.max(1, planned) && Number(row?.['waiting'] ?? 0) === 0) return;
    await wait(lookEvery, undefined, { signal });
  }
}
