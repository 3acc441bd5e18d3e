/*
 * `npm run test:campaigns -- --campaigns 200000 --seed N`: simulates so many campaigns to 500 people, 60 in a town, a process a
 * core, and expects that everybody is accounted for in each. The first town has that seed and each other one the next. Exit code 1
 * where anything is not as promised, with the command that shows it again; 2 for wrong usage; 130 after Ctrl-C, with the command
 * that goes on.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { people } from '../simulation/campaign-program.ts';
import { type AskedTown, Tally, type ToldTown } from './tally.ts';

const usage = 'usage: npm run test:campaigns -- [--campaigns N] [--seed N]\n  defaults: 200000, and a seed of its own';
const sayEvery = 60_000;
/** What a town needs for a moment is thrown away without being looked at twice. */
const flags = ['--disable-warning=ExperimentalWarning', '--min-semi-space-size=64', '--max-semi-space-size=64'];
const program = fileURLToPath(new URL('town.ts', import.meta.url));

/** What the command line asks for; null where it is not to be understood. */
function wantedOf(words: string[]): AskedTown | null {
  const text = (value: string) => ({ type: 'string' as const, default: value });
  const options = { campaigns: text('200000'), seed: text(String(1 + (Date.now() % 1e8))) };
  try {
    const { values } = parseArgs({ args: words, options });
    const [campaigns = 0, seed = 0] = [values.campaigns, values.seed].map((value) =>
      /^[1-9][0-9]{0,8}$/.test(value) ? Number(value) : 0,
    );
    return campaigns > 0 && seed > 0 ? { campaigns, seed } : null;
  } catch {
    return null;
  }
}

/** Lets one process simulate towns until there are none; comes back when it has ended. */
function simulateTowns(tally: Tally, stop: AbortSignal): Promise<void> {
  const child: ChildProcess = fork(program, { execArgv: flags });
  let town: AskedTown | null = null;
  const ask = () => {
    town = tally.next();
    if (town === null) child.disconnect();
    else child.send(town);
  };
  child.on('message', (told: ToldTown) => {
    if (town) tally.told(town, told);
    town = null;
    if (!stop.aborted) ask();
  });
  stop.addEventListener('abort', () => child.kill(), { once: true });
  ask();
  return new Promise((resolve) =>
    child.once('exit', (code, signal) => {
      if (town && !stop.aborted) tally.told(town, { wrong: [`its process ended (${signal ?? code})`], counts: {} });
      resolve();
    }),
  );
}

async function simulateAll(wanted: AskedTown): Promise<number> {
  const tally = new Tally(wanted);
  const stop = new AbortController();
  process.on('SIGINT', () => stop.abort()).on('SIGTERM', () => stop.abort());
  console.error(`${tally.progress} to ${people} people, the first town under seed ${wanted.seed}`);
  const saying = setInterval(() => console.error(tally.progress), sayEvery);
  await Promise.all(Array.from({ length: availableParallelism() }, () => simulateTowns(tally, stop.signal)));
  clearInterval(saying);
  for (const line of tally.wrong) console.log(line);
  console.log(tally.summary);
  if (stop.signal.aborted) console.log(tally.rest);
  if (tally.wrong.length > 0) return 1;
  return stop.signal.aborted ? 130 : 0;
}

const wanted = wantedOf(process.argv.slice(2));
if (wanted === null) console.error(usage);
process.exitCode = wanted === null ? 2 : await simulateAll(wanted);
