import { performance } from 'node:perf_hooks';
import { StoreUnavailable } from '../../ports/database.ts';

/** How long somebody waits for the store. Once it is over, everything that is asked under it fails at once. */
export interface Limit {
  check(): void;
  /** The answer where it comes in time; one that comes later is nobody's. */
  race<T>(answer: Promise<T>): Promise<T>;
}

export const unlimited: Limit = { check: () => {}, race: (answer) => answer };

/** When the store last answered anything this process asked. */
export class Pulse {
  #at = performance.now();

  beat(): void {
    this.#at = performance.now();
  }

  silence(): number {
    return performance.now() - this.#at;
  }
}

/** A store that has said nothing to anybody for so long, in milliseconds, is away; one that answers others is only busy. */
const silentFor = 1_500;
/** Answers that came while this process was at work are taken in first. */
const takenIn = 50;

/** Over after that many milliseconds of elapsed time, where the store is silent then: it counts as unavailable. */
export function limitOf(milliseconds: number, pulse: Pulse): Limit {
  const end = performance.now() + milliseconds;
  let over = false;
  let looks = false;
  const waiting = new Set<(why: unknown) => void>();
  const away = () => new StoreUnavailable('The store does not answer in the time that somebody waits.');
  // One timer for all that is asked under the limit; it keeps no process alive that has ended its work.
  const lookIn = (milliseconds: number) => {
    looks = true;
    setTimeout(look, milliseconds + takenIn).unref();
  };
  const look = () => {
    looks = false;
    if (waiting.size === 0) return;
    const left = silentFor - pulse.silence();
    if (left > 0) return lookIn(left);
    over = true;
    for (const fail of waiting) fail(away());
  };
  return {
    check() {
      if (over) throw away();
    },
    race: (answer) =>
      first(answer, (fail) => {
        waiting.add(fail);
        if (!looks) lookIn(Math.max(0, end - performance.now()));
        return () => waiting.delete(fail);
      }),
  };
}

/** Over when the signal fires, with its reason: whoever started the work wants it no more. */
export function limitBy(signal: AbortSignal): Limit {
  return {
    check: () => signal.throwIfAborted(),
    race: (answer) =>
      first(answer, (fail) => {
        const over = () => fail(signal.reason);
        if (signal.aborted) over();
        signal.addEventListener('abort', over, { once: true });
        return () => signal.removeEventListener('abort', over);
      }),
  };
}

function first<T>(answer: Promise<T>, watch: (fail: (why: unknown) => void) => () => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    const rest = watch(reject);
    answer.then(resolve, reject).finally(rest);
  });
}
