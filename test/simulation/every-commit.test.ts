import { expect, test } from 'vitest';
import { simulateCity } from '../../src/main.ts';

const long = process.env['KAERU_LONG'] === '1';
const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 1_000_000);
/** In every run a few commits of the Wednesday, other ones each time; in the long run each of them. */
const everySo = long ? 1 : 60;
const town = { days: 1, staff: 24, seed: 5 };

test('a service that dies at any commit of a Wednesday, before or after it, leaves books that balance', async () => {
  const { counts } = await simulateCity({ ...town, death: { commit: Number.MAX_SAFE_INTEGER, side: 'after' } });
  const commits = counts['commits'] ?? 0;
  expect(commits, 'commits of the day').toBeGreaterThan(100);
  for (let commit = 1 + (seed % everySo); commit <= commits; commit += everySo) {
    for (const side of long ? (['before', 'after'] as const) : ([commit % 2 === 0 ? 'before' : 'after'] as const)) {
      const { violations, counts: lived } = await simulateCity({ ...town, death: { commit, side } });
      expect(violations, `KAERU_SEED=${seed}, dead ${side} commit ${commit}`).toEqual([]);
      expect(lived['deaths']).toBe(1);
    }
  }
}, 1_800_000);
