import type { Clock, Instant } from '../../src/ports/clock.ts';

/** Time that runs only when a test lets it: whoever waits is woken in order, and nothing sleeps. */
export interface VirtualClock extends Clock {
  /** Business time alone jumps there, also backwards; elapsed time stands. */
  moveTo(to: Instant | string): void;
  /** Both times run on by this much; those who wait are woken on the way, each at its own moment. */
  advance(milliseconds: number): Promise<void>;
  /** Lets time run, from one waiting moment to the next, until the work is done. */
  until<T>(work: Promise<T>): Promise<T>;
  /** Lets everything go on that needs no time. */
  still(): Promise<void>;
}

interface Waiter {
  at: number;
  wake(): void;
}

const breaths = 3;
const mostJumps = 20_000;

/** A clock that stands at an instant (milliseconds, or ISO with its offset). */
export function virtualClock(from: Instant | string): VirtualClock {
  const instant = (at: Instant | string) => (typeof at === 'number' ? at : Date.parse(at));
  let now = instant(from);
  let elapsed = 0;
  const waiting = new Set<Waiter>();

  const still = async () => {
    for (let left = breaths; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const next = () => [...waiting].sort((a, b) => a.at - b.at)[0];
  const goTo = (at: number) => {
    now += at - elapsed;
    elapsed = at;
    for (const one of [...waiting].filter((waiter) => waiter.at <= elapsed)) one.wake();
  };

  return {
    now: () => now,
    elapsed: () => elapsed,
    wait(milliseconds, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const waiter = { at: elapsed + Math.max(0, milliseconds), wake };
        function wake() {
          waiting.delete(waiter);
          signal?.removeEventListener('abort', wake);
          resolve();
        }
        waiting.add(waiter);
        signal?.addEventListener('abort', wake, { once: true });
      });
    },
    moveTo(to) {
      now = instant(to);
    },
    async advance(milliseconds) {
      const end = elapsed + milliseconds;
      await still();
      for (let one = next(); one && one.at <= end; one = next()) {
        goTo(one.at);
        await still();
      }
      goTo(end);
      await still();
    },
    async until(work) {
      let done = false;
      const end = () => {
        done = true;
      };
      work.then(end, end);
      for (let jumps = 0; ; jumps += 1) {
        await still();
        if (done) return work;
        const one = next();
        if (one) goTo(one.at);
        if (jumps > mostJumps) throw new Error('The work does not end, however much time goes by.');
      }
    },
    still,
  };
}
