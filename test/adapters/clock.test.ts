import { expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { systemRandom } from '../../src/adapters/random.ts';

test('a wait ends at once when its signal fires, before or during it', async () => {
  const clock = systemClock();
  const controller = new AbortController();
  const waiting = clock.wait(3_600_000, controller.signal);
  controller.abort();
  await waiting;
  await clock.wait(3_600_000, controller.signal);
  expect(clock.elapsed()).toBeLessThan(3_600_000);
});
test('all waits of one signal end when it fires, beside those that are over already', async () => {
  const clock = systemClock();
  const controller = new AbortController();
  const waits = [0, 1, 3_600_000, 3_600_000].map((long) => clock.wait(long, controller.signal));
  await Promise.all(waits.slice(0, 2));
  controller.abort();
  await Promise.all(waits);
  expect(clock.elapsed()).toBeLessThan(3_600_000);
});
test('a wait is not longer than elapsed time says, give or take a timer', async () => {
  const clock = systemClock();
  const before = clock.elapsed();
  await clock.wait(20);
  expect(clock.elapsed() - before).toBeGreaterThan(18);
});
test('identifiers are 22 characters safe in a URL, and no two are equal', () => {
  const random = systemRandom();
  const ids = Array.from({ length: 1_000 }, () => random.id());
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
  for (const fraction of ids.map(() => random.fraction())) expect(fraction >= 0 && fraction < 1).toBe(true);
});
