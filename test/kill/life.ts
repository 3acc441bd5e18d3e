import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { type Product, startBare } from '../end-to-end/product.ts';
import { type Books, booksOf } from './books.ts';
import type { Stage } from './set-up.ts';

/** Ready and at its first send: given up after this many milliseconds. */
const longestStart = 30_000;
const longestPlanning = 180_000;
const longestSend = 60_000;

/** When one process dies: so many cards after its first, and so many milliseconds later. */
export interface Death {
  cards: number;
  milliseconds: number;
}

/** What was seen of one process, from its start to its SIGKILL. Times are milliseconds since the start of the process. */
export interface Life {
  ready: number;
  /** Null where nothing was sent in time. */
  firstSend: number | null;
  /** It had first to plan the campaign. */
  planned: boolean;
  /** Cards the Connector had accepted of this campaign, before and at the end. */
  before: number;
  accepted: number;
  /** The store as the start left it, and as the kill left it. */
  start: Books;
  end: Books;
}

/** A process of the product on the stage, on the Wednesday before its minute; nothing is delayed beside the Connector. */
export async function startOn(stage: Stage, date: string, signal: AbortSignal): Promise<Product> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), longestStart);
  const env = { ...stage.store.env, KAERU_PACE: '2000' };
  const options = { at: `${date}T16:14:30+09:00`, env, signal: AbortSignal.any([signal, late.signal]) };
  return startBare(stage.store.data, options).finally(() => clearTimeout(timer));
}

/** Starts, sends, dies. */
export async function liveAndDie(stage: Stage, date: string, death: Death, signal: AbortSignal): Promise<Life> {
  const { connector, store } = stage;
  const before = (await connector.reached(0, longestStart)) ?? 0;
  const started = performance.now();
  const since = () => Math.round(performance.now() - started);
  const product = await startOn(stage, date, signal);
  try {
    const ready = since();
    const start = await booksOf(store, date);
    const planned = start.items === 0;
    if (planned) product.moveTo(`${date}T16:15:00+09:00`).catch(() => {});
    const accepted = await connector.reached(before + 1, planned ? longestPlanning : longestStart, signal);
    const firstSend = accepted === null ? null : since();
    const most = planned ? null : start.waiting - 1;
    const cards = Math.max(0, Math.min(death.cards, most ?? death.cards));
    if (accepted !== null) await connector.reached(before + 1 + cards, longestSend, signal);
    await wait(death.milliseconds, undefined, { signal });
    await product.kill();
    const ended = (await connector.reached(0, longestStart)) ?? 0;
    return { ready, firstSend, planned, before, accepted: ended, start, end: await booksOf(store, date) };
  } finally {
    await product.kill();
  }
}
