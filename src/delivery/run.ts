import type { CreateResult, SendResult } from '../ports/chat.ts';
import type { Ports } from '../ports/room.ts';
import { type Claim, claim, HoldBack, nextWaiting, rowOf } from './claim.ts';
import { setGate } from './gate/queries.ts';
import { full } from './gate/rules.ts';
import { type Owner, recoverClaims } from './owners/recover-claims.ts';
import { postClaim } from './post-claim.ts';
import { expireWaiting } from './queries.ts';
import type { Registry } from './registry.ts';

/** Requests under way at once: as many as may become `unknown` by one crash. */
const inFlight = 30;
const leastBackOff = 2000;
const mostBackOff = 20_000;
const afterFailure = 1000;
/** Each minute of the clock wakes the loop; this is for a clock that stands. */
const longestRest = 15 * 60_000;
/** How often other services of the store are looked after, in elapsed milliseconds: with 25 s of silence well under 45 s. */
const lookAfterOthers = 10_000;

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
export async function startDelivery(ports: Ports, registry: Registry, owner: Owner): Promise<Delivery> {
  await recoverClaims(ports, owner);
  const shared = ports.database.sharedElapsed !== null;
  if (!shared) await setGate(ports.database.db, { tokens: full, counted_at: 0, paused_until: 0, probe_at: 0 });
  const loop = new DeliveryLoop(ports, registry, owner.owner);
  const stopping = new AbortController();
  const ended = [loop.run(), shared ? lookAfter(ports, owner, loop, stopping.signal) : null];
  return {
    wake: () => loop.wake(),
    settled: () => loop.settled(),
    stop: async () => {
      stopping.abort();
      loop.stop();
      await Promise.all(ended);
    },
  };
}

/** Takes over what other services had under way when they died. */
async function lookAfter(ports: Ports, owner: Owner, loop: DeliveryLoop, signal: AbortSignal): Promise<void> {
  for (;;) {
    await ports.clock.wait(lookAfterOthers, signal);
    if (signal.aborted) return;
    try {
      if ((await recoverClaims(ports, owner)) > 0) loop.wake();
    } catch (error) {
      ports.log.warn('Other services could not be looked after', { reason: nameOf(error) });
    }
  }
}

class DeliveryLoop {
  readonly #ports: Ports;
  readonly #registry: Registry;
  readonly #owner: string;
  readonly #stopping = new AbortController();
  readonly #hold: HoldBack;
  readonly #flight = new Set<Promise<void>>();
  #alarm = new AbortController();
  #woken = false;
  #settlers: (() => void)[] = [];

  constructor(ports: Ports, registry: Registry, owner: string) {
    this.#ports = ports;
    this.#registry = registry;
    this.#owner = owner;
    this.#hold = new HoldBack(ports.clock);
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

  /** Drop what is late, look what may go, claim what the gate lets pass, post. */
  async #step(): Promise<void> {
    this.#woken = false;
    await expireWaiting(this.#ports.database.db, this.#ports.clock.now());
    const most = inFlight - this.#flight.size;
    const { ready, wait } =
      most > 0 ? await nextWaiting(this.#ports, this.#hold, this.#owner, most) : { ready: [], wait: null };
    if (ready.length === 0) return this.#rest(wait, most > 0);
    const claimed = await claim(this.#ports, this.#owner, ready);
    for (const one of claimed.claims) this.#launch(one);
    if (claimed.held) return this.#rest(claimed.wait, true, true);
    if (claimed.wait > 0) await this.#ports.clock.wait(Math.min(claimed.wait, longestRest), this.#stopping.signal);
  }

  #launch(one: Claim): void {
    this.#hold.called(one);
    const flight: Promise<void> = postClaim(this.#ports, this.#registry, one, this.#stopping.signal)
      .then((result) => this.#learn(one, result))
      .catch((error) =>
        this.#ports.log.error('A message could not be recorded', { message: rowOf(one), reason: nameOf(error) }),
      )
      .finally(() => {
        this.#flight.delete(flight);
        this.#hold.ended(one);
        this.wake();
      });
    this.#flight.add(flight);
  }

  /** Retry-After holds every call (the gate); without one this call alone waits, exponentially longer and at random. */
  #learn(one: Claim, result: SendResult | CreateResult): void {
    if (result.kind !== 'throttled') return;
    const { attempts } = one.kind === 'create' ? one.opening : one.message;
    const ceiling = Math.min(mostBackOff, leastBackOff * 2 ** Math.min(attempts, 10));
    const backOff = () => Math.max(leastBackOff, this.#ports.random.fraction() * ceiling);
    this.#hold.row(rowOf(one), result.retryAfter ?? backOff());
  }

  /** `held`: only the open breaker keeps what waits, so nothing may go now. */
  async #rest(wait: number | null, looked: boolean, held = false): Promise<void> {
    if (this.#woken) return;
    if (looked && (wait === null || held) && this.#flight.size === 0) this.#release();
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
