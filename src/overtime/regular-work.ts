import { addDays, dayKind, type WorkingCalendar } from '../calendar/index.ts';
import type { RegularWork } from './health.ts';
import { firstDayOf, lastDayOf, type Month } from './months.ts';

/** Regular minutes of a month: a day's work on every working day. */
export function regularWork(calendar: WorkingCalendar, dayMinutes: number): (month: Month) => RegularWork {
  const known = new Map<Month, RegularWork>();
  return (month) => {
    const before = known.get(month);
    if (before !== undefined) return before;
    let [minutes, calendarDays] = [0, 0];
    for (let date = firstDayOf(month); date <= lastDayOf(month); date = addDays(date, 1)) {
      calendarDays += 1;
      if (dayKind(date, calendar) === 'working') minutes += dayMinutes;
    }
    known.set(month, { minutes, calendarDays });
    return { minutes, calendarDays };
  };
}
