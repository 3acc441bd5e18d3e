/**
 * What `npm test` runs: style, types and dead code, then every test. The last line is `N passed, N failed`, where the
 * three checks count as one each; the exit code is 1 where anything failed. `npm test -- test/people` narrows the tests.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuseOldNode } from '../src/needs-node.mjs';

refuseOldNode();
const root = fileURLToPath(new URL('..', import.meta.url));
const mustHaveAll = ['1', 'true'].includes(process.env.CI ?? '');

const servers = '/usr/lib/postgresql';

/** Groups of tests that need a program of the machine; each says in words what it needs. */
const GROUPS = [
  {
    project: 'postgresql',
    needs: 'a PostgreSQL server (Debian: postgresql)',
    isThere: () =>
      existsSync(servers) && readdirSync(servers).some((one) => existsSync(join(servers, one, 'bin/postgres'))),
  },
  {
    project: 'browser',
    needs: 'chromium and a Japanese font (Debian: chromium, fonts-noto-cjk)',
    isThere: () => chromium() !== undefined && says('fc-list', [':lang=ja', 'family']) !== '',
  },
];

function chromium() {
  const known = [
    process.env.KAERU_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  return known.find((path) => path && existsSync(path));
}

function says(program, options) {
  return (spawnSync(program, options, { encoding: 'utf8' }).stdout ?? '').trim();
}

const secondsSince = (started) => ((performance.now() - started) / 1000).toFixed(1);

/** Runs a tool of node_modules with this Node and shows what it says: at once, or whole when it has ended. True where it was content. */
async function run(title, script, options, { env = process.env, whole = false } = {}) {
  const started = performance.now();
  const heading = `\n── ${title} ──\n`;
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...options], {
    cwd: root,
    stdio: whole ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env,
  });
  let said = heading;
  if (!whole) process.stdout.write(heading);
  for (const stream of whole ? [child.stdout, child.stderr] : [])
    stream.setEncoding('utf8').on('data', (piece) => {
      said += piece;
    });
  const status = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', resolve);
  });
  if (whole) process.stdout.write(said);
  if (typeof status === 'string') console.log(status);
  console.log(`${title}: ${status === 0 ? 'passed' : 'FAILED'} (${secondsSince(started)} s)`);
  return status === 0;
}

/** All three at once: each of them leaves a core idle for a part of its time. */
function runChecks() {
  const whole = true;
  const style = ['check', '--error-on-warnings', '--diagnostic-level=warn', '.'];
  return Promise.all([
    run('style (biome)', '@biomejs/biome/bin/biome', style, { whole }),
    run('types (tsc)', 'typescript/bin/tsc', ['--noEmit', '-p', '.'], { whole }),
    run('dead code (knip)', 'knip/bin/knip.js', [], { whole }),
  ]);
}

/** Tests through vitest: its counts, or one failure where it ended without saying any. */
async function runTests(missing, chosen) {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-test-'));
  const file = join(folder, 'counts.json');
  const without = missing.map((group) => `--project=!${group.project}`);
  const content = await run('tests (vitest)', 'vitest/vitest.mjs', ['run', ...without, ...chosen], {
    env: { ...process.env, KAERU_COUNTS: file },
  });
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0 };
  rmSync(folder, { recursive: true });
  return { passed: counts.passed, failed: counts.failed === 0 && !content ? 1 : counts.failed };
}

const missing = GROUPS.filter((group) => !group.isThere());
const checks = await runChecks();
const tests = await runTests(missing, process.argv.slice(2));

console.log('');
for (const { project, needs } of missing) {
  console.log(
    `${mustHaveAll ? 'FAILED' : 'left out'}: the group "${project}" needs ${needs}, which this machine has not.`,
  );
}
const passed = tests.passed + checks.filter(Boolean).length;
const failed = tests.failed + checks.filter((content) => !content).length + (mustHaveAll ? missing.length : 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
