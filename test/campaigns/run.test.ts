import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const program = fileURLToPath(new URL('run.ts', import.meta.url));

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs it to its end; `stopped`: it gets a Ctrl-C as soon as it has said that it is at work. */
function campaigns(words: string[], { stopped = false } = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...words]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (piece: string) => {
      said[name] += piece;
    });
  if (stopped) child.stderr.once('data', () => child.kill('SIGINT'));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, ...said })));
}

test('a town of two campaigns is simulated in a process of its own, and one line says what was found', async () => {
  const { status, stdout, stderr } = await campaigns(['--campaigns', '2', '--seed', '11']);
  expect(stdout).toMatch(
    /^2 of 2 campaigns to 500 people, seeds 11 to 11: 0 violations; \d+ calls, \d+ presses, \d+ deaths in \d+ commits\n$/,
  );
  expect(stderr).toBe('0 of 2 campaigns to 500 people, the first town under seed 11\n');
  expect(status).toBe(0);
});

test('Ctrl-C ends it with 130 and the command that goes on with the towns that were not finished', async () => {
  const { status, stdout } = await campaigns(['--campaigns', '200000', '--seed', '11'], { stopped: true });
  expect(stdout).toContain('0 of 200000 campaigns to 500 people');
  expect(stdout.split('\n').at(-2)).toBe('go on: npm run test:campaigns -- --campaigns 200000 --seed 11');
  expect(status).toBe(130);
});

test('what it does not understand it answers with its usage, and does nothing', async () => {
  const { status, stdout, stderr } = await campaigns(['--campaigns', 'many']);
  expect(stderr).toContain('usage: npm run test:campaigns -- [--campaigns N] [--seed N]');
  expect(stdout).toBe('');
  expect(status).toBe(2);
});
