import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, instantAt, isoAt, isTimeZone, localAt, parseInstant } from '../../src/calendar/index.ts';

const TOKYO = 'Asia/Tokyo';

describe('instants', () => {
  test('16:15 in Tokyo is 07:15 UTC of the same day, and is written with the zone’s offset', () => {
    const instant = instantAt('2021-04-07', 975, TOKYO);
    expect(instant).toBe(Date.UTC(2021, 3, 7, 7, 15));
    expect(isoAt(instant, TOKYO)).toBe('2021-04-07T16:15:00+09:00');
  });

  test('25:30 is half past one of the next day', () => {
    expect(isoAt(instantAt('2026-12-31', 1530, TOKYO), TOKYO)).toBe('2027-01-01T01:30:00+09:00');
  });

  test('Wednesday in Tokyo begins at 15:00 UTC on Tuesday', () => {
    expect(localAt(Date.UTC(2026, 10, 17, 14, 59, 59), TOKYO)).toEqual({ date: '2026-11-17', minute: 1439 });
    expect(localAt(Date.UTC(2026, 10, 17, 15, 0), TOKYO)).toEqual({ date: '2026-11-18', minute: 0 });
  });

  test('where clocks change, a time of day is what the clocks show', () => {
    const newYork = 'America/New_York';
    expect(isoAt(instantAt('2026-03-08', 975, newYork), newYork)).toBe('2026-03-08T16:15:00-04:00');
    expect(isoAt(instantAt('2026-03-07', 1440 + 975, newYork), newYork)).toBe('2026-03-08T16:15:00-04:00');
    expect(isoAt(instantAt('2026-11-01', 975, newYork), newYork)).toBe('2026-11-01T16:15:00-05:00');
  });

  test('every minute of every day of a zone is found again', () => {
    const zones = fc.constantFrom(TOKYO, 'UTC', 'Asia/Kolkata');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 1439 }),
        zones,
        (offset, minute, zone) => {
          const date = addDays('2000-01-01', offset);
          expect(localAt(instantAt(date, minute, zone), zone)).toEqual({ date, minute });
        },
      ),
    );
  });

  test('an instant is read only with its offset', () => {
    const instant = Date.UTC(2026, 10, 18, 7, 14, 45);
    expect(parseInstant('2026-11-18T16:14:45+09:00')).toEqual({ instant });
    expect(parseInstant('2026-11-18T07:14:45Z')).toEqual({ instant });
    for (const text of ['2026-11-18T16:14:45', '2026-11-18', '2026-02-30T00:00:00Z', 'now', '']) {
      expect(parseInstant(text)).toEqual({ problem: expect.stringContaining('時差') });
    }
  });

  test('a zone is known or it is not', () => {
    expect([TOKYO, 'UTC', 'Asia/Tokio', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});
