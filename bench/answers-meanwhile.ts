import { setTimeout as wait } from 'node:timers/promises';
import { LATENCY, PACE, type Stage, stageFor } from './broadcast.ts';
import { cardsIn, Presses, type Target } from './presses.ts';
import { type Bench, quantile, type Row, row, type Scenario } from './scenario.ts';
import { allPlanned } from './store.ts';

const PEOPLE = 20_000;
/** Who answers: their card came a quarter of an hour earlier. */
const ANSWERING = 200;
const A_SECOND = 20;

/** How long an answer takes while a broadcast goes out at the pace, beside the same answers when nothing is sent. */
export const answersMeanwhile: Scenario = {
  name: 'answers-meanwhile',
  numbers: [7],
  seconds: { full: 110, quick: 55 },
  async run(bench) {
    const seconds = bench.quick ? 10 : 30;
    const stage = await stageFor(bench, PEOPLE, (n) => (n < ANSWERING ? '17:15' : '17:30'));
    const { connector, product } = stage;
    await connector.script({ delay: LATENCY, only: 'send', times: null });
    await product.moveTo('2026-11-18T16:15:01+09:00');
    const target = { url: product.url, bearer: null, serviceUrl: connector.serviceUrl };
    const presses = new Presses(await cardsIn(connector), ANSWERING);
    bench.later(() => presses.close());
    bench.say('warming up');
    await steadily(presses, target, 10, bench);
    bench.say(`answers at ${A_SECOND} a second, idle`);
    const idle = await steadily(presses, target, seconds, bench);
    bench.say('planning the broadcast');
    const planning = await whilePlanning(stage, presses, target, bench);
    bench.say(`answers at ${A_SECOND} a second, ${PEOPLE.toLocaleString('en')} cards going out`);
    const busy = await steadily(presses, target, seconds, bench);
    return rowsOf(idle, busy, planning);
  },
};

/** Starts the broadcast and answers until everybody is planned; milliseconds of each answer. */
async function whilePlanning(
  { folder, product }: Stage,
  presses: Presses,
  target: Target,
  bench: Bench,
): Promise<number[]> {
  const broadcast = product.moveTo('2026-11-18T16:30:01+09:00');
  // It takes minutes; the scenario ends before.
  broadcast.catch(() => {});
  let isPlanning = true;
  const planned = allPlanned(bench, folder, '2026-11-18T16:30+09:00', PEOPLE - ANSWERING).finally(() => {
    isPlanning = false;
  });
  const times: number[] = [];
  while (isPlanning) times.push(...(await steadily(presses, target, 1, bench)));
  await planned;
  return times;
}

/** Presses at a steady rate, whether or not the last ones have been answered; milliseconds of each. */
async function steadily(presses: Presses, target: Target, seconds: number, { signal }: Bench): Promise<number[]> {
  const started = performance.now();
  const under: Promise<number>[] = [];
  for (let n = 0; n < seconds * A_SECOND; n += 1) {
    await wait(Math.max(0, started + (n * 1_000) / A_SECOND - performance.now()), undefined, { signal });
    under.push(presses.one(target));
  }
  return Promise.all(under);
}

function rowsOf(idle: number[], busy: number[], planning: number[]): Row[] {
  const [calm, full] = [quantile(idle, 0.99), quantile(busy, 0.99)];
  const written = (times: number[]) =>
    `p99 ${quantile(times, 0.99).toFixed(1)} ms, median ${quantile(times, 0.5).toFixed(1)} ms`;
  const going = `answers while ${PEOPLE.toLocaleString('en')} cards go out at ${PACE}/s, beside idle`;
  const planned = 'the longest answer while that broadcast is planned';
  return [
    row(
      { number: 7, scenario: going, ours: written(busy), peer: written(idle) },
      full / calm,
      { atMost: 3 },
      { atMost: 1.5 },
    ),
    row(
      { number: 7, scenario: planned, ours: `${Math.max(...planning).toFixed(0)} ms`, peer: '-' },
      Math.max(...planning) / calm,
      null,
      null,
    ),
  ];
}
