import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const copied = ['src', 'cards', 'samples', 'manifest', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const longest = 300_000;
const seedsTried = 5;

/** The first seed the simulation is asked with; the next ones are two further each, so that one service stays one. */
interface BySeed {
  seed: number;
  days?: number;
  staff?: number;
}

/** In this file this text, which stands there once, is replaced by that one. */
interface Edit {
  file: string;
  old: string;
  new: string;
}

/** One fault in the product, by name. `also`: where one promise is kept in two places, the other one. */
export interface Fault extends Edit {
  name: string;
  also?: Edit[];
  /** Who has to catch it: the simulation under this seed (and these days and people), or this file of tests. */
  caughtBy: BySeed | { tests: string };
}

const editsOf = ({ also = [], ...first }: Fault): Edit[] => [first, ...also];

/** How often each text of a fault stands in its file: once, or the fault has to be written anew. */
export function timesThere(fault: Fault): number[] {
  return editsOf(fault).map(({ file, old }) => readFileSync(join(root, file), 'utf8').split(old).length - 1);
}

/** A copy of the product with a fault in it, to be removed with `end`. */
function planted(fault: Fault): { folder: string; end(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-planted-'));
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const edit of editsOf(fault)) {
    const file = join(folder, edit.file);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(edit.old, () => edit.new),
    );
  }
  return { folder, end: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Catch {
  caught: boolean;
  /** What was said of it: the document of the simulation, or the end of the tests' report. */
  said: string;
}

/** Plants a fault and asks who has to catch it. */
export async function tryFault(fault: Fault): Promise<Catch> {
  const { folder, end } = planted(fault);
  try {
    return 'tests' in fault.caughtBy
      ? await askTests(fault.caughtBy.tests, folder)
      : await simulated(fault.caughtBy, folder);
  } finally {
    end();
  }
}

async function askTests(tests: string, folder: string): Promise<Catch> {
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--reporter', 'dot', tests];
  const { code, output } = await run(words, folder);
  return { caught: code === 1 && /\d+ failed/.test(output), said: output.slice(-3000) };
}

/** What one seed does not bring (a death, a refusal at the right moment) another one may. */
async function simulated({ seed, days = 9, staff = 36 }: BySeed, folder: string): Promise<Catch> {
  let said = '';
  for (let turn = 0; turn < seedsTried; turn += 1) {
    const numbers = ['--days', String(days), '--staff', String(staff), '--seed', String(seed + 2 * turn)];
    const { code, output } = await run(['src/kaeru.mjs', 'simulate', ...numbers, '--json'], folder);
    if (code === 1 && /"violations":\s*\[\s*\{/.test(output)) return { caught: true, said: output };
    said = output;
  }
  return { caught: false, said };
}

function run(words: string[], cwd: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longest,
  });
  let output = '';
  child.stdout.on('data', (part) => {
    output += String(part);
  });
  child.stderr.resume();
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
