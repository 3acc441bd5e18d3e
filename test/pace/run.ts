/*
 * `npm run test:pace -- --staff 20000 --replicas 1|2 --pace 50 [--faults] [--fall]`: how near real services come to the limit
 * that a Connector in its own process enforces, and how often they are told to wait. Exit code 1 where anything is not as
 * promised, 2 for wrong usage, 130 after Ctrl-C.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { faultsAmong } from './faults.ts';
import { type Figures, faultsOf, figuresOf, type Limit } from './figures.ts';
import { type PaceRun, paceRunOf, usage } from './options.ts';
import { oneService, type PaceStage, twoServices } from './stages.ts';

const lowered = 30;
/** The limit falls after this part of the send, and comes back after that. */
const fall = { from: 0.3, to: 0.5 };
const showEvery = 1_000;
/** A call that arrives so much later than the telling of a pause was not on its way: two services tell each other by their store. */
const transit = (replicas: number) => (replicas === 1 ? 40 : 80);

const tty = process.stderr.isTTY;
let shown = 0;
function show(line: string): void {
  if (tty) process.stderr.write(`\r\u001b[K${line}`);
  else if (performance.now() - shown > 15_000) {
    shown = performance.now();
    process.stderr.write(`${line}\n`);
  }
}

async function measure(run: PaceRun, signal: AbortSignal): Promise<Figures> {
  show(`preparing ${run.staff} people and ${run.replicas} service(s)`);
  const stage = await (run.replicas === 1 ? oneService : twoServices)(run.staff, run.pace, signal);
  try {
    return await sendOn(stage, run, signal);
  } finally {
    await stage.close();
  }
}

async function sendOn(stage: PaceStage, run: PaceRun, signal: AbortSignal): Promise<Figures> {
  const { connector, reached } = stage;
  await connector.countOnly({ calls: true });
  await connector.forget();
  const { latency, faults, pace, seed } = run;
  if (faults) await connector.script(...faultsAmong(reached.length * 3, latency, seed));
  await connector.script({ delay: latency, only: 'send', times: null });
  await connector.enforceLimits(pace);
  const over = new AbortController();
  const both = AbortSignal.any([over.signal, signal]);
  const watching = Promise.all([watch(stage, run, both), run.fall ? changeLimit(stage, run, both) : []]);
  try {
    await stage.send();
  } finally {
    over.abort('the send has ended');
  }
  const [, changes] = await watching;
  const calls = await connector.calls();
  const first = calls[0]?.at ?? 0;
  const limits = [{ from: 0, calls: pace }, ...changes.map((change) => ({ ...change, from: first + change.from }))];
  return figuresOf(calls, limits, await stage.unclear(), reached, transit(run.replicas));
}

/** Says how far the send is and how long it may still take. */
async function watch({ connector, reached }: PaceStage, { pace }: PaceRun, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const accepted = (await connector.reached(0, 10_000)) ?? 0;
    const left = Math.ceil((reached.length - accepted) / pace);
    show(`${accepted} of ${reached.length} cards, about ${left} s left`);
    await wait(showEvery, undefined, { signal }).catch(() => {});
  }
}

/** Lowers the limit for a while; says when, in milliseconds after the first card. */
async function changeLimit(
  { connector, reached }: PaceStage,
  { pace }: PaceRun,
  signal: AbortSignal,
): Promise<Limit[]> {
  const made: Limit[] = [];
  try {
    await connector.reached(1, 120_000, signal);
    const first = performance.now();
    for (const [part, calls] of [
      [fall.from, lowered],
      [fall.to, pace],
    ] as const) {
      await wait(((part * reached.length) / pace) * 1_000 + first - performance.now(), undefined, { signal });
      await connector.enforceLimits(calls);
      made.push({ from: performance.now() - first, calls });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return made;
}

function lineOf(run: PaceRun, figures: Figures): string {
  const percent = (part: number) => `${(part * 100).toFixed(3)} %`;
  return [
    `${run.replicas} service(s), ${run.staff} people, pace ${run.pace}${run.faults ? ', 5 % faults' : ''}${run.fall ? ', falling limit' : ''}`,
    `${figures.calls} calls in ${figures.seconds.toFixed(1)} s`,
    `share of the limit ${figures.share.toFixed(4)}`,
    `self-caused 429s ${percent(figures.selfCaused)}`,
    `inside a Retry-After ${figures.insideRetryAfter} (on their way up to ${Math.round(figures.latestOnItsWay)} ms)`,
    `lost ${figures.lost}, twice ${figures.twice}`,
  ].join('; ');
}

const run = paceRunOf(process.argv.slice(2));
if (run === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort('interrupted'));
  try {
    const figures = await measure(run, stop.signal);
    if (tty) process.stderr.write('\r\u001b[K');
    console.log(lineOf(run, figures));
    const faults = faultsOf(figures, run);
    for (const fault of faults) console.error(`not as promised: ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    console.error('\nInterrupted: everything that was started has ended.');
    process.exitCode = 130;
  }
}
