import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { type Product, startBare } from '../end-to-end/product.ts';
import { type Books, booksOf, planningOf } from './books.ts';
import type { Death } from './deaths.ts';
import type { Stage } from './set-up.ts';

/** Ready and at its first send: given up after this many milliseconds. */
const longestStart = 30_000;
const longestPlanning = 60_000;
const longestSend = 60_000;
const lookEvery = 5;

/** What was seen of one process, from its start to its SIGKILL. Times are milliseconds since the start of the process. */
export interface Life {
  ready: number;
  /** Null where it died before, or nothing was sent in time. */
  firstSend: number | null;
  lived: number;
  /** It was to die in its planning, also before its first card. */
  diesPlanning: boolean;
  /** It had first to plan the campaign, or to go on planning it. */
  plans: boolean;
  /** Cards the Connector had accepted of this campaign, before and at the end. */
  before: number;
  accepted: number;
  /** The store as the start left it, and as the kill left it. */
  start: Books;
  end: Books;
}

/** A process of the product on the stage, on the Wednesday before its minute; nothing is delayed beside the Connector. */
export async function startOn(stage: Stage, date: string, signal: AbortSignal, time = '16:14:30'): Promise<Product> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), longestStart);
  const env = { ...stage.store.env, KAERU_PACE: '2000' };
  const options = { at: `${date}T${time}+09:00`, env, signal: AbortSignal.any([signal, late.signal]) };
  return startBare(stage.store.data, options).finally(() => clearTimeout(timer));
}

/** One that plays the minutes in which the campaign is no matter yet, so that a life has nothing older to catch up with. */
export async function liveUntil(stage: Stage, date: string, signal: AbortSignal): Promise<void> {
  const product = await startOn(stage, date, signal, '16:13:30');
  await product.moveTo(`${date}T16:14:00+09:00`).finally(() => product.stop());
}

/** Starts, plans what is not planned, sends, dies. */
export async function liveAndDie(stage: Stage, date: string, death: Death, signal: AbortSignal): Promise<Life> {
  const { connector, store } = stage;
  const before = (await connector.reached(0, longestStart)) ?? 0;
  const started = performance.now();
  const since = () => Math.round(performance.now() - started);
  const product = await startOn(stage, date, signal);
  const dead = new AbortController();
  try {
    const ready = since();
    const start = await booksOf(store, date);
    const plans = start.planning !== 'done';
    if (plans) product.moveTo(`${date}T16:15:00+09:00`).catch(() => {});
    const first = connector
      .reached(before + 1, plans ? longestPlanning : longestStart, AbortSignal.any([signal, dead.signal]))
      .then((accepted) => (accepted === null ? null : since()))
      .catch(() => null);
    if (death.planned !== null) await untilPlanned(stage, date, death.planned, signal);
    else if ((await first) !== null) await connector.reached(before + 1 + death.cards, longestSend, signal);
    await wait(death.milliseconds, undefined, { signal });
    await product.kill();
    const lived = since();
    dead.abort('killed');
    const firstSend = await first;
    await store.quiet();
    const accepted = (await connector.reached(0, longestStart)) ?? 0;
    const diesPlanning = death.planned !== null;
    return { ready, firstSend, lived, diesPlanning, plans, before, accepted, start, end: await booksOf(store, date) };
  } finally {
    dead.abort('over');
    await product.kill();
  }
}

async function untilPlanned({ store }: Stage, date: string, people: number, signal: AbortSignal): Promise<void> {
  for (const until = performance.now() + longestPlanning; performance.now() < until; ) {
    const { planning, told } = await planningOf(store, date);
    if (planning === 'done' || told >= people) return;
    await wait(lookEvery, undefined, { signal });
  }
}
