import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayKind,
  fiscalYearOf,
  holidaysWith,
  nextWorkingDay,
  previousWorkingDay,
  type WorkingCalendar,
  weekdayOf,
} from '../../src/calendar/index.ts';
import { CLOSED_WEDNESDAYS, WORKING_WEDNESDAYS } from './wednesday-holidays.ts';

const CITY: WorkingCalendar = { holidays: holidaysWith([]), closure: { from: '12-29', to: '01-03' } };

function daysBetweenDates(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

const WEDNESDAYS = daysBetweenDates('2019-04-01', '2028-03-31').filter((day) => weekdayOf(day) === 'wed');

describe('working days', () => {
  test('the closed Wednesdays of nine years are exactly those of the list, each of its kind', () => {
    const closed = WEDNESDAYS.map((day) => [day, dayKind(day, CITY)]).filter(([, kind]) => kind !== 'working');
    expect(closed).toEqual(CLOSED_WEDNESDAYS);
  });

  test.each(WORKING_WEDNESDAYS)('年度 %i has %i working Wednesdays', (year, count) => {
    const working = WEDNESDAYS.filter((day) => fiscalYearOf(day) === year && dayKind(day, CITY) === 'working');
    expect(working).toHaveLength(count);
  });

  test('a national holiday inside the closure is a holiday, a weekend inside it is year-end', () => {
    expect(dayKind('2027-01-01', CITY)).toBe('holiday');
    expect(dayKind('2027-01-02', CITY)).toBe('year-end');
    expect(dayKind('2027-01-09', CITY)).toBe('weekend');
  });

  test('a closure within one year closes its days and both ends', () => {
    const summer: WorkingCalendar = { holidays: holidaysWith([]), closure: { from: '08-12', to: '08-14' } };
    const kinds = ['2026-08-10', '2026-08-12', '2026-08-14', '2026-08-17'].map((day) => dayKind(day, summer));
    expect(kinds).toEqual(['working', 'year-end', 'year-end', 'working']);
  });

  test('without a closure 12月30日 is an ordinary Wednesday', () => {
    expect(dayKind('2026-12-30', { ...CITY, closure: null })).toBe('working');
  });

  test('the working day before 勤労感謝の日 on a Monday is the Friday, the one after it the Tuesday', () => {
    expect(previousWorkingDay('2026-11-23', CITY)).toBe('2026-11-20');
    expect(nextWorkingDay('2026-11-23', CITY)).toBe('2026-11-24');
  });

  test('the working day after 12月28日 is 1月4日 where that is a weekday', () => {
    expect(nextWorkingDay('2026-12-28', CITY)).toBe('2027-01-04');
  });

  test('the neighbours of any day are working days and nothing between works', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 18_000 }), (offset) => {
        const day = addDays('2000-01-01', offset);
        const next = nextWorkingDay(day, CITY);
        const before = previousWorkingDay(day, CITY);
        expect([dayKind(next, CITY), dayKind(before, CITY)]).toEqual(['working', 'working']);
        const between = [
          ...daysBetweenDates(addDays(before, 1), addDays(day, -1)),
          ...daysBetweenDates(addDays(day, 1), addDays(next, -1)),
        ];
        expect(between.filter((one) => dayKind(one, CITY) === 'working')).toEqual([]);
      }),
    );
  });
});
