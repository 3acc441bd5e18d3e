import { expect, test } from 'vitest';
import { Deadline } from '../../../src/adapters/teams/deadline.ts';

/** A clock that stands until it is moved, and tells how many waits were asked of it. */
function standingClock() {
  let now = 0;
  let asked = 0;
  const waits = new Set<{ at: number; end(): void }>();
  return {
    now: () => now,
    elapsed: () => now,
    wait: (milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        asked += 1;
        const wait = { at: now + milliseconds, end: () => waits.delete(wait) && resolve() };
        waits.add(wait);
        signal?.addEventListener('abort', wait.end);
      }),
    async moveTo(milliseconds: number) {
      now = milliseconds;
      for (const wait of waits) if (wait.at <= now) wait.end();
      await new Promise(setImmediate);
    },
    asked: () => asked,
    open: () => waits.size,
  };
}

const late = () => 'late';

test('an answer in time is the work’s; one that takes longer is answered for at its own end, not earlier', async () => {
  const clock = standingClock();
  const deadline = new Deadline(clock, 2_800);
  const slow = Promise.withResolvers<string>();
  const first = deadline.first(slow.promise, late);
  await clock.moveTo(1_000);
  let second: string | null = null;
  void deadline.first(new Promise<string>(() => {}), late).then((answer) => {
    second = answer;
  });
  const quick = deadline.first(Promise.resolve('quick'), late);
  expect(await quick).toBe('quick');
  await clock.moveTo(2_800);
  expect(await first).toBe('late');
  slow.resolve('too late');
  await clock.moveTo(3_799);
  expect(second).toBeNull();
  await clock.moveTo(3_800);
  expect(second).toBe('late');
});

test('many that are under way at once share one wait, which ends by itself when all are answered', async () => {
  const clock = standingClock();
  const deadline = new Deadline(clock, 2_800);
  const works = Array.from({ length: 50 }, () => Promise.withResolvers<string>());
  const answers = works.map(({ promise }) => deadline.first(promise, late));
  expect([clock.asked(), clock.open()]).toEqual([1, 1]);
  for (const { resolve } of works) resolve('in time');
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['in time']));
  expect([clock.asked(), clock.open()]).toEqual([1, 1]);
  await clock.moveTo(2_800);
  expect([clock.asked(), clock.open()]).toEqual([1, 0]);
  const again = deadline.first(new Promise<string>(() => {}), late);
  expect(clock.asked()).toBe(2);
  await clock.moveTo(5_600);
  expect(await again).toBe('late');
});
