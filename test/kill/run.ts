/*
 * `npm run test:kill -- --kills 200 --staff 20000 --store sqlite|postgres|both --seed N`: kills the service in the middle of
 * its sends and looks at everybody afterwards. One line a store in the end; exit code 1 where anything is not as promised,
 * 2 for wrong usage, 130 after Ctrl-C.
 */
import { parseArgs } from 'node:util';
import { type KillRun, killCampaigns } from './campaigns.ts';
import { progressOf } from './progress.ts';
import { summaryLine } from './report.ts';
import type { StoreName } from './stores.ts';

/** One life takes so long at the most, on average, before the run is given up; and so long the city takes to be set up. */
const secondsOfKill = 40;
const secondsOfSetUp = 1_200;

const usage =
  'usage: npm run test:kill -- [--kills N] [--staff N] [--store sqlite|postgres|both] [--seed N]\n' +
  '  defaults: --kills 200 --staff 20000 --store both, a seed of its own; at least 100 people';

interface Wanted {
  kills: number;
  staff: number;
  stores: StoreName[];
  seed: number;
}

/** What the command line asks for; null where it is not to be understood. */
function wantedOf(words: string[]): Wanted | null {
  const text = (value: string) => ({ type: 'string' as const, default: value });
  const options = {
    kills: text('200'),
    staff: text('20000'),
    store: text('both'),
    seed: text(String(Date.now() % 1e9)),
  };
  try {
    const { kills, staff, store, seed } = parseArgs({ args: words, options }).values;
    const numbers = [kills, staff, seed].map((value) => (/^[0-9]{1,9}$/.test(value) ? Number(value) : Number.NaN));
    const [killed = Number.NaN, size = Number.NaN, seeded = Number.NaN] = numbers;
    const stores = { sqlite: ['sqlite'], postgres: ['postgres'], both: ['sqlite', 'postgres'] } as const;
    const known = Object.entries(stores).find(([name]) => name === store)?.[1];
    if (!known || numbers.some(Number.isNaN) || killed < 1 || size < 100) return null;
    return { kills: killed, staff: size, stores: [...known], seed: seeded };
  } catch {
    return null;
  }
}

/** Runs one store; true where everything was as promised. */
async function runOne(run: Omit<KillRun, 'progress'>): Promise<boolean> {
  const progress = progressOf(run.kills, process.stderr);
  try {
    const report = await killCampaigns({ ...run, progress: progress.step });
    progress.end();
    for (const fault of report.faults) console.error(`${run.store}: ${fault}`);
    console.log(summaryLine(report));
    return report.faults.length === 0;
  } catch (error) {
    progress.end();
    const why = run.signal.aborted ? String(run.signal.reason) : error instanceof Error ? error.message : String(error);
    console.log(`${run.store}: not finished (seed ${run.seed}): ${why}`);
    return false;
  }
}

const wanted = wantedOf(process.argv.slice(2));
if (wanted === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const { kills, staff, stores, seed } = wanted;
  const stop = new AbortController();
  const end = () => {
    stop.abort('interrupted');
    process.exitCode = 130;
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  let content = true;
  for (const store of stores) {
    if (stop.signal.aborted) break;
    const late = setTimeout(() => stop.abort('it takes too long'), (secondsOfSetUp + kills * secondsOfKill) * 1000);
    content = (await runOne({ store, kills, staff, seed, signal: stop.signal })) && content;
    clearTimeout(late);
  }
  if (!content) process.exitCode ??= 1;
}
