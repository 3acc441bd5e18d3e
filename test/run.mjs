/**
 * What `npm test` runs: style, types and dead code, then every test. The last line is `N passed, N failed`, where the
 * three checks count as one each; the exit code is 1 where anything failed. `npm test -- test/people` narrows the tests.
 */
import { spawnSync } from 'node:child_process';
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

/** Runs a tool of node_modules with this Node and shows what it says. True where it was content. */
function run(title, script, options, env = process.env) {
  console.log(`\n── ${title} ──`);
  const started = performance.now();
  const { status, error } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...options], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  if (error) console.log(error.message);
  console.log(
    `${title}: ${status === 0 ? 'passed' : 'FAILED'} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  );
  return status === 0;
}

function runChecks() {
  return [
    run('style (biome)', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--diagnostic-level=warn', '.']),
    run('types (tsc)', 'typescript/bin/tsc', ['--noEmit', '-p', '.']),
    run('dead code (knip)', 'knip/bin/knip.js', []),
  ];
}

/** Tests through vitest: its counts, or one failure where it ended without saying any. */
function runTests(missing, chosen) {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-test-'));
  const file = join(folder, 'counts.json');
  const without = missing.map((group) => `--project=!${group.project}`);
  const content = run('tests (vitest)', 'vitest/vitest.mjs', ['run', ...without, ...chosen], {
    ...process.env,
    KAERU_COUNTS: file,
  });
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0 };
  rmSync(folder, { recursive: true });
  return { passed: counts.passed, failed: counts.failed === 0 && !content ? 1 : counts.failed };
}

const missing = GROUPS.filter((group) => !group.isThere());
const checks = runChecks();
const tests = runTests(missing, process.argv.slice(2));

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
