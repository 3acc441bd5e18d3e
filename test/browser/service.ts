import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Rehearsal {
  url: string;
  /** Milliseconds from the start of the program to the line that says it is ready. */
  readyAfter: number;
  moveTo(iso: string): Promise<void>;
  ledger(): Promise<{ items: { staff: string; rule: string; state: string }[]; totals: Record<string, number> }>;
  stop(): Promise<void>;
}

/** The product itself, as `npm start` runs it, on a free port with an empty data folder. */
export async function startRehearsal(): Promise<Rehearsal> {
  const data = mkdtempSync(join(tmpdir(), 'kaeru-browser-'));
  const started = performance.now();
  const options = ['--disable-warning=ExperimentalWarning', 'src/kaeru.mjs', 'rehearse', '--port', '0', '--data', data];
  const child = spawn(process.execPath, options, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await readyUrl(child.stdout, child.stderr);
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(`${url}/rehearsal/${path}`, body && { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    readyAfter: performance.now() - started,
    moveTo: async (to) => void (await ask('clock', { to })),
    ledger: () => ask('ledger') as ReturnType<Rehearsal['ledger']>,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function readyUrl(stdout: NodeJS.ReadableStream, stderr: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (piece: Buffer) => {
      said += piece.toString();
      const ready = /Kaeru rehearsal: (http:\/\/127\.0\.0\.1:\d+)\//.exec(said);
      if (ready?.[1]) resolve(ready[1]);
    };
    stdout.on('data', listen);
    stderr.on('data', listen);
    stdout.once('close', () => reject(new Error(`The rehearsal ended before it was ready: ${said}`)));
  });
}
