import { setTimeout as wait } from 'node:timers/promises';
import { type FakeConnector, startFakeConnector } from '../test/fakes/start-connector.ts';
import { type Product, startProduct } from './product.ts';
import { quantile, type Result, type Scenario } from './scenario.ts';
import { aadOf, storeOf } from './store.ts';

const PEOPLE = 200;
const PRESSES = 1000;
const A_SECOND = 100;
const TENANT = '00000000-0000-4000-9000-000000000001';

/** One after the other, so that every press changes the answer and is written. */
const ANSWERS = ['leave', 'unsure', 'off'];

/** Presses at 100 a second, each with a durable write and the new card in the answer, while stored cards are updated behind them. */
export const press: Scenario = {
  name: 'press',
  async run() {
    const { folder, end } = await storeOf(PEOPLE);
    const connector = await startFakeConnector();
    const product = await startProduct(folder, '2026-11-18T16:00:00+09:00');
    try {
      for (let n = 0; n < PEOPLE; n += 1) await product.post('/api/messages', install(connector, n));
      await product.post('/rehearsal/clock', { to: '2026-11-18T16:16:00+09:00' });
      return await measure(product, connector, await cardsOf(connector));
    } finally {
      await product.stop();
      await connector.stop();
      end();
    }
  },
};

async function measure(product: Product, connector: FakeConnector, cards: Card[]): Promise<Result[]> {
  const times: number[] = [];
  const under: Promise<void>[] = [];
  const started = performance.now();
  for (let n = 0; n < PRESSES; n += 1) {
    await wait(Math.max(0, started + (n * 1000) / A_SECOND - performance.now()));
    const card = cards[n % cards.length];
    const answer = ANSWERS[Math.floor(n / cards.length) % ANSWERS.length] ?? '';
    if (card) under.push(timed(product, connector, card, { answer, n }, times));
  }
  await Promise.all(under);
  const [half, most] = [quantile(times, 0.5), quantile(times, 0.99)];
  const measured = `${half.toFixed(1)} ms (99 %: ${most.toFixed(1)} ms)`;
  return [{ scenario: `${PRESSES} presses at ${A_SECOND}/s, median`, measured, guide: '≤ 50 ms' }];
}

/** Presses and takes over the revision of the card in the answer; it has grown only if the press was written. */
async function timed(
  product: Product,
  connector: FakeConnector,
  card: Card,
  { answer, n }: { answer: string; n: number },
  times: number[],
): Promise<void> {
  const began = performance.now();
  const shown = await product.post('/api/messages', execute(connector, card, answer, n));
  times.push(performance.now() - began);
  const drawn = buttonIn(shown);
  if (drawn === null || drawn.r <= card.r)
    throw new Error(`A press was not written: ${JSON.stringify(shown).slice(0, 200)}`);
  card.r = drawn.r;
}

interface Card {
  person: number;
  activity: string;
  /** Item and revision of its buttons. */
  i: string;
  r: number;
}

/** The Wednesday card of everybody, as the connector holds it. */
async function cardsOf(connector: FakeConnector): Promise<Card[]> {
  const { conversations } = await connector.state();
  const found = conversations.flatMap(({ id, activities }) =>
    activities.flatMap(({ id: activity, stored }) => {
      const button = buttonIn(stored);
      return button ? [{ ...button, activity, person: Number(id.slice(2)) }] : [];
    }),
  );
  if (found.length !== PEOPLE) throw new Error(`${found.length} people got a card; expected ${PEOPLE}.`);
  return found;
}

/** Item and revision of the first answer button of a card. */
function buttonIn(part: unknown): { i: string; r: number } | null {
  if (typeof part !== 'object' || part === null) return null;
  const { verb, data } = part as { verb?: unknown; data?: { i: string; r: number } };
  if (verb === 'no-overtime-day.answer' && data) return { i: data.i, r: data.r };
  for (const child of Object.values(part)) {
    const found = buttonIn(child);
    if (found) return found;
  }
  return null;
}

const envelope = (connector: FakeConnector, n: number, id: string): object => ({
  id,
  channelId: 'msteams',
  serviceUrl: connector.serviceUrl,
  timestamp: '2026-11-18T07:16:00Z',
  from: { id: `29:${n}`, aadObjectId: aadOf(n) },
  recipient: { id: '28:bench' },
  conversation: { id: `a:${n}`, conversationType: 'personal', tenantId: TENANT },
  channelData: { tenant: { id: TENANT } },
});

const install = (connector: FakeConnector, n: number): object => ({
  ...envelope(connector, n, `install-${n}`),
  type: 'installationUpdate',
  action: 'add',
});

const execute = (connector: FakeConnector, { person, activity, i, r }: Card, answer: string, n: number): object => ({
  ...envelope(connector, person, `press-${n}`),
  type: 'invoke',
  name: 'adaptiveCard/action',
  replyToId: activity,
  value: {
    action: { type: 'Action.Execute', verb: 'no-overtime-day.answer', data: { i, r, answer } },
    trigger: 'manual',
  },
});
