import type { ServiceLock } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import { type Claimed, claim, undoClaim } from './claim.ts';
import { type Answered, isAccepted } from './gate/count-answer.ts';
import { setGate } from './gate/queries.ts';
import { RecentCalls } from './gate/recent-calls.ts';
import { ToldPause } from './gate/told-pause.ts';
import { HoldBack } from './hold-back.ts';
import { lookAfterOthers } from './owners/look-after-others.ts';
import { recoverClaims } from './owners/recover-claims.ts';
import { prepareCall } from './post-claim.ts';
import { expireWaiting } from './queries.ts';
import { Queue } from './queue.ts';
import { type ReadTogether, readTogether } from './read-together.ts';
import { persisted, Recorder } from './recorder.ts';
import type { Registry } from './registry.ts';
import { type Claim, rowOf } from './waiting.ts';

/** Requests under way at once: as many as may become `unknown` by one crash. */
const inFlight = 30;
/** Claims at once whose request has not left: a crash makes them `unknown` although nobody was asked. */
const mostAhead = 8;
const leastBackOff = 2000;
const mostBackOff = 20_000;
const afterFailure = 1000;
/** Each minute of the clock wakes the loop; this is for a clock that stands. */
const longestRest = 15 * 60_000;
const oneMinute = 60_000;

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
export async function startDelivery(
  ports: Ports,
  registry: Registry,
  lock: Omit<ServiceLock, 'release'>,
): Promise<Delivery> {
  await recoverClaims(ports, lock);
  const shared = ports.database.sharedElapsed !== null;
  if (!shared) await setGate(ports.database.db, { next_at: 0, paused_until: 0, probe_at: 0, raise_at: 0 });
  const loop = new DeliveryLoop(ports, registry, lock);
  const stopping = new AbortController();
  const ended = [loop.run(), shared ? lookAfterOthers(ports, lock, () => loop.wake(), stopping.signal) : null];
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

class DeliveryLoop {
  readonly #ports: Ports;
  readonly #registry: Registry;
  readonly #owner: string;
  readonly #stopping = new AbortController();
  readonly #hold: HoldBack;
  readonly #queue: Queue;
  readonly #recent = new RecentCalls();
  readonly #told: ToldPause;
  readonly #recorder: Recorder;
  readonly #flight = new Set<Promise<void>>();
  /** Claims that wait for their moment. */
  readonly #ahead = new Set<string>();
  #alarm = new AbortController();
  #woken = false;
  #settlers: (() => void)[] = [];
  #expiredAt = Number.NEGATIVE_INFINITY;
  /** Until then the open breaker lets nothing pass. */
  #heldUntil = 0;

  constructor(ports: Ports, registry: Registry, { owner, news }: Pick<ServiceLock, 'owner' | 'news'>) {
    this.#ports = ports;
    this.#registry = registry;
    this.#owner = owner;
    this.#told = new ToldPause(news);
    this.#hold = new HoldBack(ports.clock);
    this.#queue = new Queue(ports, this.#hold, owner);
    this.#recorder = new Recorder(ports, this.#stopping.signal, () => this.#flight.size);
  }

  wake(): void {
    this.#queue.forget();
    this.#goOn();
  }

  #goOn(): void {
    this.#woken = true;
    this.#alarm.abort('woken');
  }

  stop(): void {
    this.#stopping.abort('stopping');
    this.#recorder.hurry();
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

  /** Drop what is late, look what may go, claim what the gate lets pass, let each leave at its moment. */
  async #step(): Promise<void> {
    this.#woken = false;
    if (Math.floor(this.#expiredAt / oneMinute) !== Math.floor(this.#ports.clock.now() / oneMinute))
      await this.#expire();
    const held = this.#heldUntil - this.#ports.clock.elapsed();
    if (held > 0) return this.#rest(held, true, true);
    const room = Math.min(inFlight - this.#flight.size, mostAhead - this.#ahead.size);
    const { ready, wait } = room > 0 ? await this.#queue.next(room) : { ready: [], wait: null };
    if (ready.length === 0) return this.#rest(wait, room > 0);
    const known = { late: this.#recent.late(this.#ports.clock.elapsed()), told: this.#told.until };
    await this.#begin(await this.#recorder.along((before) => claim(this.#ports, this.#owner, ready, known, before)));
  }

  async #begin({ claims, resting, wait, held }: Claimed): Promise<void> {
    this.#queue.taken(claims);
    for (const [chat, milliseconds] of resting) this.#hold.for(chat, milliseconds);
    const read = readTogether(this.#ports, claims);
    for (const one of claims) this.#launch(one, read);
    if (held) return this.#isHeld(wait);
    if (claims.length === 0 && wait === 0) this.#queue.forget();
    if (wait > 0) await this.#ports.clock.wait(Math.ceil(Math.min(wait, longestRest)), this.#stopping.signal);
  }

  /** The open breaker holds everything: a service that is alone asks again when the next probe may go, or an answer comes. */
  #isHeld(wait: number): Promise<void> {
    const { clock, database } = this.#ports;
    if (database.sharedElapsed === null && this.#flight.size === 0) this.#heldUntil = clock.elapsed() + wait;
    return this.#rest(wait, true, true);
  }

  async #expire(): Promise<void> {
    const now = this.#ports.clock.now();
    await expireWaiting(this.#ports.database.db, now);
    this.#expiredAt = now;
  }

  #launch(one: Claim, read: ReadTogether): void {
    this.#hold.begins(one, one.at);
    this.#recent.claimed(one);
    this.#ahead.add(one.attempt);
    const flight: Promise<void> = this.#carry(one, read)
      .catch((error) =>
        this.#ports.log.error('A message could not be recorded', { message: rowOf(one), reason: nameOf(error) }),
      )
      .finally(() => {
        this.#flight.delete(flight);
        this.#ahead.delete(one.attempt);
        this.#hold.ends(one);
        this.#heldUntil = 0;
        this.#goOn();
      });
    this.#flight.add(flight);
  }

  /** Draws, waits for the moment, makes exactly one request, and has recorded what came of it. */
  async #carry(claim: Claim, read: ReadTogether): Promise<void> {
    const call = await prepareCall(this.#ports, this.#registry, claim, read);
    const made = 'request' in call;
    const leaves = made && (await this.#mayLeave(claim));
    if (this.#ahead.size === mostAhead) this.#goOn();
    this.#ahead.delete(claim.attempt);
    if (made && !leaves) {
      await persisted(this.#ports, this.#stopping.signal, () => undoClaim(this.#ports, claim));
      return this.#queue.forget();
    }
    const result = made ? await call.request(() => this.#recent.left(claim.number, this.#ports.clock.elapsed())) : call;
    if (made && isAccepted(result)) this.#recent.accepted(claim.number, this.#ports.clock.elapsed());
    this.#learn(claim, result);
    const load = () => this.#recent.loadOf(claim.number, claim.at);
    const answer = { claim, result, drawing: made ? call.drawing : null, load };
    if (await this.#recorder.record(answer)) this.#queue.forget();
  }

  /** Waits for the moment of a call; false where it is not to be made any more. */
  async #mayLeave(claim: Claim): Promise<boolean> {
    const { clock } = this.#ports;
    const left = claim.at - clock.elapsed();
    if (left > 0) await clock.wait(Math.ceil(left), this.#stopping.signal);
    this.#recent.left(claim.number, clock.elapsed());
    if (this.#stopping.signal.aborted || this.#told.holds(claim.sharedAt)) return false;
    return claim.kind !== 'send' || claim.message.last_useful_at > clock.now();
  }

  /** Retry-After holds every call (the gate); without one this call alone waits, exponentially longer and at random. */
  #learn(one: Claim, result: Answered): void {
    if (result.kind !== 'throttled') return;
    const { clock, random } = this.#ports;
    if (result.status === 429) this.#recent.refused(one.number);
    if (result.retryAfter !== null) this.#told.tell(one.sharedAt + clock.elapsed() - one.at + result.retryAfter);
    const { attempts } = one.kind === 'create' ? one.opening : one.message;
    const ceiling = Math.min(mostBackOff, leastBackOff * 2 ** Math.min(attempts, 10));
    this.#hold.for(rowOf(one), result.retryAfter ?? Math.max(leastBackOff, random.fraction() * ceiling));
  }

  /** `held`: only the open breaker keeps what waits, so nothing may go now. */
  async #rest(wait: number | null, looked: boolean, held = false): Promise<void> {
    if (this.#woken) return;
    if (this.#expiredAt !== this.#ports.clock.now()) await this.#expire();
    if (this.#woken) return;
    if (looked && (wait === null || held) && this.#flight.size === 0) this.#release();
    this.#alarm = new AbortController();
    if (this.#woken) return;
    await this.#ports.clock.wait(Math.ceil(Math.min(wait ?? longestRest, longestRest)), this.#alarm.signal);
  }

  #release(): void {
    for (const resolve of this.#settlers.splice(0)) resolve();
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
