import type { CardContent } from '../ports/cards.ts';
import type { Chat, ChatTarget, CreateResult, OutgoingMessage, SendResult } from '../ports/chat.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedClock } from './simulated-clock.ts';

/** A card as Teams stores it; drawn only when somebody looks. */
export interface StoredCard {
  activityId: string;
  conversation: string;
  content: CardContent;
  /** The item it shows in full, as its refresh says. */
  item: string | null;
  /** Items that stand on it as lines. */
  lines: string[];
}

/** What the city sees of the way to Teams. */
export interface Postman {
  /** A request is about to be judged. */
  posted(kind: 'send' | 'update', conversation: string, content: CardContent | null): void;
  accepted(card: StoredCard, kind: 'send' | 'update'): void;
  /** A request that should not have been made, in words. */
  wrong(what: string): void;
}

const limitPerSecond = 50;
/** A service that dies this soon after it was told something may not have written it down, in milliseconds. */
const wroteDownWithin = 15_000;
/** A call of another service that asked a moment ago whether it may leave is on its way, in milliseconds. */
const leavesWithin = 10;
const never = Number.NEGATIVE_INFINITY;
const answerWithin = 10_000;

/**
 * The Bot Connector with its bad days: throttles above its limit and now and then for no reason, fails after accepting, hangs,
 * forgets to answer, is down for minutes or hours, and refuses people who took the app away. It keeps what it stored.
 */
export class SimulatedTeams {
  readonly #clock: SimulatedClock;
  readonly #random: SeededRandom;
  readonly #postman: Postman;
  readonly #stored = new Map<string, StoredCard>();
  /** Chats that do not take the app any more, with when (elapsed) Teams last said so to a service that lives. */
  readonly #gone = new Map<string, number>();
  /** Until when, in elapsed time, a living service knows that nothing may be sent. */
  #toldUntil = 0;
  #toldAt = 0;
  #made = 0;
  #calls: number[] = [];
  #pausedUntil = 0;
  #downUntil = 0;
  /** Every request, and every request above the limit or inside a pause that had been told. */
  readonly counts = { posts: 0, accepted: 0, throttled: 0, overLimit: 0 };

  constructor(clock: SimulatedClock, random: SeededRandom, postman: Postman) {
    this.#clock = clock;
    this.#random = random;
    this.#postman = postman;
  }

  /** The way out of one service: after its death nothing comes back. */
  chat(living: <T>(work: Promise<T>) => Promise<T>): Chat {
    const told = async (work: Promise<SendResult>) => this.#told(await living(work));
    return {
      send: (target, message) => told(this.#send(target, message)),
      update: (target, activityId, message) => told(this.#update(target, activityId, message)),
      create: () => living(Promise.resolve<CreateResult>({ kind: 'refused', why: 'blocked', status: 403 })),
    };
  }

  /** Nothing can be reached for that long. */
  goDown(milliseconds: number): void {
    this.#downUntil = this.#clock.elapsed() + milliseconds;
  }

  /** A person takes the app away, or installs it again. */
  setGone(conversation: string, gone: boolean): void {
    if (gone) this.#gone.set(conversation, never);
    else this.#gone.delete(conversation);
  }

  /** A service has died, perhaps before it wrote down what it had been told. */
  forgetTold(): void {
    this.#toldUntil = 0;
    for (const [chat, at] of this.#gone) if (at > this.#clock.elapsed() - wroteDownWithin) this.#gone.set(chat, never);
  }

  /** Somebody whose Teams does not take the app has been heard of: they may be called once more. */
  heardOf(conversation: string): void {
    if (this.#gone.has(conversation)) this.#gone.set(conversation, never);
  }

  isGone(conversation: string): boolean {
    return this.#gone.has(conversation);
  }

  #told(result: SendResult): SendResult {
    if (result.kind === 'throttled' && result.retryAfter !== null && result.status === 429) {
      this.#toldAt = this.#clock.elapsed();
      this.#toldUntil = Math.max(this.#toldUntil, this.#toldAt + result.retryAfter);
    }
    return result;
  }

  async #send(target: ChatTarget, message: OutgoingMessage): Promise<SendResult> {
    const content = contentOf(message);
    this.#postman.posted('send', target.conversationId, content);
    return this.#judged(target.conversationId, () => {
      this.#made += 1;
      return this.#store('send', `activity-${this.#made}`, target.conversationId, content);
    });
  }

  async #update(target: ChatTarget, activityId: string, message: OutgoingMessage): Promise<SendResult> {
    const content = contentOf(message);
    this.#postman.posted('update', target.conversationId, content);
    return this.#judged(target.conversationId, () => {
      if (!this.#stored.has(activityId)) return null;
      return this.#store('update', activityId, target.conversationId, content);
    });
  }

  #store(kind: 'send' | 'update', activityId: string, conversation: string, content: CardContent | null): string {
    this.counts.accepted += 1;
    if (content) {
      const card = { activityId, conversation, content, item: itemOf(content), lines: linesOf(content) };
      this.#stored.set(activityId, card);
      this.#postman.accepted(card, kind);
    }
    return activityId;
  }

  async #judged(conversation: string, accept: () => string | null): Promise<SendResult> {
    const now = this.#clock.elapsed();
    this.counts.posts += 1;
    if (now < this.#downUntil)
      return this.#after(20, { kind: 'throttled', why: 'not-sent:ECONNREFUSED', retryAfter: null, status: null });
    this.#calls = this.#calls.filter((at) => at > now - 1000);
    this.#calls.push(now);
    if (this.#calls.length > limitPerSecond) this.counts.overLimit += 1;
    if (now < this.#toldUntil && now > this.#toldAt + leavesWithin)
      this.#postman.wrong('a call inside a Retry-After that had been told');
    if (this.#calls.length > limitPerSecond || now < this.#pausedUntil) return this.#throttle();
    const refused = this.#gone.get(conversation);
    if (refused !== undefined) this.#gone.set(conversation, now);
    if ((refused ?? never) !== never) this.#postman.wrong('somebody who took the app away was called again');
    if (refused !== undefined) return this.#after(50, { kind: 'refused', why: 'blocked', status: 403 });
    const fate = this.#random.fraction();
    if (fate < 0.004) return this.#throttle();
    if (fate < 0.006) return this.#after(30, { kind: 'throttled', why: 'throttled', retryAfter: null, status: 412 });
    if (fate < 0.008) return this.#after(answerWithin, { kind: 'unknown', why: 'timeout', status: null });
    if (fate < 0.01) return this.#after(40, { kind: 'unknown', why: 'ECONNRESET', status: null });
    const activityId = accept();
    if (activityId === null) return this.#after(40, { kind: 'refused', why: 'not-found', status: 404 });
    if (fate < 0.012) return this.#after(60, { kind: 'unknown', why: 'server-error', status: 502 });
    if (fate < 0.014) return this.#after(answerWithin, { kind: 'unknown', why: 'timeout', status: null });
    return this.#after(this.#random.whole(20, 400), { kind: 'sent', activityId, status: 201 });
  }

  #throttle(): Promise<SendResult> {
    this.counts.throttled += 1;
    const retryAfter = this.#random.whole(1, 8) * 1000;
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.elapsed() + retryAfter);
    return this.#after(20, { kind: 'throttled', why: 'throttled', retryAfter, status: 429 });
  }

  async #after(milliseconds: number, result: SendResult): Promise<SendResult> {
    await this.#clock.wait(milliseconds);
    return result;
  }
}

/** The simulation's cards are their contents: they are drawn when somebody presses. */
export interface UndrawnCard {
  undrawn: CardContent;
}

function contentOf(message: OutgoingMessage): CardContent | null {
  const card = message.card as UndrawnCard | undefined;
  return card?.undrawn ?? null;
}

function itemOf({ data }: CardContent): string | null {
  const [refresh] = 'refreshes' in data && Array.isArray(data.refreshes) ? data.refreshes : [];
  return typeof refresh?.i === 'string' ? refresh.i : null;
}

function linesOf({ data }: CardContent): string[] {
  const groups = 'carried' in data && Array.isArray(data.carried) ? data.carried : [];
  const rows: unknown[] = groups.flatMap((group) => group?.rows ?? []);
  return rows.flatMap((row) => {
    const payload = typeof row === 'object' && row !== null && 'payload' in row ? row.payload : null;
    return typeof payload === 'object' && payload !== null && 'i' in payload ? [String(payload.i)] : [];
  });
}
