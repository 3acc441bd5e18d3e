import type { SendResult } from '../ports/chat.ts';
import type { Ports } from '../ports/room.ts';
import { claim, HoldBack, nextWaiting } from './claim.ts';
import { paceOf } from './pace.ts';
import { postClaim } from './post-claim.ts';
import { expireWaiting, recoverClaims } from './queries.ts';
import type { Claim } from './record-result.ts';
import type { Registry } from './registry.ts';

/** Requests under way at once: as many as may become `unknown` by one crash. */
const inFlight = 30;
const leastBackOff = 2000;
const mostBackOff = 20_000;
const afterFailure = 1000;
const longestRest = 60_000;

/** The one way anything reaches people. */
export interface Delivery {
  /** Something was planned: look at once. */
  wake(): void;
  /** Resolves when nothing that may go now is waiting or under way. */
  settled(): Promise<void>;
  /** Claims nothing more and resolves when what is under way is recorded. */
  stop(): Promise<void>;
}

/** Starts delivering. What an earlier run was sending when it died becomes `unknown` first. */
export async function startDelivery(ports: Ports, registry: Registry, owner: string): Promise<Delivery> {
  await ports.database.transaction((db) => recoverClaims(db, ports.clock.now()));
  const loop = new DeliveryLoop(ports, registry, owner);
  const ended = loop.run();
  return {
    wake: () => loop.wake(),
    settled: () => loop.settled(),
    stop: async () => {
      loop.stop();
      await ended;
    },
  };
}

class DeliveryLoop {
  readonly #ports: Ports;
  readonly #registry: Registry;
  readonly #owner: string;
  readonly #stopping = new AbortController();
  readonly #hold: HoldBack;
  readonly #pace;
  readonly #flight = new Set<Promise<void>>();
  #alarm = new AbortController();
  #woken = false;
  #settlers: (() => void)[] = [];

  constructor(ports: Ports, registry: Registry, owner: string) {
    this.#ports = ports;
    this.#registry = registry;
    this.#owner = owner;
    this.#hold = new HoldBack(ports.clock);
    this.#pace = paceOf(ports.clock, ports.settings.pace);
  }

  wake(): void {
    this.#woken = true;
    this.#alarm.abort();
  }

  stop(): void {
    this.#stopping.abort();
    this.wake();
  }

  settled(): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#settlers.push(resolve);
      this.wake();
    });
  }

  async run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#step();
      } catch (error) {
        this.#ports.log.error('Delivery could not go on and tries again', { reason: nameOf(error) });
        await this.#ports.clock.wait(afterFailure, this.#stopping.signal);
      }
    }
    await Promise.all(this.#flight);
    this.#release();
  }

  /** Drop what is late, take what may go, keep to the pace, commit the claim, post. */
  async #step(): Promise<void> {
    this.#woken = false;
    await expireWaiting(this.#ports.database.db, this.#ports.clock.now());
    const most = inFlight - this.#flight.size;
    const { ready, wait } = most > 0 ? await nextWaiting(this.#ports, this.#hold, most) : { ready: [], wait: null };
    if (ready.length === 0) return this.#rest(wait, most > 0);
    const allowed = await this.#pace.take(ready.length, this.#stopping.signal);
    for (const one of await claim(this.#ports, this.#owner, ready.slice(0, allowed))) this.#launch(one);
  }

  #launch(one: Claim): void {
    this.#hold.called(one.message);
    const flight: Promise<void> = postClaim(this.#ports, this.#registry, one, this.#stopping.signal)
      .then((result) => this.#learn(one, result))
      .catch((error) =>
        this.#ports.log.error('A message could not be recorded', { message: one.message.id, reason: nameOf(error) }),
      )
      .finally(() => {
        this.#flight.delete(flight);
        this.#hold.ended(one.message);
        this.wake();
      });
    this.#flight.add(flight);
  }

  /** Obeys Retry-After for every call; without one this message alone waits, exponentially longer and at random. */
  #learn(one: Claim, result: SendResult): void {
    if (result.kind !== 'throttled') return;
    if (result.retryAfter !== null) {
      this.#pace.pause(result.retryAfter);
      this.#hold.message(one.message.id, result.retryAfter);
      return;
    }
    const ceiling = Math.min(mostBackOff, leastBackOff * 2 ** Math.min(one.message.attempts, 10));
    this.#hold.message(one.message.id, Math.max(leastBackOff, this.#ports.random.fraction() * ceiling));
  }

  async #rest(wait: number | null, looked: boolean): Promise<void> {
    if (this.#woken) return;
    if (looked && wait === null && this.#flight.size === 0) this.#release();
    this.#alarm = new AbortController();
    if (this.#woken) return;
    await this.#ports.clock.wait(Math.min(wait ?? longestRest, longestRest), this.#alarm.signal);
  }

  #release(): void {
    for (const resolve of this.#settlers.splice(0)) resolve();
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
