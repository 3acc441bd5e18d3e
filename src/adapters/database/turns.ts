import type { Limit } from './limit.ts';

type Turn = () => Promise<void>;

/**
 * Transactions of this process follow each other, so that one that waits holds no connection that a reader needs. Where somebody
 * waits for the answer, it goes before all others but one: with several services each of them waits for the others' as well.
 */
export class Turns {
  readonly #hurried: Turn[] = [];
  readonly #usual: Turn[] = [];
  #running = false;
  #lastHurried = false;

  /** Somebody waits for the answer. */
  first<T>(limit: Limit, work: () => Promise<T>): Promise<T> {
    return this.#add(this.#hurried, limit, work);
  }

  next<T>(limit: Limit, work: () => Promise<T>): Promise<T> {
    return this.#add(this.#usual, limit, work);
  }

  /** As `next`, and before all others of its kind: it gave up a turn. */
  again<T>(limit: Limit, work: () => Promise<T>): Promise<T> {
    return this.#add(this.#usual, limit, work, 'unshift');
  }

  /** Whether somebody waits for the answer of what has not had its turn. */
  get isHurried(): boolean {
    return this.#hurried.length > 0;
  }

  /** Whoever waits no longer when the turn comes gives it to the next one. */
  #add<T>(queue: Turn[], limit: Limit, work: () => Promise<T>, way: 'push' | 'unshift' = 'push'): Promise<T> {
    const { promise: turn, resolve: comes } = Promise.withResolvers<void>();
    const done = limit.race(turn).then(work);
    const over = done.then(
      () => {},
      () => {},
    );
    queue[way](() => {
      comes();
      return over;
    });
    if (!this.#running) void this.#run();
    return done;
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let turn = this.#pick(); turn; turn = this.#pick()) await turn();
    this.#running = false;
  }

  /** By turns where both wait, so that neither keeps the other waiting for good. */
  #pick(): Turn | undefined {
    this.#lastHurried = this.#hurried.length > 0 && !(this.#lastHurried && this.#usual.length > 0);
    return (this.#lastHurried ? this.#hurried : this.#usual).shift();
  }
}
