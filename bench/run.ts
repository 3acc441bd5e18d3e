/*
 * `npm run bench`: how fast the product is, each scenario beside its named peer in the same run, as one Markdown table.
 * `npm run bench -- NAME` runs one, `--quick` shortens. Exit code 1 where a gate is missed, 2 for wrong usage, 130 after
 * Ctrl-C.
 */
import { parseArgs } from 'node:util';
import { aboutThisRun } from './about.ts';
import { answers } from './answers.ts';
import { answersMeanwhile } from './answers-meanwhile.ts';
import { card } from './card.ts';
import { faultyBroadcast } from './faulty-broadcast.ts';
import { memory } from './memory.ts';
import { messageCost } from './message-cost.ts';
import { overtimeImport } from './overtime-import.ts';
import { pacedBroadcast } from './paced-broadcast.ts';
import { postgres } from './postgres.ts';
import { Progress } from './progress.ts';
import { whyLeftOut } from './requirements.ts';
import { type Bench, loadAverage, type Row, type Scenario } from './scenario.ts';
import { startToReady } from './start-to-ready.ts';
import { failedRow, missed, tableOf } from './table.ts';

const scenarios: Scenario[] = [
  answers,
  pacedBroadcast,
  faultyBroadcast,
  messageCost,
  card,
  answersMeanwhile,
  startToReady,
  memory,
  postgres,
  overtimeImport,
];

/** What the command line asks for; null, after a sentence, where it is not to be understood. */
function wanted(): { chosen: Scenario[]; quick: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { quick: { type: 'boolean', default: false } },
    });
    const unknown = positionals.find((name) => !scenarios.some((scenario) => scenario.name === name));
    if (unknown !== undefined) throw new Error(`No scenario is called ${unknown}.`);
    const chosen = scenarios.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
    return { chosen, quick: values.quick };
  } catch (error) {
    const names = scenarios.map(({ name }) => name).join(', ');
    console.error(
      `${error instanceof Error ? error.message : String(error)}\nusage: npm run bench -- [NAME …] [--quick]; there are ${names}.`,
    );
    return null;
  }
}

/** Runs one scenario; whatever it started has ended afterwards, however it went. */
async function runOne(scenario: Scenario, bench: Omit<Bench, 'later' | 'fail'>): Promise<Row[]> {
  const closing: (() => Promise<void> | void)[] = [];
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(bench.signal.reason);
  bench.signal.addEventListener('abort', stop);
  const work = scenario.run({ ...bench, fail: reject, later: (close) => void closing.push(close) });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    bench.signal.removeEventListener('abort', stop);
    for (const one of [work, stopped]) one.catch(() => {});
    for (const close of closing.reverse()) await closed(close);
  }
}

/** What cannot be closed keeps nothing else open; it is said. */
async function closed(close: () => Promise<void> | void): Promise<void> {
  try {
    await close();
  } catch (error) {
    console.error(`Something that was started could not be ended: ${error instanceof Error ? error.message : error}`);
  }
}

async function runAll({ chosen, quick }: { chosen: Scenario[]; quick: boolean }, signal: AbortSignal): Promise<Row[]> {
  const secondsOf = (scenario: Scenario) => scenario.seconds[quick ? 'quick' : 'full'];
  const left = chosen.filter((scenario) => whyLeftOut(scenario) === null);
  const progress = new Progress(
    process.stderr,
    left.reduce((sum, one) => sum + secondsOf(one), 0),
  );
  const rows: Row[] = [];
  for (const scenario of left) {
    const say = (doing: string) => progress.say(`${scenario.name}: ${doing}`);
    say('begins');
    try {
      rows.push(...(await runOne(scenario, { quick, signal, say })));
    } catch (error) {
      if (signal.aborted) throw error;
      rows.push(...scenario.numbers.map((number) => failedRow(number, scenario.name, error)));
    } finally {
      progress.done(secondsOf(scenario));
      progress.clear();
    }
  }
  return rows;
}

const chosen = wanted();
if (chosen === null) {
  process.exitCode = 2;
} else {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort(signal));
  const about = aboutThisRun(chosen.quick);
  for (const why of chosen.chosen.map(whyLeftOut)) if (why !== null) console.error(why);
  try {
    const rows = await runAll(chosen, stop.signal);
    console.log(`${about}\n\n${tableOf(rows)}\n\nLoad at the end: ${loadAverage()}.`);
    if (missed(rows) > 0) process.exitCode = 1;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    console.error('Interrupted: everything that was started has ended, and nothing was measured to the end.');
    process.exit(130);
  }
}
