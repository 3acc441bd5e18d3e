import { expect, test } from 'vitest';
import { builtInHolidaysOf, holidaysWith } from '../../src/calendar/index.ts';
import { daysOf, isPeakDay, type WorkedDays } from '../../src/overtime/own-hours/days.ts';

const peak = {
  name: '選挙',
  reason: '選挙',
  from: '2021-10-20',
  to: '2021-10-31',
  sections: ['見本局/選挙課'],
  staff: ['100009'],
  pause: [],
};

const october = (differs: Partial<WorkedDays> = {}): WorkedDays => ({
  first: '2021-10-01',
  last: '2021-10-31',
  through: '2021-10-15',
  off: new Set(),
  calendar: { holidays: holidaysWith([]), closure: { from: '12-29', to: '01-03' } },
  peaks: [],
  staff: '100001',
  section: '見本局/総務課',
  ...differs,
});

test('a month has its working days, some gone and some to come, without days of leave', () => {
  expect(builtInHolidaysOf(2021).filter((date) => date.startsWith('2021-10'))).toEqual([]);
  expect(daysOf(october())).toEqual({ daysWorked: { ordinary: 11, peak: 0 }, daysLeft: { ordinary: 10, peak: 0 } });
  expect(daysOf(october({ off: new Set(['2021-10-04', '2021-10-18', '2021-10-17']) }))).toEqual({
    daysWorked: { ordinary: 10, peak: 0 },
    daysLeft: { ordinary: 9, peak: 0 },
  });
});

test('a declared peak is worked every day of it, by the people and sections it names', () => {
  const peaks = [peak];
  expect(daysOf(october({ peaks }))).toEqual(daysOf(october()));
  const named = { daysWorked: { ordinary: 11, peak: 0 }, daysLeft: { ordinary: 2, peak: 12 } };
  expect(daysOf(october({ peaks, staff: '100009' }))).toEqual(named);
  expect(daysOf(october({ peaks, section: '見本局/選挙課' }))).toEqual(named);
  expect(daysOf(october({ peaks, section: '見本局/選挙課/係' }))).toEqual(named);
  expect(isPeakDay('2021-10-20', { peaks, staff: '1', section: '見本局/選挙課別室' })).toBe(false);
});
