import type { LocalDate } from '../ports/clock.ts';
import type { Month } from './months.ts';
import type { Portion } from './portions.ts';
import type { Profile } from './profiles.ts';
import { stageName } from './stages.ts';
import type { Counting } from './sums.ts';

/** P10: days of the month over the day limit, and days with 休日勤務. */
export interface DayLimits {
  over?: number;
  holidayWork?: number;
}

/** The day limits of a profile in one month, with the names of those passed; null where the profile has none. */
export function dayLimits(
  profile: Profile,
  portions: readonly Portion[],
  month: Month,
  counting: Counting,
): { limits: DayLimits; passed: string[] } | null {
  const { day, holidayWork } = profile;
  if (day === undefined && holidayWork === undefined) return null;
  const own = portions.filter((one) => one.month === month && !one.manager && one.flag === null);
  const over = day === undefined ? 0 : daysWith(own.filter(counting.inMonth), (minutes) => minutes > day);
  const worked = daysWith(own.filter(isHolidayWork), (minutes) => minutes > 0);
  const passed: string[] = [];
  if (day !== undefined && over > 0) passed.push(stageName('month', day).replace('month', 'day'));
  if (holidayWork !== undefined && worked > holidayWork) passed.push(`holiday-work-${holidayWork}`);
  const limits = {
    ...(day === undefined ? {} : { over }),
    ...(holidayWork === undefined ? {} : { holidayWork: worked }),
  };
  return { limits, passed };
}

const isHolidayWork = ({ kind }: Portion) => kind === 'legal_holiday' || kind === 'holiday_normal';

function daysWith(portions: readonly Portion[], fits: (minutes: number) => boolean): number {
  const days = new Map<LocalDate, number>();
  for (const { date, minutes } of portions) if (date !== null) days.set(date, (days.get(date) ?? 0) + minutes);
  return [...days.values()].filter(fits).length;
}
