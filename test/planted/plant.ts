import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const replace = fileURLToPath(new URL('replace.ts', import.meta.url));
const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url));
const longest = 300_000;
const seedsTried = 5;

/** The first seed the simulation is asked with; the next ones are two further each, so that one service stays one. */
interface BySeed {
  seed: number;
  days?: number;
  staff?: number;
}

/** In this file this text, which stands there once, is replaced by that one. */
export interface Edit {
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

export interface Catch {
  caught: boolean;
  /** What was said of it: the document of the simulation, or the end of the tests' report. */
  said: string;
}

/** Plants a fault and asks who has to catch it. */
export function tryFault(fault: Fault): Promise<Catch> {
  return 'tests' in fault.caughtBy ? askTests(fault, fault.caughtBy.tests) : simulated(fault, fault.caughtBy);
}

async function askTests(fault: Fault, tests: string): Promise<Catch> {
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--config', config, '--root', root, '--bail', '1', tests];
  const { code, output } = await run(fault, words);
  return { caught: code === 1 && /\d+ failed/.test(output), said: output.slice(-3000) };
}

/** What one seed does not bring (a death, a refusal at the right moment) another one may. */
async function simulated(fault: Fault, { seed, days = 9, staff = 36 }: BySeed): Promise<Catch> {
  let said = '';
  for (let turn = 0; turn < seedsTried; turn += 1) {
    const numbers = ['--days', String(days), '--staff', String(staff), '--seed', String(seed + 2 * turn)];
    const words = ['--import', replace, 'src/kaeru.mjs', 'simulate', ...numbers, '--json'];
    const { code, output } = await run(fault, words);
    if (code === 1 && /"violations":\s*\[\s*\{/.test(output)) return { caught: true, said: output };
    said = output;
  }
  return { caught: false, said };
}

/** Node in a process in which the text of the fault is replaced wherever it is read. */
function run(fault: Fault, words: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
    cwd: root,
    env: { ...process.env, KAERU_PLANTED: JSON.stringify(editsOf(fault)) },
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
