import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turnstile } from '../../../src/adapters/teams/turnstile.ts';

/** Those that have begun, in their order; each of them comes by itself. */
function arrive(turnstile: Turnstile, from: number, count: number, begun: number[]): void {
  for (let n = from; n < from + count; n += 1) {
    const turn = turnstile.pass();
    if (turn === null) begun.push(n);
    else void turn.then(() => begun.push(n));
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

test('of twenty at once eight begin in a turn of the event loop, in the order they came, and one that comes late stands behind them', async () => {
  const turnstile = new Turnstile();
  const begun: number[] = [];
  arrive(turnstile, 0, 20, begun);
  expect(begun).toEqual(numbers(8));
  await turnOfTheLoop();
  expect(begun).toEqual(numbers(16));
  arrive(turnstile, 20, 1, begun);
  await turnOfTheLoop();
  expect(begun).toEqual(numbers(21));
});

test('one that comes alone does not wait, however many came before', async () => {
  const turnstile = new Turnstile();
  const begun: number[] = [];
  arrive(turnstile, 0, 100, begun);
  for (let turn = 0; turn < 14; turn += 1) await turnOfTheLoop();
  expect(begun).toEqual(numbers(100));
  expect(turnstile.pass()).toBeNull();
});
