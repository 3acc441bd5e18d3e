import { LATENCY, PACE, sendsOf, stageFor } from './broadcast.ts';
import { type Row, row, type Scenario } from './scenario.ts';

/** What TeamsFx publishes of its large-scale notification sample. */
const TEAMSFX = 0.96;

/** A broadcast at the pace Microsoft allows: how near it comes to the limit, and how often it is told to wait. */
export const pacedBroadcast: Scenario = {
  name: 'broadcast',
  numbers: [3],
  seconds: { full: 60, quick: 25 },
  async run(bench) {
    const people = bench.quick ? 500 : 2_000;
    const { connector, product } = await stageFor(bench, people);
    await connector.script({ delay: LATENCY, only: 'send', times: null });
    bench.say(`sending ${people} cards at ${PACE} a second`);
    await product.moveTo('2026-11-18T16:15:01+09:00');
    const calls = await sendsOf(connector);
    const told = calls.filter(({ status }) => status === 429).length;
    const accepted = calls.filter((call) => call.accepted);
    if (accepted.length !== people) throw new Error(`${accepted.length} cards were accepted; expected ${people}.`);
    const seconds = ((accepted.at(-1)?.at ?? 0) - (accepted[0]?.at ?? 0)) / 1_000;
    return [rowOf(people, (people - 1) / seconds / PACE, told)];
  },
};

function rowOf(people: number, share: number, told: number): Row {
  const scenario = `a broadcast to ${people.toLocaleString('en')} at ${PACE}/s, ${LATENCY} ms latency: share of the limit`;
  const about = { number: 3, scenario, ours: `${share.toFixed(3)}, ${told} × 429`, peer: `TeamsFx says ${TEAMSFX}` };
  const made = row(about, share, { atLeast: 0.98 }, { atLeast: 0.995 }, (value) => value.toFixed(3));
  const clean = told === 0;
  return {
    ...made,
    gate: `${made.gate}, no 429`,
    moonshot: `${made.moonshot}, no 429`,
    meets: { gate: Boolean(made.meets.gate) && clean, moonshot: Boolean(made.meets.moonshot) && clean },
  };
}
