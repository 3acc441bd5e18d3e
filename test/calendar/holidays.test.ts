import { describe, expect, test } from 'vitest';
import { builtInHolidaysOf, holidaysWith } from '../../src/calendar/index.ts';

const japan = holidaysWith([]);

describe('national holidays', () => {
  test.each([
    ['2019-04-30', '2019-05-01', '2019-05-02', '2019-10-22'],
    ['2020-07-23', '2020-07-24', '2020-08-10'],
    ['2021-07-22', '2021-07-23', '2021-08-08', '2021-08-09'],
    ['2026-05-06', '2026-09-21', '2026-09-22', '2026-09-23'],
  ])('%s and the days beside it in the list are holidays', (...dates) => {
    expect(dates.filter((date) => japan.nameOf(date) === null)).toEqual([]);
  });

  test('the days from which 2020 and 2021 moved their holidays are ordinary days', () => {
    const left = ['2020-07-20', '2020-08-11', '2020-10-12', '2021-07-19', '2021-08-11', '2021-10-11'];
    expect(left.filter((date) => japan.nameOf(date) !== null)).toEqual([]);
  });

  test('2026-09-22, between two holidays, is the 国民の休日', () => {
    expect(japan.nameOf('2026-09-22')).toBe('休日');
  });

  test('an override makes a holiday, takes one away, and leaves every other day alone', () => {
    const city = holidaysWith([
      { date: '2026-11-18', name: '臨時の休日' },
      { date: '2026-11-23', name: null },
    ]);
    expect(city.nameOf('2026-11-18')).toBe('臨時の休日');
    expect(city.nameOf('2026-11-23')).toBeNull();
    expect(city.nameOf('2026-11-03')).toBe('文化の日');
  });

  test('the built-in year 2026 has 18 holidays in order', () => {
    const days = builtInHolidaysOf(2026);
    expect(days).toHaveLength(18);
    expect(days).toEqual([...days].sort());
  });
});
