import { setTimeout as wait } from 'node:timers/promises';
import { type FakeConnector, startFakeConnector } from '../test/fakes/start-connector.ts';
import { command, freshFolder, type Product, startProduct } from './product.ts';
import { quantile, type Result, type Scenario } from './scenario.ts';
import { aadOf, writeStaffFile } from './staff-file.ts';

const PEOPLE = 200;
const PRESSES = 1000;
const A_SECOND = 100;
const TENANT = '00000000-0000-4000-9000-000000000001';

/** Presses at 100 a second, each with a durable write and the new card in the answer, while stored cards are updated behind them. */
export const press: Scenario = {
  name: 'press',
  async run() {
    const { folder, end } = freshFolder();
    await command(folder, 'import', 'staff', writeStaffFile(folder, PEOPLE), '--effective', '2026-04-01');
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

async function measure(product: Product, connector: FakeConnector, cards: Button[]): Promise<Result[]> {
  const times: number[] = [];
  const under: Promise<void>[] = [];
  const started = performance.now();
  for (let n = 0; n < PRESSES; n += 1) {
    await wait(Math.max(0, started + (n * 1000) / A_SECOND - performance.now()));
    const button = cards[n % cards.length];
    if (button) under.push(timed(product, execute(connector, button, n), times));
  }
  await Promise.all(under);
  const [half, most] = [quantile(times, 0.5), quantile(times, 0.99)];
  const measured = `${half.toFixed(1)} ms (99 %: ${most.toFixed(1)} ms)`;
  return [{ scenario: `${PRESSES} presses at ${A_SECOND}/s, median`, measured, guide: '≤ 50 ms' }];
}

async function timed(product: Product, activity: object, times: number[]): Promise<void> {
  const began = performance.now();
  const answer = (await product.post('/api/messages', activity)) as { type?: string };
  times.push(performance.now() - began);
  if (answer.type !== 'application/vnd.microsoft.card.adaptive') {
    throw new Error(`A press was answered with ${JSON.stringify(answer).slice(0, 200)}.`);
  }
}

interface Button {
  person: number;
  activity: string;
  verb: string;
  data: object;
}

/** The first answer button of every card that the connector holds. */
async function cardsOf(connector: FakeConnector): Promise<Button[]> {
  const { conversations } = await connector.state();
  const found = conversations.flatMap(({ id, activities }) =>
    activities.flatMap(({ id: activity, stored }) => {
      const button = firstAnswer(stored);
      return button ? [{ ...button, activity, person: Number(id.slice(2)) }] : [];
    }),
  );
  if (found.length !== PEOPLE) throw new Error(`${found.length} people got a card; expected ${PEOPLE}.`);
  return found;
}

function firstAnswer(part: unknown): { verb: string; data: object } | null {
  if (typeof part !== 'object' || part === null) return null;
  const { verb, data } = part as { verb?: unknown; data?: unknown };
  if (verb === 'no-overtime-day.answer' && typeof data === 'object' && data !== null) return { verb, data };
  for (const child of Object.values(part)) {
    const found = firstAnswer(child);
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

const execute = (connector: FakeConnector, { person, activity, verb, data }: Button, n: number): object => ({
  ...envelope(connector, person, `press-${n}`),
  type: 'invoke',
  name: 'adaptiveCard/action',
  replyToId: activity,
  value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
});
