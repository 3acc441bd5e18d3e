import { setTimeout as wait } from 'node:timers/promises';
import type { Behaviour, FakeConnector } from '../test/fakes/start-connector.ts';
import { seededRandom } from '../test/kill/seeded-random.ts';
import { type Call, LATENCY, PACE, type Stage, sendsOf, stageFor } from './broadcast.ts';
import { type Bench, type Row, row, type Scenario } from './scenario.ts';

const SEED = 20_261_118;
const FAULTS: Behaviour[] = [
  { status: 429, headers: { 'retry-after': '1' } },
  { status: 412 },
  { status: 502, accept: true },
  { hang: true },
];
const SHARE_OF_FAULTS = 0.05;
const LOWER = 30;
/** Seconds after the first card at which the limit falls, and comes back. */
const FALLS = { full: { from: 12, to: 24 }, quick: { from: 6, to: 12 } };

/**
 * A broadcast through faults and a limit that falls for a while and comes back: what went through while the Connector
 * would have taken anything. Counted until everybody was called once; seconds that a Retry-After closed are not counted.
 */
export const faultyBroadcast: Scenario = {
  name: 'broadcast-faults',
  numbers: [4],
  seconds: { full: 130, quick: 90 },
  async run(bench) {
    const people = bench.quick ? 1_000 : 2_000;
    const stage = await stageFor(bench, people);
    const { connector, product } = stage;
    await connector.script(...faults(people * 3), { delay: LATENCY, only: 'send', times: null });
    const falls = FALLS[bench.quick ? 'quick' : 'full'];
    bench.say(`sending ${people} cards with 5 % faults, the limit falling to ${LOWER}/s`);
    const moved = product.moveTo('2026-11-18T16:15:01+09:00');
    const changed = await lowerFor(connector, falls, bench);
    await moved;
    const calls = await sendsOf(connector);
    return [rowOf(people, figuresOf(calls, changed), await booksOf(stage, calls, people))];
  },
};

/** Faults and good answers in an order that is the same in every run. */
function faults(count: number): Behaviour[] {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, () => {
    if (random() >= SHARE_OF_FAULTS) return { delay: LATENCY, only: 'send' };
    return { ...FAULTS[Math.floor(random() * FAULTS.length)], only: 'send' };
  });
}

/** When the limit changed, in milliseconds of the Connector's clock after the first card. */
interface Falls {
  from: number;
  to: number;
}

async function lowerFor(connector: FakeConnector, { from, to }: Falls, { signal }: Bench): Promise<Falls> {
  await connector.reached(1, 60_000, signal);
  const first = performance.now();
  await wait(from * 1_000, undefined, { signal });
  await connector.enforceLimits(LOWER);
  const fell = performance.now() - first;
  await wait((to - from) * 1_000, undefined, { signal });
  await connector.enforceLimits(PACE);
  return { from: fell, to: performance.now() - first };
}

interface Figures {
  /** Calls that were within the limit, of those the Connector would have taken. */
  share: number;
  /** 429s for calling too fast, of all calls. */
  tooFast: number;
  calls: number;
}

function figuresOf(calls: Call[], falls: Falls): Figures {
  const first = calls[0]?.at ?? 0;
  const seen = new Set<string>();
  let last = first;
  for (const { conversation, at } of calls) {
    if (!seen.has(conversation)) last = at;
    seen.add(conversation);
  }
  const open = seconds(first, last, closedBy(calls));
  const capacity =
    open.filter((at) => at < first + falls.from || at >= first + falls.to).length * PACE +
    open.filter((at) => at >= first + falls.from && at < first + falls.to).length * LOWER;
  const counted = calls.filter(({ at, over }) => at <= last && !over);
  const tooFast = calls.filter(({ over }) => over).length;
  return { share: (counted.length * 100) / capacity, tooFast, calls: calls.length };
}

/** What the Retry-After of a scripted 429 closed: nobody may call then. */
function closedBy(calls: Call[]): { from: number; to: number }[] {
  return calls.filter(({ status, over }) => status === 429 && !over).map(({ at }) => ({ from: at, to: at + 1_000 }));
}

/** Hundredths of a second between two instants in which calls were allowed. */
function seconds(from: number, to: number, closed: { from: number; to: number }[]): number[] {
  const all = Array.from({ length: Math.floor((to - from) / 10) }, (_, index) => from + index * 10);
  return all.filter((at) => !closed.some((window) => at >= window.from && at < window.to));
}

/** Who was lost (neither accepted nor known to be unclear), and who got two cards. */
async function booksOf({ product }: Stage, calls: Call[], people: number): Promise<{ lost: number; twice: number }> {
  const accepted = Map.groupBy(
    calls.filter((call) => call.accepted),
    ({ conversation }) => conversation,
  );
  const unclear = (await product.ledger('no-overtime-day')).filter(({ state }) => state === 'unknown').length;
  const reached = accepted.size;
  return {
    lost: Math.max(0, people - reached - unclear),
    twice: [...accepted.values()].filter((all) => all.length > 1).length,
  };
}

function rowOf(people: number, { share, tooFast, calls }: Figures, books: { lost: number; twice: number }): Row {
  const scenario = `the same with 5 % 429, 412, 502 after accepting, hangs, and ${LOWER}/s for a while: share of what was taken`;
  const ours = `${share.toFixed(3)}; ${books.lost} lost, ${books.twice} twice; ${tooFast} of ${calls} calls too fast`;
  const about = { number: 4, scenario, ours, peer: `the Connector: ${people.toLocaleString('en')}` };
  const made = row(about, share, { atLeast: 0.95 }, { atLeast: 0.98 }, (value) => value.toFixed(3));
  const whole = books.lost === 0 && books.twice === 0;
  return {
    ...made,
    gate: `${made.gate}, none lost`,
    meets: { gate: Boolean(made.meets.gate) && whole, moonshot: Boolean(made.meets.moonshot) && whole },
  };
}
