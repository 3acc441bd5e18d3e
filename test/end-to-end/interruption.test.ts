import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { dataFolder, kaeru } from './product.ts';
import { until } from './store-failure.ts';
import { staffFile } from './teams.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Debian always has it; another machine leaves these tests out. */
const pseudoTerminal = '/usr/bin/script';
const root = fileURLToPath(new URL('../..', import.meta.url));
const program = [process.execPath, '--disable-warning=ExperimentalWarning', 'src/kaeru.mjs'];
const CTRL_C = '\u0003';
const NOTHING_RECORDED = '途中で止めました。何も記録していません。';

const folder = dataFolder();
const env = { PATH: process.env['PATH'], KAERU_DATA: folder.data, LANG: 'C.UTF-8' };
const staff = Array.from({ length: 100 }, (_, at) => String(900_001 + at));

beforeAll(async () => {
  writeFileSync(folder.file('staff.csv'), staffFile(staff.map((number) => ({ staff: number }))));
  const { status, stderr } = await kaeru(['import', 'staff', folder.file('staff.csv')], { KAERU_DATA: folder.data });
  expect(status, stderr).toBe(0);
  writeFileSync(folder.file('hours.csv'), hoursFile(2_000));
});

afterAll(() => folder.remove());

/** An hour of everybody on so many days. */
function hoursFile(days: number): string {
  const dates = Array.from({ length: days }, (_, day) =>
    new Date(Date.UTC(2016, 3, 1 + day)).toISOString().slice(0, 10),
  );
  const rows = staff.flatMap((number) => dates.map((date) => `${number},${date},平日,60`));
  return `職員番号,日付,区分,分\n${rows.join('\n')}\n`;
}

function rowsHeld(): number {
  const store = new DatabaseSync(join(folder.data, 'kaeru.db'), { readOnly: true });
  try {
    return Number(store.prepare('select count(*) as held from hours_row').get()?.['held']);
  } finally {
    store.close();
  }
}

interface Ended {
  status: number | null;
  said: { stdout: string; stderr: string };
}

function listen(child: ChildProcess): { said: Ended['said']; ended: Promise<Ended> } {
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    said.stdout += piece;
  });
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said.stderr += piece;
  });
  return { said, ended: new Promise((resolve) => child.once('close', (status) => resolve({ status, said }))) };
}

/** Runs a command where somebody watches, and presses Ctrl-C as soon as the screen shows that. */
async function ctrlCAt(shown: RegExp, words: string[]): Promise<Ended> {
  const command = [...program, ...words].join(' ');
  const child = spawn(pseudoTerminal, ['-qec', command, '/dev/null'], { cwd: root, env, stdio: 'pipe' });
  const { said, ended } = listen(child);
  let pressed = false;
  child.stdout.on('data', () => {
    if (pressed || !shown.test(said.stdout)) return;
    pressed = true;
    child.stdin.write(CTRL_C);
  });
  return ended;
}

describe.skipIf(!existsSync(pseudoTerminal))('Ctrl-C at a terminal', () => {
  test('ends an import in the middle of its bar: one sentence, 130, and not one row is held', async () => {
    const { status, said } = await ctrlCAt(/取込み \[#/, ['import', 'hours', folder.file('hours.csv')]);
    expect(said.stdout.split('\r\n').slice(-2)).toEqual([NOTHING_RECORDED, '']);
    expect(said.stdout).toMatch(/取込み \[[#.]{30}\] [\d,]+ \/ 200,000/);
    expect(status).toBe(130);
    expect(rowsHeld()).toBe(0);
  });

  test('ends a simulation, which shows how long it will take, with what it has found so far', async () => {
    const words = ['simulate', '--days', '300', '--staff', '24', '--seed', '1'];
    const { status, said } = await ctrlCAt(/日数 \[[#.]{30}\] \d+ \/ 300（残り約\d+(秒|分)）/, words);
    expect(said.stdout).toContain('途中で止められました。ここまでの結果です。');
    expect(status).toBe(130);
  });
});

test('SIGTERM ends an import that waits for another writer, without a bar in a pipe, and with --json says so in its document', async () => {
  const writer = new DatabaseSync(join(folder.data, 'kaeru.db'));
  onTestFinished(() => writer.close());
  writer.exec('begin immediate');
  const [node = '', ...rest] = [...program, 'import', 'hours', folder.file('hours.csv'), '--json'];
  const child = spawn(node, rest, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const { said: soFar, ended } = listen(child);
  await until('it is at work', async () => soFar.stderr.includes('方針'));
  child.kill('SIGTERM');
  const { status, said } = await ended;
  expect(JSON.parse(said.stdout)).toEqual({ error: { code: 'stopped', message: NOTHING_RECORDED } });
  expect(said.stderr.split('\n').slice(-2)).toEqual([NOTHING_RECORDED, '']);
  expect(said.stderr).not.toContain('[');
  expect(status).toBe(130);
  writer.exec('rollback');
  expect(rowsHeld()).toBe(0);
});
