/* `npm run test:attack -- --minutes N`: the product under a mixed attack on loopback; ends by itself, with 1 where a figure was missed, or by Ctrl-C, with 130. */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type AttackReport, attackProduct } from './attack.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0 && minutes <= 60)) {
  console.error('--minutes: a number above 0, at most 60, was expected.');
  process.exit(2);
}
const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 2 ** 31);
console.log(`Attack of ${minutes} min on 127.0.0.1, KAERU_SEED=${seed}`);
const began = performance.now();
const progress = setInterval(() => {
  console.log(`  ${Math.round((performance.now() - began) / 1_000)} s of about ${minutes * 60} s`);
}, 30_000);
const plan = { seed, milliseconds: minutes * 60_000, slowSockets: 2_000, perSecond: 100, goodPerSecond: 20 };
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort('stopped by hand'));
try {
  tell(await attackProduct({ ...plan, signal: stop.signal }));
} catch (error) {
  if (!stop.signal.aborted) throw error;
  console.log('Stopped by hand: what was started has ended, and no figure was judged.');
  process.exitCode = 130;
} finally {
  clearInterval(progress);
}

function tell({ tally, good, memory, exit, said }: AttackReport): void {
  const ms = (time: number) => `${time.toFixed(1)} ms`;
  const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  for (const [name, answers] of Object.entries(tally.answered)) console.log(`  ${name}: ${JSON.stringify(answers)}`);
  const opened = tally.waves.reduce((sum, wave) => sum + wave.opened, 0);
  const closed = tally.waves.reduce((sum, wave) => sum + wave.closed, 0);
  const longest = Math.max(...tally.waves.map((wave) => wave.longest));
  const figures: [string, string, boolean][] = [
    [
      'answers as published',
      `${tally.faults.length} others${tally.faults
        .slice(0, 5)
        .map((one) => `; ${one}`)
        .join('')}`,
      tally.faults.length === 0,
    ],
    [
      'slow sockets',
      `${opened} in ${tally.waves.length} waves, ${opened - closed} left open, the longest ${ms(longest)} (at most 20 s)`,
      closed === opened && longest <= 20_000,
    ],
    [
      'good requests',
      `${good.count}, p50 ${ms(good.p50)}, p99 ${ms(good.p99)} (at most 200 ms), longest ${ms(good.longest)}`,
      good.p99 <= 200,
    ],
    [
      'good requests not answered with 200',
      `${good.failed.length} ${[...new Set(good.failed)].slice(0, 3).join(', ')}`,
      good.failed.length === 0,
    ],
    [
      'memory',
      `3 MB: ${mb(memory.perBody)} more in the middle, ${mb(memory.worst)} at worst (at most 5 MB); resident ${mb(memory.residentBefore)} before, ${mb(memory.residentAfter)} after`,
      memory.perBody <= 5 * 1024 * 1024,
    ],
    ['process', exit === 0 ? 'lived to its end' : `ended with ${exit}`, exit === 0],
    ['log', `${said.stderr.split('\n').length - 1} lines`, !/\n\s+at /.test(said.stderr)],
  ];
  console.log(
    `machine: load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')} (1, 5, 15 min) on ${availableParallelism()} cores`,
  );
  for (const [sentence, times] of sentencesOf(said.stderr)) console.log(`  log: ${times} × ${sentence}`);
  for (const [name, figure, kept] of figures) console.log(`${kept ? 'kept  ' : 'MISSED'} ${name}: ${figure}`);
  process.exitCode = figures.every(([, , kept]) => kept) ? 0 : 1;
}

/** The sentences of the log with how often each was said. */
function sentencesOf(log: string): Map<string, number> {
  const counted = new Map<string, number>();
  for (const line of log.split('\n').filter((one) => one !== '')) {
    const sentence = /"msg":"([^"]*)"/.exec(line)?.[1] ?? line.slice(0, 100);
    counted.set(sentence, (counted.get(sentence) ?? 0) + 1);
  }
  return counted;
}
