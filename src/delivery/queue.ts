import type { Ports } from '../ports/room.ts';
import { aheadOfTime } from './gate/rules.ts';
import type { HoldBack } from './hold-back.ts';
import { waitingOpenings } from './openings/queries.ts';
import { hurriedMessages, waitingMessages } from './queries.ts';
import { waitingUpdates } from './updates/queries.ts';
import { chatOf, inOrder, rowOf, type Waiting } from './waiting.ts';

/**
 * What is read of the store stays good for so long, in elapsed milliseconds, where nothing is said of a change: commands add to it
 * without a word, and so do other services, which also take of it. Alone it is what goes out in that time at Microsoft's pace.
 */
const goodFor = { alone: 600, among: 200 };
const firstLook = 32;
/** A card whose last useful minute is this near goes before cards that can wait, in milliseconds. */
const aboutToExpire = 10 * 60_000;
const again = 1000;

/** What may go, and how long until some of it may; null where nothing waits. */
export interface Found {
  ready: Waiting[];
  wait: number | null;
}

/** What waits, in the order it goes, as the store said a moment ago; the claim looks whether it still stands. */
export class Queue {
  readonly #ports: Ports;
  readonly #hold: HoldBack;
  readonly #owner: string;
  #ordered: Waiting[] = [];
  /** All that waits is known, not only what stands first. */
  #whole = false;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(ports: Ports, hold: HoldBack, owner: string) {
    this.#ports = ports;
    this.#hold = hold;
    this.#owner = owner;
  }

  /** Something was planned, or waits again, and is committed: what is known is not good any more. */
  forget(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * Up to `most` calls that may go now, at most one a conversation; looks further only when what stands first is held back. What is
   * left over of the last look goes with the next one: a claim of two costs as much as one of seven.
   */
  async next(most: number): Promise<Found> {
    this.#hold.sweep();
    const { clock, database } = this.#ports;
    const good = database.sharedElapsed === null ? goodFor.alone : goodFor.among;
    if (clock.elapsed() - this.#readAt < good) {
      const found = pick(this.#ordered, this.#hold, most);
      if (found.ready.length === most || (this.#whole && found.ready.length > 0)) return found;
    }
    for (let look = firstLook; ; look *= 4) {
      await this.#read(look);
      const found = pick(this.#ordered, this.#hold, most);
      if (found.ready.length > 0 || this.#whole) return found;
    }
  }

  taken(claimed: Waiting[]): void {
    const rows = new Set(claimed.map(rowOf));
    this.#ordered = this.#ordered.filter((one) => !rows.has(rowOf(one)));
  }

  async #read(look: number): Promise<void> {
    const { db } = this.#ports.database;
    const { clock, settings } = this.#ports;
    const owner = this.#owner;
    this.#readAt = clock.elapsed();
    const of = { owner, after: clock.now() + aheadOfTime.among.most, most: look };
    const [sends, updates] = await Promise.all([waitingMessages(db, of), waitingUpdates(db, { owner, most: look })]);
    const soon = sends.length < look ? [] : await hurriedMessages(db, { ...of, until: clock.now() + aboutToExpire });
    const near = sends.filter((message) => message.last_useful_at <= clock.now() + aboutToExpire);
    const hurried = soon.length > 0 ? soon : near.sort((a, b) => a.last_useful_at - b.last_useful_at);
    const mayOpen = settings.serviceUrl !== null && sends.length < look;
    const openings = mayOpen ? await waitingOpenings(db, { owner, most: look }) : [];
    this.#ordered = inOrder(sends, hurried, updates, openings);
    this.#whole = [sends, soon, updates, openings].every((rows) => rows.length < look);
  }
}

function pick(ordered: Waiting[], hold: HoldBack, most: number): Found {
  const ready: Waiting[] = [];
  const chats = new Set<string>();
  let wait: number | null = null;
  for (const waiting of ordered) {
    const left = hold.left(waiting);
    const chat = chatOf(waiting);
    if (left > 0 || chats.has(chat)) {
      wait = Math.min(wait ?? Number.POSITIVE_INFINITY, left || again);
      continue;
    }
    if (ready.length === most) break;
    chats.add(chat);
    ready.push(waiting);
  }
  return { ready, wait };
}
