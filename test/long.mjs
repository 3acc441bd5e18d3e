/**
 * What `npm run test:long` runs: every file of tests whose counts grow under KAERU_LONG, one
 * after the other, each with the time it took. A seed is printed by each; KAERU_SEED=N makes it the same again. Ctrl-C ends
 * the file that runs, tells what has passed so far, and gives 130.
 * `npm run test:long -- sign-in` narrows the list.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuseOldNode } from '../src/needs-node.mjs';

refuseOldNode();
const root = fileURLToPath(new URL('..', import.meta.url));
const chosen = process.argv.slice(2);

function growing() {
  const entries = readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const wanted = (file) => chosen.length === 0 || chosen.some((word) => file.includes(word));
  return files.filter((file) => wanted(file) && readFileSync(join(root, file), 'utf8').includes('KAERU_LONG')).sort();
}

let stopped = false;
let atWork = null;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopped = true;
    atWork?.kill('SIGINT');
  });
}

/** How long the files to come may take, as those before them did on average; nothing before the first has ended. */
function estimate(ended, left) {
  if (ended.length === 0) return '';
  const mean = ended.reduce((sum, { seconds }) => sum + seconds, 0) / ended.length;
  return `, about ${Math.ceil((mean * left) / 60)} min left`;
}

/** Runs one file to its end; says every minute that it is still at work. True where everything passed. */
function run(file) {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', file], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, KAERU_LONG: '1' },
  });
  atWork = child;
  const progress = setInterval(() => console.log(`  … ${file}: ${seconds()} s`), 60_000);
  return new Promise((resolve) => {
    child.once('close', (status) => {
      clearInterval(progress);
      atWork = null;
      resolve({ file, passed: status === 0, seconds: seconds() });
    });
  });
}

const files = growing();
if (files.length === 0) console.log('No file of tests that grows has such a name.');
const ended = [];
for (const [at, file] of files.entries()) {
  if (stopped) break;
  console.log(`\n── ${at + 1} of ${files.length}: ${file}${estimate(ended, files.length - at)} ──`);
  ended.push(await run(file));
}
console.log('');
for (const [at, { file, passed, seconds }] of ended.entries()) {
  const cutShort = stopped && at === ended.length - 1;
  console.log(`${passed ? 'passed' : cutShort ? 'stopped' : 'FAILED'} ${file} (${seconds} s)`);
}
if (stopped) console.log(`Stopped by hand: ${ended.length} of ${files.length} files were begun.`);
const passed = files.length > 0 && ended.every((one) => one.passed);
process.exitCode = stopped ? 130 : Number(!passed);
