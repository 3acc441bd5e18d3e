import type { Clock } from './clock.ts';

/** Milliseconds of work after which others have their turn, and how long it is: a press needs several turns of the event loop. */
const longestWork = 20;
const turn = 5;

/**
 * For long work in pieces: called between two of them, outside any transaction, it lets everything else of this process go on (a
 * press, a card) where enough time has gone by since the last time.
 */
export function breather(clock: Pick<Clock, 'elapsed' | 'wait'>): () => Promise<void> {
  let since = clock.elapsed();
  return async () => {
    if (clock.elapsed() - since < longestWork) return;
    await clock.wait(turn);
    since = clock.elapsed();
  };
}
