import { startProduct } from './product.ts';
import { quantile, type Scenario } from './scenario.ts';
import { storeOf } from './store.ts';

const STARTS = 5;

/** From the start of the process to its ready line, on a store that holds 20,000 people and has run before. */
export const startToReady: Scenario = {
  name: 'start-to-ready',
  async run() {
    const { folder, end } = await storeOf(20_000);
    try {
      const times: number[] = [];
      for (let start = 0; start <= STARTS; start += 1) {
        const product = await startProduct(folder, '2026-11-18T09:00:00+09:00');
        if (start > 0) times.push(product.readyAfter / 1000);
        await product.stop();
      }
      const measured = `${quantile(times, 0.5).toFixed(2)} s (worst ${Math.max(...times).toFixed(2)})`;
      return [{ scenario: `start to ready, median of ${STARTS}`, measured, guide: '≤ 3 s' }];
    } finally {
      end();
    }
  },
};
