import { describe, expect, test } from 'vitest';
import { healthMinutes, healthOf } from '../../src/overtime/health.ts';
import { monthOf } from '../../src/overtime/months.ts';
import type { Portion } from '../../src/overtime/portions.ts';
import { type Course, type Pace, projectionOf, whatIf } from '../../src/overtime/projection.ts';
import { overtimePolicy } from './facts.ts';

const [profile] = overtimePolicy('').profiles;
const month = monthOf('2021-10');

function aCourse(minutes: Record<string, number>): Course {
  if (!profile) throw new Error('The default policy has a profile.');
  const months = new Map(Object.entries(minutes).map(([text, sum]) => [monthOf(text), { month: sum, year: sum }]));
  const known = { ledgerFrom: monthOf('2021-04'), hired: monthOf('2015-04'), opened: new Set<number>() };
  return { month, yearStart: '04-01', profile, months, known };
}

const plainPace = (minutes: number, worked: number, left: number): Pace => ({
  minutes: { ordinary: minutes, peak: 0 },
  daysWorked: { ordinary: worked, peak: 0 },
  daysLeft: { ordinary: left, peak: 0 },
});

describe('the projection', () => {
  test('carries the pace of the days so far over the days that are left', () => {
    const course = aCourse({ '2021-04': 600, '2021-05': 600, '2021-10': 1000 });
    expect(projectionOf(plainPace(1000, 10, 11), course)).toMatchObject({ monthEnd: 2100 });
  });

  test('works peak days at the pace of peak days', () => {
    const pace = {
      minutes: { ordinary: 500, peak: 900 },
      daysWorked: { ordinary: 10, peak: 3 },
      daysLeft: { ordinary: 4, peak: 2 },
    };
    expect(projectionOf(pace, aCourse({ '2021-10': 1400 })).monthEnd).toBe(1400 + 200 + 600);
  });

  test('a day of leave that is known is not worked', () => {
    const course = aCourse({ '2021-10': 1000 });
    expect(projectionOf(plainPace(1000, 10, 10), course).monthEnd).toBe(2000);
    expect(projectionOf(plainPace(1000, 10, 5), course).monthEnd).toBe(1500);
  });

  test('before the first day of work the mean of the 年度 stands in', () => {
    const course = aCourse({
      '2021-04': 600,
      '2021-05': 600,
      '2021-06': 600,
      '2021-07': 600,
      '2021-08': 600,
      '2021-09': 600,
    });
    expect(projectionOf(plainPace(0, 0, 21), course).monthEnd).toBe(600);
  });

  test('the year goes on at the mean of its months', () => {
    const six = {
      '2021-04': 2000,
      '2021-05': 2000,
      '2021-06': 2000,
      '2021-07': 2000,
      '2021-08': 2000,
      '2021-09': 2000,
    };
    expect(projectionOf(plainPace(1000, 10, 10), aCourse({ ...six, '2021-10': 1000 })).yearEnd).toBe(24_000);
  });

  test('says which averaging window would pass when, the nearest first', () => {
    const course = aCourse({ '2021-08': 4000, '2021-09': 5000, '2021-10': 4400 });
    const { monthEnd, breaks } = projectionOf(plainPace(4400, 18, 3), course);
    expect(monthEnd).toBe(5133);
    expect(breaks[0]).toEqual({ length: 2, month: '2021-10' });
    expect(breaks.every((one) => one.month >= '2021-10')).toBe(true);
    expect(projectionOf(plainPace(100, 18, 3), aCourse({ '2021-10': 100 })).breaks).toEqual([]);
  });

  test('an unknown year stays unknown', () => {
    const course = aCourse({ '2021-10': 100 });
    const known = { ...course.known, ledgerFrom: monthOf('2021-08') };
    expect(projectionOf(plainPace(100, 10, 10), { ...course, known }).yearEnd).toBeNull();
  });
});

describe('what if', () => {
  test('20 hours more this month names only what would newly be passed', () => {
    const course = aCourse({ '2021-10': 3000 });
    expect(whatIf(course, 1200)).toMatchObject({ minutes: 4200, newlyPassed: [] });
    expect(whatIf(course, 1201)).toMatchObject({ minutes: 4201, newlyPassed: ['month-70'] });
    expect(whatIf(aCourse({ '2021-10': 4201 }), 60).newlyPassed).toEqual([]);
  });
});

const portion = (text: string, minutes: number, differs: Partial<Portion> = {}): Portion => ({
  month: monthOf(text),
  date: null,
  kind: 'weekday',
  flag: null,
  reason: null,
  manager: false,
  section: '甲',
  workplace: '甲',
  minutes,
  ...differs,
});

describe('the health ledger (P5)', () => {
  const policy = overtimePolicy('');
  const regular = () => ({ minutes: 465 * 21, calendarDays: 31 });

  test('counts holidays, flagged minutes and those of 管理職, but no substitution within the week and no 宿日直', () => {
    const portions = [
      portion('2021-10', 1),
      portion('2021-10', 10, { kind: 'holiday_normal' }),
      portion('2021-10', 100, { flag: '33条' }),
      portion('2021-10', 1000, { manager: true }),
      portion('2021-10', 5000, { kind: 'weekoff_same_week' }),
      portion('2021-10', 5000, { kind: 'duty' }),
    ];
    expect(healthMinutes(portions, month, 'order-hours', regular)).toBe(1111);
  });

  test('over 40 hours a week takes the hours of the calendar off all that was worked', () => {
    expect(healthMinutes([portion('2021-10', 4800)], month, 'over-40h-week', regular)).toBe(
      Math.floor(4800 + 9765 - (2400 * 31) / 7),
    );
    expect(healthMinutes([], month, 'over-40h-week', regular)).toBe(0);
  });

  test('reaches its stages above them, or at them where the policy says so', () => {
    const stagesOf = (minutes: number, at: 'over' | 'reached') =>
      healthOf([portion('2021-10', minutes)], month, { ...policy, health: { ...policy.health, at } }, month, regular)
        .stages;
    expect(stagesOf(4800, 'over')).toEqual([]);
    expect(stagesOf(4801, 'over')).toEqual(['health-80']);
    expect(stagesOf(6001, 'over')).toEqual(['health-80', 'health-100']);
    expect(stagesOf(6000, 'reached')).toEqual(['health-80', 'health-100']);
  });

  test('averages 80 hours over 2 to 6 months that are known', () => {
    const portions = [portion('2021-09', 5000), portion('2021-10', 4601)];
    const stagesFrom = (known: string) => healthOf(portions, month, policy, monthOf(known), regular).stages;
    expect(stagesFrom('2021-09')).toEqual(['health-average-80']);
    expect(stagesFrom('2021-10')).toEqual([]);
  });
});
