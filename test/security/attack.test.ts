import { expect, test } from 'vitest';
import { attackProduct } from './attack/attack.ts';

const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 2 ** 31);

/** The short version of `npm run test:attack`, which also holds the good requests to 200 ms and waits for the last slow socket. */
test(`serve lives through seconds of a mixed attack and answers as published (KAERU_SEED=${seed})`, async () => {
  const plan = { seed, milliseconds: 3_000, slowSockets: 1_200, slowEnough: 200, perSecond: 60, goodPerSecond: 20 };
  const { tally, good, memory, exit, said } = await attackProduct(plan);
  expect(tally.faults).toEqual([]);
  expect(Object.keys(tally.answered).length, 'every attack was made').toBeGreaterThan(20);
  expect(good.failed).toEqual([]);
  expect(good.count).toBeGreaterThan(20);
  const [wave] = tally.waves;
  expect(wave?.opened).toBe(1_200);
  expect(wave?.closed, 'those over the limit gave way at once').toBeGreaterThanOrEqual(200);
  expect(memory.perBody).toBeLessThanOrEqual(5 * 1024 * 1024);
  expect(exit).toBe(0);
  expect(said.stderr).not.toMatch(/\n\s+at |eyJ/);
}, 120_000);
