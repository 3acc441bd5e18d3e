import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, fiscalYearOf, formatDay, formatEraDate, weekdayOf } from '../../src/calendar/index.ts';

describe('days as people read them', () => {
  test('a card shows the computed weekday in the reader’s language', () => {
    expect(formatDay('2026-11-18', 'ja')).toBe('11月18日（水）');
    expect(formatDay('2026-11-18', 'easy')).toBe('11月18日（水）');
    expect(formatDay('2026-11-18', 'en')).toBe('Wed 18 Nov');
  });

  test('the first year of an era is 元年', () => {
    expect(formatEraDate('2019-04-30')).toBe('平成31年4月30日（火）');
    expect(formatEraDate('2019-05-01')).toBe('令和元年5月1日（水）');
    expect(formatEraDate('2026-11-18')).toBe('令和8年11月18日（水）');
  });

  test('January to March belong to the 年度 of the year before', () => {
    expect(fiscalYearOf('2022-01-28')).toBe(2021);
    expect(fiscalYearOf('2021-04-01')).toBe(2021);
    expect(fiscalYearOf('2021-03-31')).toBe(2020);
    expect(fiscalYearOf('2022-01-28', '01-01')).toBe(2022);
  });

  test('days are counted over the ends of months and leap years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2026-11-18', '2026-11-17')).toBe(-1);
    expect(weekdayOf('2026-11-18')).toBe('wed');
  });
});
