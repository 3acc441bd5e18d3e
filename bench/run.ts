/*
 * `npm run bench`: how fast the product is on this machine, from outside, as one table. `npm run bench -- press` runs
 * one scenario. The guides are for reading, not tests.
 */

import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { overtimeImport } from './overtime-import.ts';
import { plan20000 } from './plan-20000.ts';
import { press } from './press.ts';
import { loadAverage, type Scenario } from './scenario.ts';
import { startToReady } from './start-to-ready.ts';

const scenarios: Scenario[] = [startToReady, plan20000, press, overtimeImport];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !scenarios.some((scenario) => scenario.name === name));
if (unknown.length > 0) {
  console.error(
    `No scenario is called ${unknown.join(', ')}; there are ${scenarios.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
console.log(`Kaeru ${version}, Node ${process.versions.node}, SQLite ${process.versions.sqlite}`);
console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load ${loadAverage()} at the start\n`);
console.log('| scenario | measured | guide | load after |\n|---|---|---|---|');
for (const scenario of scenarios) {
  if (chosen.length > 0 && !chosen.includes(scenario.name)) continue;
  for (const { scenario: title, measured, guide } of await scenario.run()) {
    console.log(`| ${title} | ${measured} | ${guide} | ${loadAverage()} |`);
  }
}
