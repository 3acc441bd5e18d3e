import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a script in a process that takes itself for another version of Node. */
function runAs(
  version: string,
  script: string,
  ...words: string[]
): { status: number | null; stdout: string; stderr: string } {
  const pretend = `Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;
  const options = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, script, ...words];
  return spawnSync(process.execPath, options, { cwd: root, encoding: 'utf8' });
}

describe.each(['src/kaeru.mjs', 'test/run.mjs'])('%s', (script) => {
  test.each(['20.20.2', '23.11.0', '8.17.0'])('says one sentence on Node %s, and stops', (version) => {
    const { status, stdout, stderr } = runAs(version, script);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Kaeru needs Node 24 or later, and this is Node [\d.]+ .*npm ci.*macOS.*\n$/);
    expect(stderr).toContain(`Node ${version} `);
  });
});

test('src/kaeru.mjs hands over to the command line on the Node that the product brings', () => {
  const { status, stdout } = runAs(process.versions.node, 'src/kaeru.mjs', '--help');
  expect(status).toBe(0);
  expect(stdout).toContain('rehearse');
});
