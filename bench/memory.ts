import { startFakeConnector } from '../test/fakes/start-connector.ts';
import { PACE } from './broadcast.ts';
import { rehearse } from './rehearsal.ts';
import { type Bench, type Row, row, type Scenario } from './scenario.ts';
import { allPlanned, fillStore, prepare, storeOf } from './store.ts';

const SMALL = 20_000;
const LARGE = 1_000_000;
/** Cards that are sent after the planning, at the pace. */
const SENT = { full: 500, quick: 100 };
/** A broadcast that is not under way after this many milliseconds is given up. */
const LONGEST = 15 * 60_000;

/**
 * Memory of the service from its start until a broadcast to everybody is planned to the last person and under way, for a city and
 * for fifty cities.
 */
export const memory: Scenario = {
  name: 'memory',
  numbers: [9],
  seconds: { full: 600, quick: 90 },
  async run(bench) {
    const large = bench.quick ? LARGE / 5 : LARGE;
    const small = await broadcastTo(bench, SMALL);
    return [rowOf(large, await broadcastTo(bench, large), small)];
  },
};

/** Highest memory in MB; seconds until the first card had gone out, and until everybody was planned. */
interface Figures {
  peak: number;
  first: number;
  planned: number;
}

async function broadcastTo(bench: Bench, people: number): Promise<Figures> {
  const connector = await startFakeConnector();
  bench.later(() => connector.stop());
  await connector.countOnly();
  bench.say(`preparing a store of ${people.toLocaleString('en')} people`);
  const folder = await storeOf(bench, 40);
  prepare(folder, (database) => fillStore(database, 40, people, connector.serviceUrl));
  const product = await rehearse(bench, folder, '2026-11-18T16:14:45+09:00', PACE);
  bench.say(`planning and sending to ${people.toLocaleString('en')} people`);
  const began = performance.now();
  // It would take hours; the process is ended before.
  product.moveTo('2026-11-18T16:15:01+09:00').catch(() => {});
  if ((await connector.reached(1, LONGEST, bench.signal)) === null)
    throw new Error(`A broadcast to ${people} people was not under way after ${LONGEST / 60_000} minutes.`);
  const first = (performance.now() - began) / 1_000;
  await allPlanned(bench, folder, '2026-11-18T16:15+09:00', people);
  const planned = (performance.now() - began) / 1_000;
  const accepted = (await connector.reached(1, LONGEST, bench.signal)) ?? 0;
  await connector.reached(accepted + SENT[bench.quick ? 'quick' : 'full'], LONGEST, bench.signal);
  const { peak } = product.memory();
  await product.stop();
  await connector.stop();
  return { peak, first, planned };
}

function rowOf(people: number, large: Figures, small: Figures): Row {
  const written = ({ peak, first, planned }: Figures) =>
    `${peak.toFixed(0)} MB (first card after ${first.toFixed(1)} s, all planned after ${planned.toFixed(1)} s)`;
  const scenario = `memory during a broadcast to ${people.toLocaleString('en')} people, beside ${SMALL.toLocaleString('en')}`;
  const about = { number: 9, scenario, ours: written(large), peer: `ours: ${written(small)}` };
  const made = row(about, large.peak / small.peak, { atMost: 2 }, { atMost: 1.3 });
  return {
    ...made,
    gate: `${made.gate}, 250 MB`,
    moonshot: `${made.moonshot}, 120 MB`,
    meets: {
      gate: Boolean(made.meets.gate) && large.peak <= 250,
      moonshot: Boolean(made.meets.moonshot) && large.peak <= 120,
    },
  };
}
