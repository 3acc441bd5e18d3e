import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const quiet = '--disable-warning=ExperimentalWarning';
const program = [quiet, 'src/kaeru.mjs'];

export interface LedgerItem {
  staff: string;
  rule: string;
  date: string;
  card: string;
  state: string;
  why?: string;
  attempts: number;
}

export interface Ledger {
  items: LedgerItem[];
  totals: Record<string, number>;
}

export interface Answered {
  status: number;
  text: string;
}

export interface Product {
  url: string;
  port: number;
  /** Everything it has written to stdout and to stderr. */
  said(): { stdout: string; stderr: string };
  /** `POST /api/messages`, as Teams would. */
  activity(activity: object): Promise<Answered>;
  post(path: string, body: string, headers?: Record<string, string>): Promise<Answered>;
  moveTo(iso: string): Promise<void>;
  /** Moves the clock on by some seconds, so that everything that may go now has gone. */
  settle(): Promise<void>;
  now(): Promise<number>;
  ledger(): Promise<Ledger>;
  /** SIGKILL to the process itself; resolves when the system has buried it. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Nothing of the settings of whoever runs the tests. */
function cleanEnvironment(env: Record<string, string>): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !/^(KAERU_|MICROSOFT_|AZURE_|DATABASE_URL|PORT|HOST|TZ|NODE_)/.test(name),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...env };
}

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** One command of the product in a process of its own; `signal` ends it at once. */
export function kaeru(words: string[], env: Record<string, string> = {}, signal?: AbortSignal): Promise<Ran> {
  const options = { cwd: root, env: cleanEnvironment(env), timeout: 60_000 };
  const child = spawn(process.execPath, [...program, ...words], options);
  signal?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  const said = listen(child);
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, ...said() })));
}

let loop: ChildProcess | null = null;
let before: Promise<unknown> = Promise.resolve();

/**
 * One command of the product in a process of its own that has carried out others before it, as `kaeru` but without the
 * half second that a process takes to start; one after the other, whatever the caller does at once.
 */
export function command(words: string[], env: Record<string, string> = {}): Promise<Ran> {
  const ran = before.then(() => order(words, cleanEnvironment(env)));
  before = ran.catch(() => {});
  return ran;
}

async function order(words: string[], env: Record<string, string>): Promise<Ran> {
  loop ??= startLoop();
  const ended = new AbortController();
  const end = (status: number | null) =>
    ended.abort(new Error(`A command ended its process (${status}): ${words.join(' ')}`));
  loop.once('exit', end);
  const answered = once(loop, 'message', { signal: ended.signal });
  loop.send({ words, env });
  const [ran] = (await answered) as [Ran];
  loop.off('exit', end);
  return ran;
}

/** Keeps nobody waiting for its end: it goes with the process that started it. */
function startLoop(): ChildProcess {
  const started = fork(fileURLToPath(new URL('command-loop.ts', import.meta.url)), { cwd: root, execArgv: [quiet] });
  started.once('exit', () => {
    loop = null;
  });
  started.unref();
  started.channel?.unref();
  return started;
}

/** The same with `--json`: the one document on stdout. */
export async function kaeruJson<T = Record<string, unknown>>(
  words: string[],
  env: Record<string, string> = {},
): Promise<Ran & { document: T }> {
  return documentOf<T>(await kaeru([...words, '--json'], env));
}

/** `command` with `--json`. */
export async function commandJson<T = Record<string, unknown>>(
  words: string[],
  env: Record<string, string> = {},
): Promise<Ran & { document: T }> {
  return documentOf<T>(await command([...words, '--json'], env));
}

function documentOf<T>(ran: Ran): Ran & { document: T } {
  if (!/^\{.*\}\n$/.test(ran.stdout))
    throw new Error(
      `stdout is not one line of JSON: 「${ran.stdout.slice(0, 500)}」 stderr: ${ran.stderr.slice(0, 2_000)}`,
    );
  return { ...ran, document: JSON.parse(ran.stdout) as T };
}

/** The rehearsal without the sample organisation, on a free port; where `data` is null the settings name the store. */
export async function startBare(
  data: string | null,
  options: { at?: string; flags?: string[]; env?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Product> {
  const at = options.at === undefined ? [] : ['--at', options.at];
  const place = data === null ? [] : ['--data', data];
  const words = ['rehearse', '--bare', '--port', '0', ...place, ...at, ...(options.flags ?? [])];
  const child = spawn(process.execPath, [...program, ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(options.env ?? {}),
  });
  const said = listen(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  options.signal?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  const url = await readyUrl(child, said);
  return productAt(url, said, async (signal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  });
}

/** `serve` in a process of its own. */
export interface Served {
  url: string;
  said: Product['said'];
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Where `data` is null the settings name the store. */
export async function startServe(data: string | null, env: Record<string, string>): Promise<Served> {
  const child = spawn(process.execPath, [...program, 'serve', ...(data === null ? [] : ['--data', data])], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(env),
  });
  const said = listen(child);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await readyUrl(child, said);
  return {
    url,
    said,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function productAt(url: string, said: Product['said'], end: (signal: NodeJS.Signals) => Promise<void>): Product {
  const post: Product['post'] = async (path, body, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, text: await answer.text() };
  };
  const get = async (path: string) => (await fetch(`${url}${path}`)).json() as Promise<unknown>;
  const now = async () => ((await get('/rehearsal/state')) as { now: number }).now;
  const moveTo = async (iso: string) => {
    const { status, text } = await post('/rehearsal/clock', JSON.stringify({ to: iso }));
    if (status !== 200) throw new Error(`The clock was not moved to ${iso}: ${status} ${text}`);
  };
  return {
    url,
    port: Number(new URL(url).port),
    said,
    post,
    activity: (activity) => post('/api/messages', JSON.stringify(activity)),
    moveTo,
    settle: async () => moveTo(new Date((await now()) + 10_000).toISOString()),
    now,
    ledger: async () => (await get('/rehearsal/ledger')) as Ledger,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

function listen(child: ChildProcess): Product['said'] {
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    said.stdout += piece;
  });
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said.stderr += piece;
  });
  return () => ({ ...said });
}

function readyUrl(child: ChildProcess, said: Product['said']): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const ready = /^Kaeru(?: rehearsal)?: (http:\/\/127\.0\.0\.1:\d+)\/$/m.exec(said().stdout);
      if (ready?.[1]) resolve(ready[1]);
    });
    child.once('close', (status) =>
      reject(new Error(`The service ended (${status}) before it was ready: ${said().stderr}`)),
    );
  });
}

/** A folder of the test's own; `remove` takes it away. */
export function dataFolder(): { data: string; file(name: string): string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-end-to-end-'));
  return {
    data: join(folder, 'data'),
    file: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
