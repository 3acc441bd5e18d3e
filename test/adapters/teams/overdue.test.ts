import { expect, test } from 'vitest';
import { Overdue } from '../../../src/adapters/teams/overdue.ts';
import { handClock } from '../../fakes/hand-clock.ts';

/** A hand clock that tells how many waits were asked of it. */
function countedClock() {
  const clock = handClock();
  let asked = 0;
  const wait: typeof clock.wait = (milliseconds, signal) => {
    asked += 1;
    return clock.wait(milliseconds, signal);
  };
  return { ...clock, wait, asked: () => asked };
}

test('work is overdue at its own end and not before; what ended in time never is', async () => {
  const clock = countedClock();
  const overdue = new Overdue(clock, 10_000);
  const late: string[] = [];
  overdue.begin(() => late.push('first'));
  await clock.advance(4_000);
  const end = overdue.begin(() => late.push('ended'));
  overdue.begin(() => late.push('third'));
  await clock.advance(5_999);
  end();
  expect(late).toEqual([]);
  await clock.advance(1);
  expect(late).toEqual(['first']);
  await clock.advance(3_999);
  expect(late).toEqual(['first']);
  await clock.advance(1);
  expect(late).toEqual(['first', 'third']);
  await clock.advance(60_000);
  expect(late).toHaveLength(2);
});

test('a minute of calls that all end in time asks for a wait every ten seconds, and none afterwards', async () => {
  const clock = countedClock();
  const overdue = new Overdue(clock, 10_000);
  for (let call = 0; call < 600; call += 1) {
    const end = overdue.begin(() => expect.unreachable());
    await clock.advance(50);
    end();
    await clock.advance(50);
  }
  expect(clock.asked()).toBeLessThanOrEqual(12);
  await clock.advance(60_000);
  const before = clock.asked();
  await clock.advance(60_000);
  expect(clock.asked()).toBe(before);
  const late: string[] = [];
  overdue.begin(() => late.push('again'));
  await clock.advance(10_000);
  expect(late).toEqual(['again']);
});

test('nothing is overdue once it is closed', async () => {
  const clock = countedClock();
  const overdue = new Overdue(clock, 10_000);
  overdue.begin(() => expect.unreachable());
  overdue.close();
  await clock.advance(20_000);
  overdue.begin(() => expect.unreachable());
  await clock.advance(20_000);
});
