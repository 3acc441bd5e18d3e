import type { Clock } from '../ports/clock.ts';

/** Calls the Connector allows: tokens that grow with elapsed time, and a pause after a 429. */
export interface Pace {
  /** Waits until at least one call may be made, then takes up to `most` of them. 0 when the signal fired first. */
  take(most: number, signal: AbortSignal): Promise<number>;
  /** No call for that many milliseconds from now (Retry-After). A longer pause is never shortened. */
  pause(milliseconds: number): void;
}

const burst = 5;

/** A bucket of `perSecond` calls a second with a burst of at most 5. Uses elapsed time only. */
export function paceOf(clock: Clock, perSecond: number): Pace {
  let tokens = Math.min(burst, perSecond);
  let counted = clock.elapsed();
  let pausedUntil = 0;

  const refill = () => {
    const now = clock.elapsed();
    const from = Math.max(counted, Math.min(pausedUntil, now));
    tokens = Math.min(Math.min(burst, perSecond), tokens + ((now - from) * perSecond) / 1000);
    counted = now;
  };
  const missing = () => Math.max(pausedUntil - clock.elapsed(), ((1 - tokens) * 1000) / perSecond);

  return {
    async take(most, signal) {
      for (;;) {
        if (signal.aborted) return 0;
        refill();
        if (tokens >= 1 && clock.elapsed() >= pausedUntil) break;
        await clock.wait(Math.max(1, Math.ceil(missing())), signal);
      }
      const taken = Math.min(Math.floor(tokens), most);
      tokens -= taken;
      return taken;
    },
    pause(milliseconds) {
      pausedUntil = Math.max(pausedUntil, clock.elapsed() + milliseconds);
      tokens = 0;
    },
  };
}
