import type { Clock } from '../../src/ports/clock.ts';

/** A clock that only a test moves: `advance` moves both business and elapsed time and wakes who waited for it. */
export interface HandClock extends Clock {
  set(now: number): void;
  advance(milliseconds: number): Promise<void>;
}

export function handClock(start = Date.parse('2026-11-18T16:14:45+09:00')): HandClock {
  let now = start;
  let elapsed = 0;
  const waiting = new Set<{ at: number; wake: () => void }>();
  return {
    now: () => now,
    elapsed: () => elapsed,
    wait(milliseconds, signal) {
      return new Promise((resolve) => {
        const one = { at: elapsed + milliseconds, wake: resolve };
        waiting.add(one);
        signal?.addEventListener('abort', () => waiting.delete(one) && resolve(), { once: true });
      });
    },
    set(to) {
      now = to;
    },
    async advance(milliseconds) {
      now += milliseconds;
      elapsed += milliseconds;
      for (const one of [...waiting].filter(({ at }) => at <= elapsed)) {
        waiting.delete(one);
        one.wake();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
