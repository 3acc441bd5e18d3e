import { describe, expect, test } from 'vitest';
import { chatOf } from '../end-to-end/teams.ts';
import type { FakeCounts } from '../fakes/start-connector.ts';
import { type Books, type Entry, imbalances } from './books.ts';
import { cityOf } from './city.ts';
import { type Death, Deaths } from './deaths.ts';
import type { Life } from './life.ts';
import { seededRandom } from './seeded-random.ts';
import { faultsOf, mostUnknown, verdictOf } from './verdict.ts';

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

  test('books that do not balance, people planned for who are gone, too many unknown, unknown out of nothing, and a late first card', () => {
    const life: Life = {
      ...{ ready: 1, firstSend: 2, lived: 3, diesPlanning: false, plans: false, before: 0, accepted: 1 },
      ...{ start: books(), end: books() },
    };
    const died = (sending: number): Life => ({ ...life, end: books({ states: { sending } }) });
    const reborn = (unknown: number): Life => ({ ...life, start: books({ states: { unknown } }) });
    expect(faultsOf(reborn(30), died(30), 120)).toEqual([]);
    expect(faultsOf(reborn(31), died(31), 120)).toEqual(['31 unknown by one kill']);
    expect(faultsOf(reborn(0), died(3), 120)).toHaveLength(1);
    expect(faultsOf({ ...life, start: books({ items: 119 }) }, null, 120)).toHaveLength(3);
    const fewer = books({ planning: 'planning', items: 50, people: 50, told: 50 });
    expect(faultsOf({ ...life, end: fewer }, null, 120)).toEqual(['70 people planned for are gone']);
    expect(faultsOf({ ...life, firstSend: 10_001 }, null, 120)).toEqual(['the first card went after 10001 ms']);
    expect(faultsOf({ ...life, firstSend: null }, null, 120)).toEqual(['the first card went never']);
    expect(faultsOf({ ...life, firstSend: null, diesPlanning: true }, null, 120)).toEqual([]);
    const silent = { ...life, firstSend: null, diesPlanning: true, lived: 10_001 };
    expect(faultsOf(silent, null, 120)).toEqual(['the first card went never']);
  });
});

const books = (change: Partial<Books> = {}): Books => ({
  ...{ items: 120, people: 120, planning: 'done', told: 120, states: {}, waiting: 1 },
  ...{ attempts: { counted: 1, rows: 1 }, ...change },
});

describe('books of 120 people balance', () => {
  const of = (planning: Books['planning'], items: number, change: Partial<Books> = {}) =>
    imbalances(books({ planning, items, people: items, told: items, ...change }), 120);

  test('with nobody in them before planning, with any of them while it goes on, and with all of them from its end on', () => {
    expect([of('none', 0), of('planning', 1), of('planning', 60), of('planning', 120), of('done', 120)].flat()).toEqual(
      [],
    );
  });

  test('and not with one where nothing is planned, one too many, or one missing once planning has ended', () => {
    expect(of('none', 1)).toEqual(['1 states for 120 people (planning: none)']);
    expect(of('planning', 121)).toEqual(['121 states for 120 people (planning: planning)']);
    expect(of('done', 119)).toEqual(['119 states for 120 people (planning: done)']);
    expect(of('done', 0)).toEqual(['0 states for 120 people (planning: done)']);
  });

  test('and not where the occasion tells of others, somebody stands twice, or an attempt is not written down', () => {
    expect(of('planning', 60, { told: 85 })).toEqual(['60 states, and the occasion tells of 85']);
    expect(of('done', 120, { people: 119 })).toEqual(['120 states of 119 people']);
    expect(of('done', 120, { attempts: { counted: 2, rows: 1 } })).toEqual(['2 attempts counted, 1 written']);
  });
});

describe('the deaths of a campaign', () => {
  const size = 4_000;
  const { people, reached } = cityOf(size, ['2026-11-18']);
  /** A campaign in which each life plans and sends no more than it is to, and what is under way at its end stays unknown. */
  function campaign(kills: number, seed: number): { planned: number | null; cards: number }[] {
    const deaths = new Deaths(kills, { people, reached }, seededRandom(seed));
    const all: Death[] = [];
    let [items, sent] = [0, 0];
    for (;;) {
      const planning = items === size ? 'done' : 'planning';
      const death = deaths.next(all.length === 0 ? null : books({ items, planning, states: { sent } }));
      if (death === null) return all;
      all.push(death);
      items = Math.min(size, death.planned ?? size);
      sent = Math.min(reached.length, sent + 1 + death.cards + (death.planned === null ? mostUnknown : 0));
    }
  }

  test.each([8, 60])(
    'are as many as promised (%i), a third of them in its planning, at other moments for another seed',
    (kills) => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const all = campaign(kills, seed);
        expect(all).toHaveLength(kills);
        const planning = all.flatMap(({ planned }) => planned ?? []);
        expect(planning.length).toBeLessThanOrEqual(Math.floor(kills / 3));
        expect(planning.filter((planned) => planned < size).length).toBeGreaterThan(0);
        expect(campaign(kills, seed)).toEqual(all);
        expect(campaign(kills, seed + 5)).not.toEqual(all);
      }
    },
  );

  test('are at an end where nobody is left to be sent a card', () => {
    const deaths = new Deaths(3, { people, reached }, seededRandom(1));
    expect(deaths.next(books({ states: { sent: reached.length - 1, sending: 1 } }))).toBeNull();
    expect(deaths.next(books({ states: { sent: reached.length - 1 } }))).toMatchObject({ planned: null, cards: 0 });
  });
});
