import { performance } from 'node:perf_hooks';
import type { Clock } from '../ports/clock.ts';

/** Node's timers overflow beyond this. */
const LONGEST = 2_147_483_647;

/** The machine's clock. `wait` never rejects: an abort only ends it early. */
export function systemClock(): Clock {
  return { now: () => Date.now(), elapsed: () => performance.now(), wait };
}

/** Without the library's promise: its rejection at an abort costs more than all the rest of a short wait. */
function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout;
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const sleep = (left: number) => {
      const part = Math.min(left, LONGEST);
      timer = setTimeout(() => (left > part ? sleep(left - part) : end()), part);
    };
    sleep(Math.max(0, milliseconds));
    signal?.addEventListener('abort', end, { once: true });
  });
}
