import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimeOfDay, parseTimeOfDay } from '../../src/calendar/index.ts';

describe('times of day', () => {
  test.each([
    ['17:15', 1035],
    ['8:30', 510],
    ['00:00', 0],
    ['25:30', 1530],
    ['47:59', 2879],
    ['１７：１５', 1035],
  ])('%s is minute %i', (text, minute) => {
    expect(parseTimeOfDay(text)).toEqual({ minute });
  });

  test.each(['', '17', '17:60', '48:00', '17:5', '-1:00', '5pm', '17:15:00'])('「%s」 is refused by name', (text) => {
    expect(parseTimeOfDay(text)).toEqual({ problem: expect.stringContaining(`「${text}」`) });
  });

  test('every minute of two days is written so that it is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2879 }), (minute) => {
        expect(parseTimeOfDay(formatTimeOfDay(minute))).toEqual({ minute });
      }),
    );
  });
});
