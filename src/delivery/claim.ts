import type { Clock } from '../ports/clock.ts';
import type { Ports } from '../ports/room.ts';
import type { AttemptTable, MessageTable } from '../ports/tables.ts';
import { claimMessages, claimUpdates, waitingMessages, waitingUpdates } from './queries.ts';
import type { Claim } from './record-result.ts';

/** One call a second to one conversation. */
const conversationGap = 1000;
/** Sends above this number may wait for updates after presses. */
const beforeUpdates = 2;

export interface Waiting {
  message: MessageTable;
  kind: Claim['kind'];
}

/** What holds a message back, in elapsed time: its own back-off, the last call to its conversation, and one still under way there. */
export class HoldBack {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();
  #sweepAt = 0;
  readonly #underWay = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  message(id: string, milliseconds: number): void {
    this.#until.set(id, this.#clock.elapsed() + milliseconds);
  }

  called(message: MessageTable): void {
    this.#underWay.add(chatOf(message));
    if (message.aad_id) this.#until.set(message.aad_id, this.#clock.elapsed() + conversationGap);
  }

  ended(message: MessageTable): void {
    this.#underWay.delete(chatOf(message));
  }

  /** Milliseconds until this message may go; 0 is now, Infinity when another call to its conversation has to end first. */
  left(message: MessageTable): number {
    if (this.#underWay.has(chatOf(message))) return Number.POSITIVE_INFINITY;
    const own = this.#until.get(message.id) ?? 0;
    const chat = message.aad_id ? (this.#until.get(message.aad_id) ?? 0) : 0;
    return Math.max(0, Math.max(own, chat) - this.#clock.elapsed());
  }

  /** Forgets what has passed. Called often, it looks only once a second. */
  sweep(): void {
    const now = this.#clock.elapsed();
    if (now < this.#sweepAt) return;
    this.#sweepAt = now + conversationGap;
    for (const [id, until] of this.#until) if (until <= now) this.#until.delete(id);
  }
}

/**
 * Up to `most` waiting calls in the order they go: time-bound sends, updates after presses, the rest. At most one a
 * conversation. Looks further down the queue only when what stands first is held back.
 */
export async function nextWaiting(
  ports: Ports,
  hold: HoldBack,
  most: number,
): Promise<{ ready: Waiting[]; wait: number | null }> {
  const { db } = ports.database;
  hold.sweep();
  for (let look = most * 2; ; look *= 4) {
    const sends = await waitingMessages(db, ports.clock.now(), look);
    const updates = await waitingUpdates(db, look);
    const found = pick(inOrder(sends, updates), hold, most);
    const all = sends.length < look && updates.length < look;
    if (found.ready.length > 0 || all) return found;
  }
}

function inOrder(sends: MessageTable[], updates: MessageTable[]): Waiting[] {
  const waiting = (kind: Claim['kind']) => (message: MessageTable) => ({ message, kind });
  return [
    ...sends.filter((message) => message.priority < beforeUpdates).map(waiting('send')),
    ...updates.map(waiting('update')),
    ...sends.filter((message) => message.priority >= beforeUpdates).map(waiting('send')),
  ];
}

function pick(ordered: Waiting[], hold: HoldBack, most: number): { ready: Waiting[]; wait: number | null } {
  const ready: Waiting[] = [];
  const chats = new Set<string>();
  let wait: number | null = null;
  for (const waiting of ordered) {
    const left = hold.left(waiting.message);
    const chat = chatOf(waiting.message);
    if (left > 0 || chats.has(chat)) {
      wait = Math.min(wait ?? Number.POSITIVE_INFINITY, left || conversationGap);
      continue;
    }
    if (ready.length === most) break;
    chats.add(chat);
    ready.push(waiting);
  }
  return { ready, wait };
}

const chatOf = (message: MessageTable) => message.aad_id ?? message.id;

/** Commits `sending` and one attempt row for each, before any request leaves. */
export async function claim(ports: Ports, owner: string, waiting: Waiting[]): Promise<Claim[]> {
  const attempts = new Map(waiting.map(({ message, kind }) => [message.id, attemptOf(ports, message, kind)]));
  const ids = (kind: Claim['kind']) => waiting.filter((one) => one.kind === kind).map((one) => one.message.id);
  const rows = [...attempts.values()];
  return ports.database.transaction(async (db) => {
    const sends = await claimMessages(db, ids('send'), owner, rows, ports.clock.now());
    const updates = await claimUpdates(db, ids('update'), owner, rows);
    const claimOf = (kind: Claim['kind']) => (message: MessageTable) => ({
      message,
      kind,
      attempt: attempts.get(message.id)?.id ?? '',
    });
    return [...sends.map(claimOf('send')), ...updates.map(claimOf('update'))];
  });
}

function attemptOf(ports: Ports, message: MessageTable, kind: Claim['kind']): AttemptTable {
  const started = ports.clock.now();
  return {
    id: ports.random.id(),
    message_id: message.id,
    kind,
    started_at: started,
    ended_at: null,
    outcome: null,
    status: null,
    why: null,
  };
}
