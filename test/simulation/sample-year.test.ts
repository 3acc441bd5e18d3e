import { expect, test } from 'vitest';
import { simulateCity } from '../../src/main.ts';

const long = process.env['KAERU_LONG'] === '1';
const seed = Number(process.env['KAERU_SEED'] ?? 1);

test(`${long ? '令和8年度' : 'April of 令和8年度'} of the sample organisation: nobody is sent anything on leave, on a holiday, at night or on a shift`, async () => {
  const { violations, counts, staff } = await simulateCity({ days: long ? 365 : 9, staff: 0, seed, sample: true });
  expect(violations, `KAERU_SEED=${seed}`).toEqual([]);
  expect(staff).toBe(256);
  expect(counts['accepted'], 'cards arrived').toBeGreaterThan(long ? 20_000 : 400);
}, 1_800_000);
