import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, weekdayOf } from '../../../src/calendar/index.ts';
import { type ContactFacts, fateOf, wayOf, weekOf } from '../../../src/delivery/contact/rules.ts';

const cases = new URL('../cases/', import.meta.url);
const read = (name: string, file: string): unknown =>
  JSON.parse(readFileSync(new URL(`${encodeURIComponent(name)}/${file}`, cases), 'utf8'));

test.each(readdirSync(cases))('%s', (name) => {
  expect(wayOf(read(name, '_facts.json') as ContactFacts)).toEqual(read(name, 'decision.json'));
});

test('only what counts is ever held, and whatever is not held or joined rings', () => {
  const facts = fc.record({
    contact: fc.constantFrom('counted', 'time-bound', 'awaited', 'reply', 'urgent'),
    urgency: fc.constantFrom('ping', 'merge', 'digest'),
    used: fc.nat(9),
    budget: fc.nat(9),
    cardToday: fc.boolean(),
  });
  fc.assert(
    fc.property(facts, (one) => {
      const way = wayOf(one);
      if (one.contact !== 'counted') expect(way.way).not.toBe('held');
      if (way.way === 'ping') expect(way.counts).toBe(one.contact === 'counted');
      if (way.way === 'ping' && way.counts) expect(one.used).toBeLessThan(one.budget);
    }),
    { numRuns: 500 },
  );
});

test('a week is Monday to Sunday, also over the turn of a year', () => {
  expect(weekOf('2026-11-18')).toBe('2026-11-16');
  expect(weekOf('2026-11-22')).toBe('2026-11-16');
  expect(weekOf('2026-11-23')).toBe('2026-11-23');
  expect(weekOf('2027-01-01')).toBe('2026-12-28');
  for (let date = '2026-01-01'; date < '2027-01-01'; date = addDays(date, 1))
    expect(weekdayOf(weekOf(date))).toBe('mon');
});

describe('what became of an item', () => {
  const own = { why: null, elsewhere: false, ownWhy: null };

  test.each([
    ['came by itself', { ...own, state: 'sent' as const }, { is: 'reached' }],
    ['stands on a newer card', { ...own, state: 'sent' as const, elsewhere: true }, { is: 'merged', why: 'today' }],
    [
      'came on another card because the budget was used',
      { state: 'sent' as const, why: null, elsewhere: true, ownWhy: 'budget' },
      { is: 'merged', why: 'budget' },
    ],
    ['waits', { ...own, state: 'pending' as const, why: 'digest' }, { is: 'held', why: 'digest' }],
    ['waits for working hours', { ...own, state: 'pending' as const, why: 'hours' }, { is: 'held', why: 'hours' }],
    ['was left out', { ...own, state: 'skipped' as const, why: 'budget' }, { is: 'skipped', why: 'budget' }],
    ['came too late', { ...own, state: 'skipped' as const, why: 'expired' }, null],
    ['waits for an open chat', { ...own, state: 'pending' as const, why: 'unreachable' }, null],
    ['was refused', { ...own, state: 'refused' as const, why: 'status-413' }, null],
  ])('%s', (_, message, fate) => expect(fateOf(message)).toEqual(fate));
});
