import type { Clock, Instant } from '../ports/clock.ts';

interface Waiter {
  at: number;
  order: number;
  /** It was woken, by its moment or before. */
  over: boolean;
  wake(): void;
}

/**
 * Time that moves from one awaited moment to the next, and nothing in between costs anything. Business time may be stepped;
 * elapsed time never goes back. Everybody who wakes at one moment wakes in the order in which they lay down.
 */
export class SimulatedClock implements Clock {
  #elapsed = 0;
  #business: Instant;
  #count = 0;
  /** A binary heap by moment, then by order. */
  readonly #waiting: Waiter[] = [];
  /** Who wakes when a signal fires. */
  readonly #signalled = new WeakMap<AbortSignal, Set<Waiter>>();

  constructor(start: Instant) {
    this.#business = start;
  }

  now(): Instant {
    return this.#business + this.#elapsed;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  /** The machine's clock is set: forward or back, in milliseconds. */
  step(milliseconds: number): void {
    this.#business += milliseconds;
  }

  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const together = signal && this.#wokenBy(signal);
      const at = this.#elapsed + Math.max(0, Math.ceil(milliseconds));
      const wake = () => {
        waiter.over = true;
        together?.delete(waiter);
        resolve();
      };
      const waiter = { at, order: this.#count++, over: false, wake };
      together?.add(waiter);
      push(this.#waiting, waiter);
    });
  }

  /** One listener a signal, however many wait with it: a service waits with the same one for every call. */
  #wokenBy(signal: AbortSignal): Set<Waiter> {
    const known = this.#signalled.get(signal);
    if (known) return known;
    const waiters = new Set<Waiter>();
    this.#signalled.set(signal, waiters);
    signal.addEventListener('abort', () => [...waiters].forEach((waiter) => void waiter.wake()), { once: true });
    return waiters;
  }

  /** Lets everything go on that needs no time. */
  async still(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets time run until that elapsed moment; `after` is called when everything of a moment has come to rest. */
  async runTo(end: number, after: () => Promise<void>): Promise<void> {
    await this.still();
    for (let next = this.#next(); next && next.at <= end; next = this.#next()) {
      this.#elapsed = Math.max(this.#elapsed, next.at);
      for (let one = this.#next(); one && one.at <= this.#elapsed; one = this.#next()) {
        pop(this.#waiting);
        one.wake();
      }
      await this.still();
      await after();
    }
    this.#elapsed = Math.max(this.#elapsed, end);
  }

  /** Who wakes next; nothing happens at the moment of one who was woken before. */
  #next(): Waiter | undefined {
    while (this.#waiting[0]?.over) pop(this.#waiting);
    return this.#waiting[0];
  }
}

const before = (one: Waiter, other: Waiter) => one.at < other.at || (one.at === other.at && one.order < other.order);

function push(heap: Waiter[], waiter: Waiter): void {
  let at = heap.push(waiter) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (!above || !before(waiter, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = waiter;
}

function pop(heap: Waiter[]): Waiter | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const leftOne = heap[left];
    if (!leftOne) break;
    const rightOne = heap[left + 1];
    const child = rightOne && before(rightOne, leftOne) ? left + 1 : left;
    const one = heap[child];
    if (!one || !before(one, last)) break;
    heap[at] = one;
    at = child;
  }
  heap[at] = last;
  return first;
}
