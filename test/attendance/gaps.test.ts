import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gapOf, type Order, restMinutes } from '../../src/attendance/index.ts';

const at = (text: string) => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
};
const spans = (text: string) =>
  text
    .split(' ')
    .filter((one) => one !== '')
    .map((one) => one.split('-').map(at))
    .map(([start = 0, end = 0]) => ({ start, end }));
const ordered = (text: string, status: Order['status'] = '命令'): Order[] =>
  spans(text).map((span) => ({ ...span, status, appliedAt: 0 }));
const office = { start: at('8:30'), end: at('17:15') };

describe('the minutes that the clock shows and nobody applied for', () => {
  test.each<[string, string, Order[], { before: number; after: number }]>([
    ['none where the day was own hours', '8:30-17:15', [], { before: 0, after: 0 }],
    ['before and after own hours', '8:10-17:40', [], { before: 20, after: 25 }],
    ['none where an order covers them', '8:30-20:00', ordered('17:15-20:00'), { before: 0, after: 0 }],
    ['those behind the end of an order', '8:30-20:40', ordered('17:15-20:00'), { before: 0, after: 40 }],
    ['those between two orders', '8:30-21:00', ordered('17:15-18:00 19:00-21:00'), { before: 0, after: 60 }],
    ['none where an application covers them', '8:30-20:00', ordered('17:15-20:00', '申請'), { before: 0, after: 0 }],
    ['all of them where it was cancelled', '8:30-20:00', ordered('17:15-20:00', '取消'), { before: 0, after: 165 }],
    [
      'of every entry of the day',
      '8:30-17:15 18:00-18:30 25:00-26:00',
      ordered('18:00-18:20'),
      { before: 0, after: 70 },
    ],
  ])('%s', (_, clock, orders, minutes) => {
    expect(gapOf({ clock: spans(clock), orders }, office)).toMatchObject(minutes);
  });

  test('are all after own hours on a day off', () => {
    expect(gapOf({ clock: spans('9:00-12:00'), orders: ordered('9:00-11:00') }, null)).toEqual({
      before: 0,
      after: 60,
      lastLeft: at('12:00'),
      appliedUntil: at('11:00'),
    });
  });

  test('say when the person left and until when was applied for', () => {
    const told = ordered('17:15-20:00').concat(ordered('20:00-22:00', '取消'));
    expect(gapOf({ clock: spans('8:30-21:40'), orders: told }, office)).toEqual({
      before: 0,
      after: 100,
      lastLeft: at('21:40'),
      appliedUntil: at('20:00'),
    });
    expect(gapOf({ clock: spans('8:30-21:40'), orders: [] }, office)).toMatchObject({ appliedUntil: null });
  });

  test('are not known before the person has left, nor of a day without the clock', () => {
    expect(gapOf({ clock: [{ start: 510, end: null }], orders: [] }, office)).toBeNull();
    expect(gapOf({ clock: [], orders: ordered('17:15-20:00') }, office)).toBeNull();
  });

  test('are never more than the clock shows, and one more order never makes them more', () => {
    const minute = fc.integer({ min: 0, max: 2879 });
    const span = fc.tuple(minute, minute).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
    const order = span.map((one): Order => ({ ...one, status: '命令', appliedAt: 0 }));
    fc.assert(
      fc.property(span, fc.array(order, { maxLength: 5 }), order, (worked, orders, more) => {
        const total = (told: Order[]) => {
          const gap = gapOf({ clock: [worked], orders: told }, office);
          return gap === null ? Number.NaN : gap.before + gap.after;
        };
        expect(total(orders)).toBeLessThanOrEqual(worked.end - worked.start);
        expect(total([...orders, more])).toBeLessThanOrEqual(total(orders));
        expect(total([...orders, { ...worked, status: '命令', appliedAt: 0 }])).toBe(0);
      }),
    );
  });
});

test('the rest between leaving and the next beginning is counted over midnight', () => {
  expect([restMinutes(at('25:30'), at('8:30')), restMinutes(at('17:15'), at('8:30'))]).toEqual([420, 915]);
});
