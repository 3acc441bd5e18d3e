import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeConnector, startFakeConnector } from '../test/fakes/start-connector.ts';
import { PACE } from './broadcast.ts';
import { freshFolder, type Measured, root, start } from './processes.ts';
import { type Rehearsal, rehearse } from './rehearsal.ts';
import { type Bench, quantile, type Row, row, type Scenario } from './scenario.ts';
import { giveChats, prepare, storeOf } from './store.ts';

const ROUNDS = 5;
/** A thousand messages: what is measured is a broadcast, not its first seconds. */
const WARM_UP = 2;
/** Ends of work five minutes apart: one group of people, one round. */
const ENDS = ['17:15', '17:20', '17:25', '17:30', '17:35', '17:40', '17:45'];
/** When the cards of each are due, and a moment before: the minutes up to then are no part of a message. */
const MINUTES = ['16:15', '16:20', '16:25', '16:30', '16:35', '16:40', '16:45'];
const BEFORE = ['16:14', '16:19', '16:24', '16:29', '16:34', '16:39', '16:44'];

/**
 * CPU of a message: personal card, planned, claimed, sent and recorded durably, all at the pace, over plain HTTP. Beside it
 * undici with a prepared body, and botbuilder with the layout expanded for each person; neither keeps any state.
 */
export const messageCost: Scenario = {
  name: 'message-cost',
  numbers: [5],
  seconds: { full: 235, quick: 80 },
  async run(bench) {
    const size = bench.quick ? 150 : 500;
    const connector = await startFakeConnector();
    bench.later(() => connector.stop());
    const product = await ourService(bench, connector, size);
    const peers = await startPeers(bench, connector);
    const costs: Record<'ours' | 'undici' | 'botbuilder', number[]> = { ours: [], undici: [], botbuilder: [] };
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      await product.moveTo(`2026-11-18T${BEFORE[round]}:45+09:00`);
      const rounds = {
        ours: () => costOf(product, () => product.moveTo(`2026-11-18T${MINUTES[round]}:01+09:00`), size),
        undici: () => costOf(peers.undici, () => order(peers.undici, round, size), size),
        botbuilder: () => costOf(peers.botbuilder, () => order(peers.botbuilder, round, size), size),
      };
      for (const name of ['ours', 'undici', 'botbuilder'] as const) {
        bench.say(`round ${round + 1} of ${WARM_UP + ROUNDS}, ${name}`);
        const cost = await rounds[name]();
        if (round >= WARM_UP) costs[name].push(cost);
      }
    }
    return rowsOf(quantile(costs.ours, 0.5), quantile(costs.undici, 0.5), quantile(costs.botbuilder, 0.5));
  },
};

async function ourService(bench: Bench, connector: FakeConnector, size: number): Promise<Rehearsal> {
  bench.say('preparing a store');
  const people = Array.from({ length: size * ENDS.length }, (_, n) => n);
  const folder = await storeOf(bench, people.length, { end: (n) => ENDS[Math.floor(n / size)] ?? '' });
  prepare(folder, (database) => giveChats(database, people, connector.serviceUrl, 'bench'));
  return rehearse(bench, folder, '2026-11-18T16:14:40+09:00', PACE);
}

async function startPeers(bench: Bench, connector: FakeConnector): Promise<Record<'undici' | 'botbuilder', Measured>> {
  const bodyFile = join(freshFolder(bench), 'body.json');
  const peer = (program: string) =>
    start(bench, ['--disable-warning=ExperimentalWarning', join(root, 'bench/peers', program)], {
      BENCH_PEER: JSON.stringify({ serviceUrl: connector.serviceUrl, bodyFile }),
    });
  const botbuilder = await peer('send-botbuilder.ts');
  await order(botbuilder, ENDS.length, 1);
  // The prepared body is the card that botbuilder sent: the same bytes for all.
  const sent = await connector.conversation(`a:peer-${ENDS.length * 1_000}`);
  writeFileSync(bodyFile, JSON.stringify(sent?.activities[0]?.stored));
  return { botbuilder, undici: await peer('send-undici.ts') };
}

async function order(peer: Measured, round: number, count: number): Promise<void> {
  const body = JSON.stringify({ from: round * 1_000, count, pace: PACE });
  const answer = await fetch(peer.url, { method: 'POST', body });
  if (!answer.ok) throw new Error(`A peer could not send: ${await answer.text()}`);
}

async function costOf(process: Measured, work: () => Promise<void>, messages: number): Promise<number> {
  const before = process.cpu();
  await work();
  return (process.cpu() - before) / messages;
}

function rowsOf(ours: number, undici: number, botbuilder: number): Row[] {
  const written = (cost: number) => `${cost.toFixed(2)} ms`;
  const about = (scenario: string, peer: number) => ({ number: 5, scenario, ours: written(ours), peer: written(peer) });
  const scenario = `CPU of a message at ${PACE}/s, personal card and durable state included, beside`;
  return [
    row(about(`${scenario} raw undici`, undici), ours / undici, { atMost: 2.5 }, { atMost: 1.3 }),
    row(
      about(`${scenario} botbuilder and Template.expand`, botbuilder),
      ours / botbuilder,
      { atMost: 0.5 },
      { atMost: 1 / 6 },
    ),
  ];
}
