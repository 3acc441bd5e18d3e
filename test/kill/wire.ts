import type { Ledger } from '../end-to-end/product.ts';
import { chatOf } from '../end-to-end/teams.ts';
import type { Behaviour } from '../fakes/start-connector.ts';
import { type City, cityOf } from './city.ts';
import { startOn } from './life.ts';
import { type Stage, setUp } from './set-up.ts';

export interface Trouble {
  behaviour: Behaviour;
  /** What becomes of the message, and after how many POSTs. */
  state: 'sent' | 'unknown';
  posts: number;
}

const once = (behaviour: Behaviour): Trouble => ({ behaviour, state: 'unknown', posts: 1 });
const again = (behaviour: Behaviour): Trouble => ({ behaviour, state: 'sent', posts: (behaviour.times ?? 1) + 1 });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();

export const troubles: Record<string, () => Trouble> = {
  '408': () => once({ status: 408 }),
  '412': () => again({ status: 412 }),
  '412 twice': () => again({ status: 412, times: 2 }),
  '429 without Retry-After': () => again({ status: 429 }),
  '429 with Retry-After in seconds': () => again({ status: 429, headers: { 'retry-after': '1' } }),
  '429 with Retry-After as a date': () => again({ status: 429, headers: { 'retry-after': inSeconds(2) } }),
  '429 with a Retry-After that is none': () => again({ status: 429, headers: { 'retry-after': 'soon' } }),
  '429 three times': () => again({ status: 429, headers: { 'retry-after': '0' }, times: 3 }),
  '500': () => once({ status: 500 }),
  '502': () => once({ status: 502 }),
  '503': () => once({ status: 503 }),
  '503 with Retry-After': () => once({ status: 503, headers: { 'retry-after': '1' } }),
  '504': () => once({ status: 504 }),
  reset: () => once({ reset: true }),
  hang: () => once({ hang: true }),
  'accepted, then 408': () => once({ status: 408, accept: true }),
  'accepted, then 500': () => once({ status: 500, accept: true }),
  'accepted, then 502': () => once({ status: 502, accept: true }),
  'accepted, then 503': () => once({ status: 503, accept: true }),
  'accepted, then 504': () => once({ status: 504, accept: true }),
  'accepted, then reset': () => once({ reset: true, accept: true }),
  'accepted, then hang': () => once({ hang: true, accept: true }),
};

export interface Sent {
  posts: number;
  accepted: number;
  rows: number;
  counted: number;
  ledger: { state: string; attempts: number } | undefined;
}

/** One campaign of a city in which these people meet this trouble. */
export class Wire {
  readonly city: City;
  readonly #date = '2026-11-18';
  readonly #stop = new AbortController();
  #stage: Stage | null = null;

  constructor(size: number) {
    this.city = cityOf(size, [this.#date]);
  }

  async send(trouble: Map<string, Trouble>): Promise<Map<string, Sent>> {
    this.#stage = await setUp('sqlite', this.city, '2026-11-17T10:00:00+09:00', this.#stop.signal);
    const { connector } = this.#stage;
    await connector.script(
      ...[...trouble].map(([staff, { behaviour }]) => ({ ...behaviour, conversation: chatOf(staff) })),
    );
    const product = await startOn(this.#stage, this.#date, this.#stop.signal);
    try {
      await product.moveTo(`${this.#date}T16:16:00+09:00`);
      return this.#read(this.#stage, await product.ledger());
    } finally {
      await product.stop();
    }
  }

  async #read({ store, connector }: Stage, ledger: Ledger): Promise<Map<string, Sent>> {
    const posts = new Map((await connector.counts()).map(([chat, ...counts]) => [chat, counts]));
    const rows = await store.rows(
      `select staff, attempts, (select count(*) from attempt where message_id = message.id) as written from message
        where why is null or why <> 'unreachable'`,
    );
    const items = new Map(ledger.items.map((item) => [item.staff, item]));
    return new Map(
      rows.map((row) => {
        const staff = String(row['staff']);
        const [posted = 0, accepted = 0] = posts.get(chatOf(staff)) ?? [];
        const counts = { posts: posted, accepted, rows: Number(row['written']), counted: Number(row['attempts']) };
        return [staff, { ...counts, ledger: items.get(staff) }];
      }),
    );
  }

  async close(): Promise<void> {
    this.#stop.abort('the test has ended');
    await this.#stage?.close();
  }
}
