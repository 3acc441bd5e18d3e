import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { Documents } from './fetch-json.ts';
import { type KeySet, readKeys, type SigningKey } from './read-keys.ts';

const minute = 60_000;
const hour = 60 * minute;
/** From this age on keys are fetched anew, behind the requests that use them. */
const REFRESH = 24 * hour;
/** Older keys are not used: the key server has been away too long. */
const GOOD_FOR = 5 * 24 * hour;
/** At least this between two fetches for kids nobody knows, and between two tries to refresh. */
const PAUSE = 5 * minute;
/** At least this between two tries while there is no key at all and nobody can sign in. */
const COLD_PAUSE = 10_000;

interface KeysOptions {
  /** OpenID metadata, or the key document itself. */
  url: string;
  clock: Clock;
  log: Log;
}

/** Microsoft's signing keys, kept for 5 days and refreshed daily, so that an outage of its key server refuses nobody. */
export class SigningKeys {
  readonly #options: KeysOptions;
  readonly #documents = new Documents();
  #keys: KeySet = new Map();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #askedForUnknownAt = Number.NEGATIVE_INFINITY;
  #flight: Promise<void> | null = null;

  constructor(options: KeysOptions) {
    this.#options = options;
  }

  /**
   * The key of that name, or null. All who need a fetch share one; an unknown name causes at most one in 5 minutes, and
   * whoever asks while it runs waits for it. Ages are elapsed time. Never throws.
   */
  async keyOf(kid: string): Promise<SigningKey | null> {
    if (this.#isOlderThan(GOOD_FOR)) {
      if (!(await this.prepare())) return null;
      const key = this.#keys.get(kid) ?? null;
      if (key === null) this.#askedForUnknownAt = this.#triedAt;
      return key;
    }
    if (this.#isOlderThan(REFRESH)) void this.#refresh(PAUSE);
    return this.#keys.get(kid) ?? this.#unknown(kid);
  }

  /** Fetches keys ahead of the first request; false where none could be had. Never throws. */
  async prepare(): Promise<boolean> {
    if (this.#isOlderThan(GOOD_FOR)) await this.#refresh(COLD_PAUSE);
    return !this.#isOlderThan(GOOD_FOR);
  }

  /** Ends connections; a fetch under way fails. */
  async close(): Promise<void> {
    await this.#documents.destroy();
  }

  async #unknown(kid: string): Promise<SigningKey | null> {
    const { clock } = this.#options;
    if (this.#flight === null) {
      if (clock.elapsed() - this.#askedForUnknownAt < PAUSE) return null;
      this.#askedForUnknownAt = clock.elapsed();
    }
    await this.#refresh(0);
    return this.#keys.get(kid) ?? null;
  }

  #isOlderThan(age: number): boolean {
    return this.#options.clock.elapsed() - this.#fetchedAt > age;
  }

  /** Joins the fetch under way, or starts one unless the last was tried less than `pause` ago. */
  #refresh(pause: number): Promise<void> {
    if (this.#flight !== null) return this.#flight;
    const now = this.#options.clock.elapsed();
    if (now - this.#triedAt < pause) return Promise.resolve();
    this.#triedAt = now;
    this.#flight = this.#fetch().finally(() => {
      this.#flight = null;
    });
    return this.#flight;
  }

  async #fetch(): Promise<void> {
    const { clock, log, url } = this.#options;
    try {
      this.#keys = await readKeys(this.#documents, clock, new URL(url));
      this.#fetchedAt = this.#triedAt;
    } catch (error) {
      const why = error instanceof Error && /^[a-z0-9-]{1,30}$/.test(error.message) ? error.message : 'not-readable';
      log.warn('The signing keys could not be fetched', { why, count: this.#keys.size });
    }
  }
}
