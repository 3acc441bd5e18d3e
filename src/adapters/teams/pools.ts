import type { Pool } from 'undici';
import { poolTo } from './undici.ts';

/** So many origins are kept; Teams has a handful of them. */
const MOST_KEPT = 100;
const options: Pool.Options = {
  allowH2: false,
  pipelining: 1,
  // Shorter than the other side keeps an idle connection: a request that meets its closing would be unclear.
  keepAliveTimeout: 2_000,
  keepAliveMaxTimeout: 2_000,
  connect: { timeout: 9_000 },
  headersTimeout: 0,
  bodyTimeout: 0,
};

/**
 * Connections to the Connector, one request at a time on each. Without undici's Agent, which makes out for each request anew to
 * which of its pools it belongs.
 */
export class Pools {
  readonly #pools = new Map<string, Pool>();
  /** By the address as `allowedServiceUrl` gives it: the same one each time. */
  #known = new WeakMap<Readonly<URL>, Pool>();

  of(base: Readonly<URL>): Pool {
    const known = this.#known.get(base);
    if (known) return known;
    const { origin } = base;
    if (!this.#pools.has(origin) && this.#pools.size >= MOST_KEPT) this.#forget();
    const pool = this.#pools.get(origin) ?? poolTo(origin, options);
    this.#pools.set(origin, pool);
    this.#known.set(base, pool);
    return pool;
  }

  /** What is under way on them ends. */
  async destroy(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  /** What is under way on them goes on to its end. */
  #forget(): void {
    for (const pool of this.#pools.values()) void pool.close();
    this.#pools.clear();
    this.#known = new WeakMap();
  }
}
