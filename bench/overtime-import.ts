import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './processes.ts';
import { type Bench, quantile, type Row, row, type Scenario } from './scenario.ts';
import { staffOf, storeOf } from './store.ts';

const PEOPLE = 20_000;
const DAYS = 30;
const ROUNDS = 3;

const peer = fileURLToPath(new URL('overtime-plain-read.ts', import.meta.url));
const product = fileURLToPath(new URL('../src/kaeru.mjs', import.meta.url));

/**
 * Hours of 20,000 people for 30 days: read, validated, written, evaluated and crossings found, beside a plain csv-parse read
 * of the same file in a process of its own. Rounds are interleaved; each begins with a new store.
 */
export const overtimeImport: Scenario = {
  name: 'overtime-import',
  numbers: [11],
  seconds: { full: 120, quick: 40 },
  async run(bench) {
    const ours: number[] = [];
    const theirs: number[] = [];
    let memory = 0;
    for (let round = 1; round <= (bench.quick ? 1 : ROUNDS); round += 1) {
      bench.say(`round ${round}`);
      const folder = await storeOf(bench, PEOPLE);
      const { base, month } = writeFiles(folder);
      const before = (await command(bench, ['import', 'hours', base, '--data', folder])) as { digest: string };
      theirs.push((await timed(bench, [peer, month])).seconds);
      const imported = await timed(bench, [product, 'import', 'hours', month, '--data', folder, '--json']);
      const since = ['overtime', 'crossings', '--since', before.digest, '--data', folder, '--json'];
      const crossed = await timed(bench, [product, ...since]);
      ours.push(imported.seconds + crossed.seconds);
      memory = Math.max(memory, imported.peak, crossed.peak);
    }
    return [rowOf(ours, theirs, memory)];
  },
};

function rowOf(ours: number[], theirs: number[], memory: number): Row {
  const [our, their] = [quantile(ours, 0.5), quantile(theirs, 0.5)];
  const scenario = `${(PEOPLE * DAYS).toLocaleString('en')} rows of hours imported and evaluated, beside a plain csv-parse read`;
  const about = {
    number: 11,
    scenario,
    ours: `${our.toFixed(1)} s, ${memory.toFixed(0)} MB`,
    peer: `${their.toFixed(1)} s`,
  };
  return row(about, our / their, { atMost: 6 }, { atMost: 2.5 });
}

/** A first file of one row, from which crossings are asked, and the month. */
function writeFiles(folder: string): { base: string; month: string } {
  const header = '職員番号,日付,区分,分';
  const [base, month] = [join(folder, 'base.csv'), join(folder, 'month.csv')];
  writeFileSync(base, `${header}\n${staffOf(0)},2021-10-01,平日,60\n`);
  const lines = [header];
  for (let n = 0; n < PEOPLE; n += 1) {
    for (let day = 1; day <= DAYS; day += 1) {
      const kind = day % 7 === 0 ? '週休日' : '平日';
      lines.push(`${staffOf(n)},2021-11-${String(day).padStart(2, '0')},${kind},${(n * 7 + day * 13) % 160}`);
    }
  }
  writeFileSync(month, `${lines.join('\n')}\n`);
  return { base, month };
}

/** Runs a program of Node to its end; seconds it took, and its highest memory in MB (NaN where the system does not tell). */
async function timed(bench: Bench, words: string[]): Promise<{ seconds: number; peak: number }> {
  const env = { ...process.env, KAERU_NOW: '2021-12-01T09:00:00+09:00' };
  const started = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
    env,
    stdio: 'ignore',
    signal: bench.signal,
  });
  let peak = Number.NaN;
  const watch = setInterval(() => {
    peak = peakOf(child.pid ?? 0) ?? peak;
  }, 50);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`${words.slice(1, 4).join(' ')} ended with ${code}.`);
  return { seconds: (performance.now() - started) / 1000, peak };
}

function peakOf(pid: number): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
