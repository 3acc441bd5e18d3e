import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peer } from './peers.ts';
import { Presses, type Target } from './presses.ts';
import { freshFolder, type Measured } from './processes.ts';
import { type Surroundings, serve, surroundings, tenant } from './production.ts';
import { type Bench, quantile, type Row, row, type Scenario } from './scenario.ts';
import { giveCards, giveChats, heldCard, prepare, storeOf, todayInTokyo } from './store.ts';

const PEOPLE = 3_000;
const PACE = 50;
const AT_ONCE = 16;
const SIZE = { full: { rounds: 5, presses: 2_000, warmUp: 10_000 }, quick: { rounds: 2, presses: 400, warmUp: 400 } };

/** Who answers, and the CPU of each of its rounds in milliseconds per answer. */
interface Contestant {
  name: string;
  process: Measured;
  presses: Presses;
  rounds: number[];
}

/**
 * Presses on cards: sign-in checked, payload checked, answer durable, the new card back. CPU of the answering process, the
 * updates of stored messages behind it included as far as the pace lets them go. Beside it bots that do less.
 */
export const answers: Scenario = {
  name: 'answers',
  numbers: [1, 2],
  seconds: { full: 60, quick: 20 },
  needs: 'peers',
  async run(bench) {
    const size = bench.quick ? SIZE.quick : SIZE.full;
    const around = await surroundings(bench, PACE);
    const people = Array.from({ length: PEOPLE }, (_, n) => n);
    bench.say('preparing a store');
    const ours = await ourService(bench, around, people);
    const target = (process: Measured): Target => ({
      url: process.url,
      bearer: around.bearer,
      serviceUrl: around.connector.serviceUrl,
    });
    const contestant = (name: string, process: Measured): Contestant => {
      const presses = new Presses(people.map(heldCard), AT_ONCE);
      bench.later(() => presses.close());
      return { name, process, presses, rounds: [] };
    };
    const kaeru = contestant('ours', ours);
    await kaeru.presses.burst(target(ours), size.warmUp, AT_ONCE);
    const cardFile = join(freshFolder(bench), 'card.json');
    writeFileSync(cardFile, JSON.stringify((JSON.parse(kaeru.presses.last) as { value: unknown }).value));
    const agents = contestant('Agents SDK', await peer(bench, 'agents-echo.mjs', around, { cardFile }));
    const store = join(freshFolder(bench), 'peer.db');
    const botbuilder = contestant('botbuilder', await peer(bench, 'botbuilder-answer.ts', around, { cardFile, store }));
    for (const { presses, process } of [agents, botbuilder]) await presses.burst(target(process), size.warmUp, AT_ONCE);
    for (let round = 1; round <= size.rounds; round += 1) {
      for (const one of [kaeru, agents, botbuilder]) {
        bench.say(`round ${round} of ${size.rounds}, ${one.name}`);
        const before = one.process.cpu();
        await one.presses.burst(target(one.process), size.presses, AT_ONCE);
        one.rounds.push((one.process.cpu() - before) / size.presses);
      }
    }
    return [
      rowOf(1, 'durable answers per CPU second, beside the Agents SDK, which stores nothing', kaeru, agents, [2, 5]),
      rowOf(2, 'the same beside botbuilder + restify + one SQLite upsert', kaeru, botbuilder, [3, 6]),
    ];
  },
};

async function ourService(bench: Bench, around: Surroundings, people: number[]): Promise<Measured> {
  const folder = await storeOf(bench, PEOPLE, { policy: 'quiet' });
  prepare(folder, (database) => {
    giveChats(database, people, around.connector.serviceUrl, tenant);
    giveCards(database, people, todayInTokyo(), Date.now());
  });
  return serve(bench, around, { KAERU_DATA: folder });
}

function rowOf(
  number: number,
  scenario: string,
  ours: Contestant,
  peer: Contestant,
  [gate, moonshot]: [number, number],
): Row {
  const cost = (one: Contestant) => quantile(one.rounds, 0.5);
  const written = (one: Contestant) => `${(1_000 / cost(one)).toFixed(0)}/s (${cost(one).toFixed(2)} ms)`;
  const about = { number, scenario, ours: written(ours), peer: written(peer) };
  return row(about, cost(peer) / cost(ours), { atLeast: gate }, { atLeast: moonshot });
}
