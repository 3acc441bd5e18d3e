import { describe, expect, test } from 'vitest';
import { chatOf } from '../end-to-end/teams.ts';
import type { FakeCounts } from '../fakes/start-connector.ts';
import type { Books, Entry } from './books.ts';
import { cityOf } from './city.ts';
import type { Life } from './life.ts';
import { faultsOf, verdictOf } from './verdict.ts';

const city = cityOf(120, ['2026-11-18']);
const [ANNA = '', BEN = ''] = city.reached;
const entries: Entry[] = city.people.map((staff) => ({
  ...{ staff, attempts: city.others.has(staff) ? 0 : 1 },
  ...(city.others.get(staff) ?? { state: 'sent', why: '' }),
}));
const counts: FakeCounts = city.reached.map((staff) => [chatOf(staff), 1, 1]);

/** The same, with one person's entry or counts replaced. */
const but = (staff: string, change: Partial<Entry>) =>
  entries.map((entry) => (entry.staff === staff ? { ...entry, ...change } : entry));
const cards = (staff: string, posts: number): FakeCounts => [
  ...counts.filter(([chat]) => chat !== chatOf(staff)),
  ...(posts === 0 ? [] : ([[chatOf(staff), posts, posts]] satisfies FakeCounts)),
];

describe('the harness itself finds', () => {
  test('nothing where everybody has what the books say', () => {
    expect(verdictOf(city, entries, counts)).toMatchObject({ lost: [], duplicates: [], wrong: [] });
  });

  test('who is called sent and has no card', () => {
    expect(verdictOf(city, entries, cards(ANNA, 0)).lost).toEqual([ANNA]);
  });

  test('who still waits at the end', () => {
    expect(verdictOf(city, but(ANNA, { state: 'pending' }), cards(ANNA, 0)).lost).toEqual([ANNA]);
  });

  test('who has two cards', () => {
    expect(verdictOf(city, entries, cards(BEN, 2)).duplicates).toEqual([BEN]);
  });

  test('who has a card without being asked, and who has no state at all', () => {
    const [other = ''] = city.others.keys();
    expect(verdictOf(city, entries, cards(other, 1)).wrong).toEqual([`${other} has a card, unasked`]);
    const without = entries.filter(({ staff }) => staff !== ANNA);
    expect(verdictOf(city, without, counts).wrong).toContain(`${ANNA} has no state`);
  });

  test('an unknown that was tried twice', () => {
    const twice = but(ANNA, { state: 'unknown', why: 'interrupted', attempts: 2 });
    expect(verdictOf(city, twice, counts).wrong).toEqual([`${ANNA} is unknown (interrupted) after 2 attempts`]);
  });

  test('books that do not balance, too many unknown, unknown out of nothing, and a late first card', () => {
    const books = (states: Books['states'], items = 120): Books => ({
      ...{ items, people: 120, states, waiting: 1, attempts: { counted: 1, rows: 1 } },
    });
    const life: Life = {
      ...{ ready: 1, firstSend: 2, planned: false, before: 0, accepted: 1 },
      ...{ start: books({}), end: books({}) },
    };
    const died = (sending: number): Life => ({ ...life, end: books({ sending }) });
    const reborn = (unknown: number): Life => ({ ...life, start: books({ unknown }) });
    expect(faultsOf(reborn(30), died(30), 120)).toEqual([]);
    expect(faultsOf(reborn(31), died(31), 120)).toEqual(['31 unknown by one kill']);
    expect(faultsOf(reborn(0), died(3), 120)).toHaveLength(1);
    expect(faultsOf({ ...life, start: books({}, 119) }, null, 120)).toHaveLength(2);
    expect(faultsOf({ ...life, firstSend: 10_001 }, null, 120)).toEqual(['the first card went after 10001 ms']);
    expect(faultsOf({ ...life, firstSend: null }, null, 120)).toEqual(['the first card went never']);
  });
});
