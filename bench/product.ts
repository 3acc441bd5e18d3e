import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = ['--disable-warning=ExperimentalWarning', join(root, 'src/kaeru.mjs')];

/** The running product, driven from outside as anybody would. */
export interface Product {
  url: string;
  /** Milliseconds from the start of the process to its ready line. */
  readyAfter: number;
  /** Memory of the process in MB: now and at its highest; NaN where the system does not tell. */
  memory(): { now: number; peak: number };
  post(path: string, body: object): Promise<unknown>;
  get(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** A folder for a store, gone when `end` is called. */
export function freshFolder(): { folder: string; end(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-bench-'));
  return { folder, end: () => rmSync(folder, { recursive: true }) };
}

/** Runs one command on a store and gives the JSON document it prints. Throws with its sentence where it fails. */
export async function command(folder: string, ...words: string[]): Promise<unknown> {
  const options = [...program, ...words, '--data', folder, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, options, { maxBuffer: 1 << 28 });
  return JSON.parse(stdout);
}

/** Starts a rehearsal without the sample organisation and resolves when it says that it is ready. */
export async function startProduct(folder: string, at: string, pace = 2000): Promise<Product> {
  const started = performance.now();
  const options = [...program, 'rehearse', '--bare', '--port', '0', '--data', folder, '--at', at];
  const child = spawn(process.execPath, options, {
    env: { ...process.env, KAERU_PACE: String(pace), KAERU_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readyLine(child.stdout);
  const readyAfter = performance.now() - started;
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    const answer = await fetch(new URL(path, url), init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 200)}`);
    return text === '' ? null : JSON.parse(text);
  };
  return {
    url,
    readyAfter,
    memory: () => memoryOf(child.pid ?? 0),
    post: (path, body) =>
      call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    get: (path) => call(path, {}),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function readyLine(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const url = /^Kaeru rehearsal: (http:\S+)$/.exec(line)?.[1];
    if (url !== undefined) {
      stdout.resume();
      return url;
    }
  }
  throw new Error('The product ended before it was ready.');
}

function memoryOf(pid: number): { now: number; peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
    return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
  } catch {
    return { now: Number.NaN, peak: Number.NaN };
  }
}
