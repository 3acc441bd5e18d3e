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
    const others = signal && waitsOf(signal);
    let timer: NodeJS.Timeout;
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const sleep = (left: number) => {
      const part = Math.min(left, LONGEST);
      timer = setTimeout(() => {
        if (left > part) return sleep(left - part);
        others?.delete(end);
        resolve();
      }, part);
    };
    sleep(Math.max(0, milliseconds));
    others?.add(end);
  });
}

const waits = new WeakMap<AbortSignal, Set<() => void>>();

/** What ends when that signal fires: it is listened to once for all waits, as adding and taking away a listener costs more than a timer. */
function waitsOf(signal: AbortSignal): Set<() => void> {
  const known = waits.get(signal);
  if (known) return known;
  const all = new Set<() => void>();
  waits.set(signal, all);
  signal.addEventListener('abort', () => endAll(all), { once: true });
  return all;
}

function endAll(all: Set<() => void>): void {
  for (const end of all) end();
  all.clear();
}
