import type { Clock } from '../ports/clock.ts';
import { afterCall, type ConversationCalls, nextCallOf } from './gate/conversation-pace.ts';
import { chatOf, rowOf, type Waiting } from './waiting.ts';

const sweepEvery = 1000;

/** What holds a call back in this service, in elapsed time: its own back-off, the pace of its conversation, and a call still under way there. */
export class HoldBack {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();
  readonly #chats = new Map<string, ConversationCalls>();
  readonly #underWay = new Set<string>();
  #sweepAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Holds a row, or a conversation that others called, for that many milliseconds. */
  for(id: string, milliseconds: number): void {
    this.#until.set(id, this.#clock.elapsed() + milliseconds);
  }

  /** A call is claimed for that moment. */
  begins(waiting: Waiting, at: number): void {
    const chat = chatOf(waiting);
    this.#underWay.add(chat);
    this.#chats.set(chat, afterCall(this.#chats.get(chat), at));
  }

  ends(waiting: Waiting): void {
    this.#underWay.delete(chatOf(waiting));
  }

  /** Milliseconds until this call may be made; 0 is now, Infinity when another one to its conversation has to end first. */
  left(waiting: Waiting): number {
    const chat = chatOf(waiting);
    if (this.#underWay.has(chat)) return Number.POSITIVE_INFINITY;
    const calls = this.#chats.get(chat);
    const until = Math.max(
      calls ? nextCallOf(calls) : 0,
      this.#until.get(rowOf(waiting)) ?? 0,
      this.#until.get(chat) ?? 0,
    );
    return Math.max(0, until - this.#clock.elapsed());
  }

  /** Forgets what has passed. Called often, it looks only once a second. */
  sweep(): void {
    const now = this.#clock.elapsed();
    if (now < this.#sweepAt) return;
    this.#sweepAt = now + sweepEvery;
    for (const [id, until] of this.#until) if (until <= now) this.#until.delete(id);
    for (const [chat, calls] of this.#chats) {
      if (calls.owed_until <= now && nextCallOf(calls) <= now) this.#chats.delete(chat);
    }
  }
}
