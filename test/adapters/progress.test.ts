import { expect, test } from 'vitest';
import { watched } from '../../src/adapters/progress.ts';

test('a bar grows on a terminal and ends its line when the work is done', () => {
  let written = '';
  const terminal = { isTTY: true, write: (text: string) => (written += text) };
  const progress = watched(terminal).progress?.('取込み');
  progress?.(0, 600_000);
  progress?.(300_000, 600_000);
  progress?.(600_000, 600_000);
  expect(written.split('\r').slice(1)).toEqual([
    `取込み [${'.'.repeat(30)}] 0 / 600,000`,
    `取込み [${'#'.repeat(15)}${'.'.repeat(15)}] 300,000 / 600,000`,
    `取込み [${'#'.repeat(30)}] 600,000 / 600,000\n`,
  ]);
});

test('nothing is written where nobody watches', () => {
  expect(watched({ write: () => expect.unreachable() })).toEqual({});
});
