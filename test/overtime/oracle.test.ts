import { describe, expect, test } from 'vitest';
import { statusesOf } from './facts.ts';
import { aHistory } from './histories.ts';
import { type Expected, expectedOf } from './oracle.ts';

const long = process.env.KAERU_LONG === '1';
const histories = long ? 1_000_000 : 10_000;
const seed = Number(process.env.KAERU_SEED ?? 20_211_001);

/** What the oracle speaks of: everything but layout. */
function comparable(seedOfOne: number): { said: Expected[]; expected: Expected[] } {
  const facts = aHistory(seedOfOne);
  const said = statusesOf(facts).map(({ month: _month, display: _display, days: _days, ...rest }) => rest);
  return { said, expected: expectedOf(facts) };
}

describe('the rules and a slow oracle written from the definitions', () => {
  test(
    `agree on ${histories} random histories`,
    () => {
      const seen = { stages: new Set<string>(), passed: new Set<string>(), unknown: 0, flagged: 0, managers: 0 };
      for (let at = 0; at < histories; at += 1) {
        const { said, expected } = comparable(seed + at);
        if (JSON.stringify(said) !== JSON.stringify(expected))
          expect({ seed: seed + at, said }).toEqual({ seed: seed + at, said: expected });
        for (const one of said) {
          for (const stage of one.stages) seen.stages.add(stage);
          for (const limit of one.passed) seen.passed.add(limit);
          if (one.year === null) seen.unknown += 1;
          if ((one.flagged['33条'] ?? 0) > 0) seen.flagged += 1;
          if (one.managerMinutes > 0) seen.managers += 1;
        }
      }
      // Histories that never come near a limit would agree on nothing.
      expect([...seen.passed]).toEqual(
        expect.arrayContaining(['month-70', 'month-100', 'year-480', 'average-80', 'months45-7']),
      );
      expect([...seen.stages]).toEqual(
        expect.arrayContaining([
          'month-36',
          'month-45',
          'month-56',
          'month-70',
          'year-360',
          'year-432',
          'months45-5',
          'months45-6',
          'average-75',
        ]),
      );
      expect(Math.min(seen.unknown, seen.flagged, seen.managers)).toBeGreaterThan(100);
    },
    long ? 3_600_000 : 60_000,
  );
});
