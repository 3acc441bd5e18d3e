import { expect, test } from 'vitest';
import { watched } from '../../src/adapters/progress.ts';

/** A terminal whose time the test moves. */
function aTerminal() {
  let written = '';
  let now = 0;
  const terminal = { isTTY: true, write: (text: string) => (written += text) };
  const bar = watched(terminal, () => now);
  return {
    bar,
    after: (milliseconds: number) => {
      now += milliseconds;
    },
    lines: () => written.split('\r\u001b[K').slice(1),
  };
}

test('a bar grows on a terminal, says how long it will take, and ends its line when the work is done', () => {
  const { bar, after, lines } = aTerminal();
  const progress = bar.progress?.('取込み');
  progress?.(0, 600_000);
  after(500);
  progress?.(60_000, 600_000);
  after(3_500);
  progress?.(300_000, 600_000);
  after(4_000);
  progress?.(600_000, 600_000);
  expect(lines()).toEqual([
    `取込み [${'.'.repeat(30)}] 0 / 600,000`,
    `取込み [${'#'.repeat(3)}${'.'.repeat(27)}] 60,000 / 600,000`,
    `取込み [${'#'.repeat(15)}${'.'.repeat(15)}] 300,000 / 600,000（残り約4秒）`,
    `取込み [${'#'.repeat(30)}] 600,000 / 600,000\n`,
  ]);
});

test('the time left is in minutes from one minute on', () => {
  const { bar, after, lines } = aTerminal();
  const progress = bar.progress?.('日数');
  after(90_000);
  progress?.(100, 365);
  expect(lines()).toEqual([expect.stringContaining('100 / 365（残り約4分）')]);
});

test('it is drawn ten times a second at most, and work that stops leaves the line to the next sentence', () => {
  const { bar, after, lines } = aTerminal();
  const progress = bar.progress?.('取込み');
  for (let done = 0; done < 1_000; done += 1) {
    after(1);
    progress?.(done, 1_000);
  }
  expect(lines()).toHaveLength(10);
  bar.close();
  bar.close();
  expect(lines().at(-1)).toMatch(/[^\n]\n$/);
});

test('nothing is written where nobody watches', () => {
  const { progress, close } = watched({ write: () => expect.unreachable() });
  expect(progress).toBeUndefined();
  close();
});
