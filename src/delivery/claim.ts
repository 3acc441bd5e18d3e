import type { Clock } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { ChatOpeningTable } from '../ports/tables/delivery.ts';
import type { AttemptTable, MessageTable } from '../ports/tables.ts';
import { sharedElapsed } from './gate/count-answer.ts';
import { readGate, setGate } from './gate/queries.ts';
import { passage, probeEvery } from './gate/rules.ts';
import { claimOpenings, waitingOpenings } from './openings/queries.ts';
import { claimMessages, stillWaiting, waitingMessages } from './queries.ts';
import { claimUpdates, waitingUpdates } from './updates/queries.ts';

/** One call a second to one conversation. */
const conversationGap = 1000;
/** Sends above this number may wait for updates after presses. */
const beforeUpdates = 2;

/** One call that may be made: a message to send, a stored message to update, a chat to open. */
export type Waiting =
  | { kind: 'send' | 'update'; message: MessageTable }
  | { kind: 'create'; opening: ChatOpeningTable };

/** What was claimed, and the attempt that was committed before its request. */
export type Claim = Waiting & { attempt: string };

/** The row a call is made for. */
export const rowOf = (waiting: Waiting) => (waiting.kind === 'create' ? waiting.opening.id : waiting.message.id);

const chatOf = (waiting: Waiting) =>
  waiting.kind === 'create' ? waiting.opening.aad_id : (waiting.message.aad_id ?? waiting.message.id);

/** What holds a call back, in elapsed time: its own back-off, the last call to its conversation, and one still under way there. */
export class HoldBack {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();
  #sweepAt = 0;
  readonly #underWay = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  row(id: string, milliseconds: number): void {
    this.#until.set(id, this.#clock.elapsed() + milliseconds);
  }

  called(waiting: Waiting): void {
    this.#underWay.add(chatOf(waiting));
    this.#until.set(chatOf(waiting), this.#clock.elapsed() + conversationGap);
  }

  ended(waiting: Waiting): void {
    this.#underWay.delete(chatOf(waiting));
  }

  /** Milliseconds until this call may be made; 0 is now, Infinity when another one to its conversation has to end first. */
  left(waiting: Waiting): number {
    if (this.#underWay.has(chatOf(waiting))) return Number.POSITIVE_INFINITY;
    const own = this.#until.get(rowOf(waiting)) ?? 0;
    const chat = this.#until.get(chatOf(waiting)) ?? 0;
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
 * Up to `most` waiting calls in the order they go: time-bound sends, updates after presses, the rest, chats to open. At most
 * one a conversation. Looks further down the queue only when what stands first is held back.
 */
export async function nextWaiting(
  ports: Ports,
  hold: HoldBack,
  owner: string,
  most: number,
): Promise<{ ready: Waiting[]; wait: number | null }> {
  const { db } = ports.database;
  hold.sweep();
  for (let look = most * 2; ; look *= 4) {
    const sends = await waitingMessages(db, owner, ports.clock.now(), look);
    const updates = await waitingUpdates(db, owner, look);
    const mayOpen = ports.settings.serviceUrl !== null && sends.length < look;
    const openings = mayOpen ? await waitingOpenings(db, owner, look) : [];
    const found = pick(inOrder(sends, updates, openings), hold, most);
    const all = sends.length < look && updates.length < look && openings.length < look;
    if (found.ready.length > 0 || all) return found;
  }
}

function inOrder(sends: MessageTable[], updates: MessageTable[], openings: ChatOpeningTable[]): Waiting[] {
  const waiting = (kind: 'send' | 'update') => (message: MessageTable) => ({ message, kind });
  return [
    ...sends.filter((message) => message.priority < beforeUpdates).map(waiting('send')),
    ...updates.map(waiting('update')),
    ...sends.filter((message) => message.priority >= beforeUpdates).map(waiting('send')),
    ...openings.map((opening) => ({ opening, kind: 'create' as const })),
  ];
}

function pick(ordered: Waiting[], hold: HoldBack, most: number): { ready: Waiting[]; wait: number | null } {
  const ready: Waiting[] = [];
  const chats = new Set<string>();
  let wait: number | null = null;
  for (const waiting of ordered) {
    const left = hold.left(waiting);
    const chat = chatOf(waiting);
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

/** What was claimed; `wait` is how long the gate lets nothing pass, 0 where it did; `held` where the breaker is what holds. */
export interface Claimed {
  claims: Claim[];
  wait: number;
  held: boolean;
}

/**
 * Takes what the gate lets pass, in order, and commits `sending` with one attempt row for each and what is left of the pace,
 * in one transaction, before any request leaves. What another service claimed meanwhile is not taken, nor counted.
 */
export async function claim(ports: Ports, owner: string, ready: Waiting[]): Promise<Claimed> {
  return ports.database.transaction(async (db) => {
    const now = await sharedElapsed(ports, db);
    const gate = await readGate(db);
    const { calls, wait, tokens, held } = passage(gate, now, ports.settings.pace);
    if (calls === 0) return { claims: [], wait, held };
    const chosen = (await present(db, ports, ready)).slice(0, calls);
    const claims = await commit(ports, db, owner, chosen);
    const probed = gate.opened_at !== null && claims.length > 0 ? { probe_at: now + probeEvery } : {};
    await setGate(db, { tokens: tokens - claims.length * 1000, counted_at: now, ...probed });
    return { claims, wait: 0, held: false };
  });
}

const rowsOf = (all: Waiting[], kind: Waiting['kind']) => all.filter((one) => one.kind === kind).map(rowOf);

async function present(db: Db, ports: Ports, ready: Waiting[]): Promise<Waiting[]> {
  const waiting = await stillWaiting(db, rowsOf(ready, 'send'), rowsOf(ready, 'update'), ports.clock.now());
  return ready.filter((one) => {
    if (one.kind === 'create') return true;
    return (one.kind === 'send' ? waiting.sends : waiting.updates).has(one.message.id);
  });
}

async function commit(ports: Ports, db: Db, owner: string, chosen: Waiting[]): Promise<Claim[]> {
  const attempts = new Map(chosen.map((one) => [rowOf(one), attemptOf(ports, one)]));
  const rows = [...attempts.values()];
  const attempt = (id: string) => attempts.get(id)?.id ?? '';
  const sends = await claimMessages(db, rowsOf(chosen, 'send'), owner, rows, ports.clock.now());
  const updates = await claimUpdates(db, rowsOf(chosen, 'update'), owner, rows);
  const openings = await claimOpenings(db, rowsOf(chosen, 'create'), owner, rows);
  return [
    ...sends.map((message) => ({ kind: 'send' as const, message, attempt: attempt(message.id) })),
    ...updates.map((message) => ({ kind: 'update' as const, message, attempt: attempt(message.id) })),
    ...openings.map((opening) => ({ kind: 'create' as const, opening, attempt: attempt(opening.id) })),
  ];
}

function attemptOf(ports: Ports, waiting: Waiting): AttemptTable {
  return {
    id: ports.random.id(),
    message_id: rowOf(waiting),
    kind: waiting.kind,
    started_at: ports.clock.now(),
    ended_at: null,
    outcome: null,
    status: null,
    why: null,
  };
}
