import { Agent } from 'undici';
import type { FakeConnector } from '../test/fakes/start-connector.ts';
import { tenant } from './production.ts';
import { aadOf, chatOf } from './store.ts';

/** One after the other, so that every press changes the answer and is written. */
const ANSWERS = ['leave', 'unsure', 'off'];

/** Where presses go: whose service, with which sign-in, and from which Connector they say they come. */
export interface Target {
  url: string;
  bearer: string | null;
  serviceUrl: string;
}

/** A card that somebody holds: its message, and the item and revision its buttons name. */
export interface HeldCard {
  person: number;
  activity: string;
  item: string;
  revision: number;
}

/** The cards of the no-overtime day as a Connector holds them. */
export async function cardsIn(connector: FakeConnector): Promise<HeldCard[]> {
  const { conversations } = await connector.state();
  return conversations.flatMap(({ id, activities }) =>
    activities.flatMap(({ id: activity, stored }) => {
      const button = buttonIn(stored);
      const person = Number(id.slice(chatOf(0).length - 1));
      return button ? [{ person, activity, item: button.i, revision: button.r }] : [];
    }),
  );
}

/** Item and revision of the first answer button of a card. */
function buttonIn(part: unknown): { i: string; r: number } | null {
  if (typeof part !== 'object' || part === null) return null;
  const { verb, data } = part as { verb?: unknown; data?: { i: string; r: number } };
  if (verb === 'no-overtime-day.answer' && data) return data;
  for (const child of Object.values(part)) {
    const found = buttonIn(child);
    if (found) return found;
  }
  return null;
}

/** Presses of many people on their cards, each with the revision that the last answer showed. */
export class Presses {
  readonly #agent: Agent;
  readonly #cards: HeldCard[];
  #count = 0;
  /** What the last answer weighed in bytes, and its text. */
  last = '';

  constructor(cards: HeldCard[], connections: number) {
    if (cards.length === 0) throw new Error('Nobody holds a card that could be answered.');
    this.#cards = cards.map((card) => ({ ...card }));
    this.#agent = new Agent({ connections, pipelining: 1 });
  }

  /** One press of the next person; milliseconds until its answer. Throws where it is not answered by the next revision. */
  async one(target: Target): Promise<number> {
    const turn = this.#count++;
    const card = this.#cards[turn % this.#cards.length];
    if (card === undefined) throw new RangeError('There is no such card.');
    const answer = ANSWERS[Math.floor(turn / this.#cards.length) % ANSWERS.length] ?? '';
    const body = JSON.stringify(pressOf(card, answer, turn, target.serviceUrl));
    const began = performance.now();
    const { statusCode, body: stream } = await this.#agent.request({
      origin: target.url,
      path: '/api/messages',
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(target.bearer === null ? {} : { authorization: `Bearer ${target.bearer}` }),
      },
      body,
    });
    const text = await stream.text();
    const took = performance.now() - began;
    const shown = /"r":(\d+)/.exec(text)?.[1];
    if (statusCode !== 200 || shown === undefined) {
      throw new Error(`A press was answered ${statusCode}: ${text.slice(0, 300)}`);
    }
    this.last = text;
    card.revision = Number(shown);
    return took;
  }

  /** That many presses, so many under way at once; milliseconds of each. */
  async burst(target: Target, count: number, atOnce: number): Promise<number[]> {
    const times: number[] = [];
    let left = count;
    const line = async () => {
      for (; left > 0; ) {
        left -= 1;
        times.push(await this.one(target));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, line));
    return times;
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

function pressOf({ person, activity, item, revision }: HeldCard, answer: string, turn: number, serviceUrl: string) {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: `f:press-${turn}`,
    channelId: 'msteams',
    serviceUrl,
    timestamp: '2026-11-18T07:16:00.000Z',
    localTimezone: 'Asia/Tokyo',
    locale: 'ja-JP',
    from: { id: `29:${person}`, name: `見本${person}号`, aadObjectId: aadOf(person) },
    recipient: { id: '28:bench', name: 'カエル' },
    conversation: { id: chatOf(person), conversationType: 'personal', tenantId: tenant },
    channelData: { tenant: { id: tenant }, source: { name: 'message' }, legacy: { replyToId: activity } },
    replyToId: activity,
    value: {
      action: { type: 'Action.Execute', verb: 'no-overtime-day.answer', data: { i: item, r: revision, answer } },
      trigger: 'manual',
    },
  };
}
