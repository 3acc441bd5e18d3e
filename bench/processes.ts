import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from './scenario.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const program = [
  '--disable-warning=ExperimentalWarning',
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  join(root, 'src/kaeru.mjs'),
];

/** A process under measurement. */
export interface Measured {
  pid: number;
  /** What stood behind the URL it printed when it was ready. */
  url: string;
  /** Milliseconds from the start of the process to its ready line. */
  readyAfter: number;
  /** CPU it has used so far, user and system, in milliseconds; in steps of 10. */
  cpu(): number;
  /** Memory in MB: now, and at its highest. */
  memory(): { now: number; peak: number };
  /** SIGTERM, and SIGKILL where that is not enough. */
  stop(): Promise<void>;
}

/** Settings of whoever runs the benchmark do not reach what is measured. */
export function plainEnvironment(env: Record<string, string> = {}): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot', 'NODE_COMPILE_CACHE'];
  const own = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']]));
  return { ...Object.fromEntries(own), ...env };
}

/** Starts a program of Node that prints a line with its URL when it is ready; it ends with the scenario at the latest. */
export async function start(bench: Bench, words: string[], env: Record<string, string> = {}): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, [...ownOptions(), ...words], {
    cwd: root,
    env: plainEnvironment(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stopping = false;
  const stop = () => {
    stopping = true;
    return ended(child);
  };
  bench.later(stop);
  child.once('exit', (code, signal) => {
    if (!stopping) bench.fail(new Error(`${nameOf(words)} ended by itself (${signal ?? code}).`));
  });
  const url = await readyLine(child);
  const readyAfter = performance.now() - started;
  const pid = child.pid ?? 0;
  return { pid, url, readyAfter, cpu: () => cpuOf(pid), memory: () => memoryOf(pid), stop };
}

/** `KAERU_BENCH_NODE='--cpu-prof --cpu-prof-dir=DIR'`: options of Node for every measured process. */
const ownOptions = () => (process.env['KAERU_BENCH_NODE'] ?? '').split(' ').filter((option) => option !== '');

const nameOf = (words: string[]) => words.find((word) => !word.startsWith('-'))?.replace(root, '') ?? '';

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await over;
  clearTimeout(late);
}

async function readyLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('A process without output cannot say that it is ready.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /(https?:\/\/127\.0\.0\.1:\d+)\/?$/.exec(line)?.[1];
    if (url !== undefined) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error(`A process ended before it was ready: ${child.spawnargs.slice(1).join(' ')}`);
}

/** Linux counts in hundredths of a second whatever the kernel's own tick is. */
const tick = 10;

/** CPU of a process in milliseconds, user and system. Throws where the system does not tell (only Linux does). */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tick;
}

/**
 * CPU of a process and of all that stood below it since the first look, in milliseconds, to the microsecond: for a server of many
 * processes, each of which does little. What one did that has ended counts as far as it was seen.
 */
export function cpuBelow(pid: number): () => number {
  const seen = new Map<number, number>();
  const look = (one: number) => {
    seen.set(one, ranSoFar(one) ?? seen.get(one) ?? 0);
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === one);
    for (const child of children) look(Number(child));
  };
  return () => {
    look(pid);
    return [...seen.values()].reduce((sum, ran) => sum + ran, 0);
  };
}

/** How long a process of one thread has run, in milliseconds, as the scheduler counts it; null for one that has ended. */
function ranSoFar(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}

export function parentOf(pid: number): number | null {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return null;
  }
}

export function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** A folder that is gone when the scenario ends. */
export function freshFolder(bench: Bench): string {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-bench-'));
  bench.later(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Runs one command of the product and gives the JSON document it prints. Throws with its sentence where it fails. */
export async function command(bench: Bench, words: string[], env: Record<string, string> = {}): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [...program, ...words, '--json'], {
    env: plainEnvironment(env),
    maxBuffer: 1 << 28,
    signal: bench.signal,
  });
  return JSON.parse(stdout);
}
