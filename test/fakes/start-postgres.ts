import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { openPostgres } from '../../src/adapters/database/postgres.ts';

export interface TestPostgres {
  /** Its folder of data. */
  data: string;
  /** DATABASE_URL of a database of that name; it need not be there. */
  url(database: string, password?: string): string;
  /** Makes an empty database and gives its DATABASE_URL. */
  database(options?: string): Promise<string>;
  /** Makes a database with an empty store in it, brought forward by the product once and copied since. */
  store(): Promise<string>;
  /** The server goes away, with every connection, as when its machine restarts. */
  down(): Promise<void>;
  /** It comes back with what it had committed. */
  up(): Promise<void>;
  stop(): Promise<void>;
}

interface Account {
  uid: number;
  gid: number;
}

const startsWithin = 20_000;
/** The cluster of a run is made while much else starts, in milliseconds. */
const clusterWithin = 50_000;
/** Stays until its stdin ends (also with whoever started it) or names a signal, then ends the server by its process id. */
const supervisor = '"$0" "$@" </dev/null & server=$!; read -r how; kill "-${how:-QUIT}" "$server"; wait "$server"';

/** A PostgreSQL server of its own: a new folder (in `place`), a free port of 127.0.0.1, durable as in production, gone after `stop`. */
export async function startPostgres(place = tmpdir(), beginning = keptCluster()): Promise<TestPostgres> {
  const bin = binFolder();
  const account = unprivileged();
  const folder = mkdtempSync(join(place, 'kaeru-postgres-'));
  if (account) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  const kept = await beginning;
  const password = kept?.password ?? randomBytes(12).toString('hex');
  if (kept) await run('cp', ['-a', kept.data, data], null);
  else await makeCluster(bin, folder, password, account);
  const port = await freePort();
  const url = (database: string, given = password) => `postgresql://kaeru:${given}@127.0.0.1:${port}/${database}`;
  let server = await serve(join(bin, 'postgres'), data, port, account, url('postgres'));
  let made = 0;
  const database = async (options = '') => {
    made += 1;
    await query(url('postgres'), `create database kaeru_${made} ${options}`);
    return url(`kaeru_${made}`);
  };
  let original: Promise<string> | null = kept && Promise.resolve(storeOfCluster);
  return {
    data,
    url,
    database,
    async store() {
      original ??= database().then(broughtForward);
      return database(`template ${await original}`);
    },
    down: () => end(server, 'INT'),
    async up() {
      server = await serve(join(bin, 'postgres'), data, port, account, url('postgres'));
    },
    async stop() {
      await end(server, 'QUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where a run of tests keeps a cluster that every server of it begins with (keep-cluster.ts), and the database in it that is a store. */
export const clusterFolder = 'KAERU_TEST_CLUSTER';
const storeOfCluster = 'kaeru_store';

/** The cluster that is kept for this run, once it is made; null where none is. */
async function keptCluster(): Promise<{ data: string; password: string } | null> {
  const folder = process.env[clusterFolder];
  if (folder === undefined) return null;
  const ready = join(folder, 'ready');
  for (const until = performance.now() + clusterWithin; !existsSync(ready); await wait(30))
    if (performance.now() > until) throw new Error(`No cluster was made in ${folder}.`);
  return { data: join(folder, 'data'), password: readFileSync(ready, 'utf8') };
}

/** Makes that cluster: as every server had it from `initdb`, with a store in it that the product has brought forward. */
export async function keepCluster(folder: string): Promise<void> {
  const server = await startPostgres(tmpdir(), Promise.resolve(null));
  try {
    await query(server.url('postgres'), `create database ${storeOfCluster}`);
    await broughtForward(server.url(storeOfCluster));
    await server.down();
    await run('cp', ['-a', server.data, join(folder, 'data')], null);
    writeFileSync(join(folder, 'making'), new URL(server.url('postgres')).password);
    renameSync(join(folder, 'making'), join(folder, 'ready'));
  } finally {
    await server.stop();
  }
}

async function makeCluster(bin: string, folder: string, password: string, account: Account | null): Promise<void> {
  const secret = join(folder, 'password');
  writeFileSync(secret, password);
  if (account) chownSync(secret, account.uid, account.gid);
  await run(join(bin, 'initdb'), initOptions(join(folder, 'data'), secret), account);
}

/** The name of a database that now holds a store and is used by nobody. */
async function broughtForward(url: string): Promise<string> {
  await (await openPostgres(url)).close();
  return new URL(url).pathname.slice(1);
}

/** The newest server of this machine (Debian's place). */
function binFolder(): string {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(base, version, 'bin')).find((bin) => existsSync(join(bin, 'postgres')));
  if (!found) throw new Error(`No PostgreSQL server stands under ${base} (Debian: apt-get install postgresql).`);
  return found;
}

/** PostgreSQL refuses to run as root; then the account of Debian's package runs it. */
function unprivileged(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m);
  if (!line) throw new Error('PostgreSQL does not run as root, and there is no account "postgres" to run it.');
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

/** An order of texts as a city would choose it, so that a test notices where the product relies on it. */
function initOptions(data: string, secret: string): string[] {
  const order = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=ja'];
  const access = ['--username=kaeru', '--auth=scram-sha-256', `--pwfile=${secret}`];
  return [`--pgdata=${data}`, ...order, ...access, '--no-sync', '--no-instructions'];
}

async function serve(program: string, data: string, port: number, account: Account | null, url: string) {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=on', 'max_connections=60'];
  const options = ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
  const child = spawn('sh', ['-c', supervisor, program, ...options], {
    ...account,
    cwd: data,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said = (said + piece).slice(-4000);
  });
  const until = performance.now() + startsWithin;
  for (;;) {
    const problem = await query(url, 'select 1').then(
      () => null,
      (error: unknown) => error,
    );
    if (problem === null) return child;
    if (performance.now() > until) {
      await end(child, 'QUIT');
      throw new Error(`PostgreSQL did not start: ${said}`, { cause: problem });
    }
    await wait(30);
  }
}

/** INT as an operator would; QUIT where its folder is thrown away, as it then writes nothing more to it. */
async function end(child: ChildProcess, how: 'INT' | 'QUIT'): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'close');
  child.stdin?.end(`${how}\n`);
  await ended;
}

async function run(program: string, options: string[], account: Account | null): Promise<void> {
  const child = spawn(program, options, { ...account, cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${said}`);
}

/** One statement on a connection of its own; gives its rows. */
export async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No free port was found.');
  return address.port;
}
