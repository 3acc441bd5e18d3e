import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';

/** Node's timers overflow beyond this. */
const LONGEST = 2_147_483_647;

/** The machine's clock. `wait` never rejects: an abort only ends it early. */
export function systemClock(): Clock {
  return { now: () => Date.now(), elapsed: () => performance.now(), wait };
}

async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  let left = Math.max(0, milliseconds);
  do {
    const part = Math.min(left, LONGEST);
    if (signal?.aborted) return;
    try {
      await sleep(part, undefined, signal ? { signal } : {});
    } catch {
      return;
    }
    left -= part;
  } while (left > 0);
}
