import { type Product, startProduct } from './product.ts';
import type { Result, Scenario } from './scenario.ts';
import { storeOf } from './store.ts';

const PEOPLE = 20_000;

/** 20,000 people are planned for one Wednesday: who, why not, one row each, durable. Nobody has a chat, so nothing is sent. */
export const plan20000: Scenario = {
  name: 'plan-20000',
  async run() {
    const { folder, end } = await storeOf(PEOPLE);
    const product = await startProduct(folder, '2026-11-18T16:00:00+09:00');
    try {
      return await measure(product);
    } finally {
      await product.stop();
      end();
    }
  },
};

async function measure(product: Product): Promise<Result[]> {
  await product.post('/rehearsal/clock', { to: '2026-11-18T16:14:00+09:00' });
  const before = product.memory();
  const started = performance.now();
  await product.post('/rehearsal/clock', { to: '2026-11-18T16:15:01+09:00' });
  const seconds = (performance.now() - started) / 1000;
  const more = product.memory().peak - before.now;
  const planned = await plannedIn(product);
  if (planned !== PEOPLE) throw new Error(`${planned} people were planned; expected ${PEOPLE}.`);
  return [
    { scenario: '20,000 people planned: time', measured: `${seconds.toFixed(1)} s`, guide: '≤ 10 s' },
    { scenario: '20,000 people planned: more memory', measured: `${more.toFixed(0)} MB`, guide: '≤ 250 MB' },
  ];
}

async function plannedIn(product: Product): Promise<number> {
  const ledger = (await product.get('/rehearsal/ledger')) as { items: { rule: string }[] };
  return ledger.items.filter((item) => item.rule === 'no-overtime-day').length;
}
