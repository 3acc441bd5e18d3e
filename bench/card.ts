import { createRequire } from 'node:module';
import { cardsFrom } from '../src/adapters/cards/index.ts';
import { loadLayout, loadMarks } from '../src/adapters/cards/load-layout.ts';
import { sampleCard } from './sample-card.ts';
import { cardsFolder, quantile, row, type Scenario } from './scenario.ts';

const ROUNDS = 7;
type Engine = typeof import('adaptivecards-templating/lib/template-engine.js');

/** One personal card as JSON from the same layout and data, the Template built once. */
export const card: Scenario = {
  name: 'card',
  numbers: [6],
  seconds: { full: 15, quick: 4 },
  async run(bench) {
    const { Template } = createRequire(import.meta.url)('adaptivecards-templating/lib/template-engine.js') as Engine;
    const content = sampleCard('item-1');
    const cards = cardsFrom(cardsFolder);
    const template = new Template(loadLayout(cardsFolder, content.template));
    const scope = { $root: content.data, $host: { marks: loadMarks(cardsFolder) } };
    const contestants = {
      ours: () => cards.write(content),
      theirs: () => Buffer.from(JSON.stringify(template.expand(scope))),
    };
    const figures: Record<string, number[]> = { ours: [], theirs: [] };
    const times = bench.quick ? 500 : 2_000;
    for (let round = 0; round <= ROUNDS; round += 1) {
      bench.say(`round ${round} of ${ROUNDS}`);
      for (const [name, draw] of Object.entries(contestants)) {
        const cost = microseconds(draw, times);
        if (round > 0) figures[name]?.push(cost);
      }
    }
    const [our, their] = [quantile(figures['ours'] ?? [], 0.5), quantile(figures['theirs'] ?? [], 0.5)];
    const scenario = 'one personal card as JSON, beside Template.expand';
    const about = { number: 6, scenario, ours: `${our.toFixed(1)} µs`, peer: `${their.toFixed(0)} µs` };
    return [row(about, their / our, null, { atLeast: 50 })];
  },
};

/** CPU of one, over that many. */
function microseconds(draw: () => unknown, times: number): number {
  const before = process.cpuUsage();
  for (let left = times; left > 0; left -= 1) draw();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
