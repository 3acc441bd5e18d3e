import type { Behaviour } from '../fakes/start-connector.ts';
import { seededRandom } from '../kill/seeded-random.ts';

const share = 0.05;
const kinds: Behaviour[] = [
  { status: 429, headers: { 'retry-after': '1' } },
  { status: 412 },
  { status: 502, accept: true },
  { hang: true },
];

/** Faults and good answers in an order that a seed repeats. */
export function faultsAmong(count: number, delay: number, seed: number): Behaviour[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    if (random() >= share) return { delay, only: 'send' as const };
    return { ...kinds[Math.floor(random() * kinds.length)], only: 'send' as const };
  });
}
