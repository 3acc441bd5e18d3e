export { addDays, daysBetween, type Weekday, weekdayOf, weekStartOf } from './dates.ts';
export { formatEraDate } from './era.ts';
export { fiscalYearOf } from './fiscal-year.ts';
export { builtInHolidaysOf, type HolidayOverride, type Holidays, holidaysWith } from './holidays.ts';
export { instantAt, isoAt, isTimeZone, localAt, parseInstant } from './instants.ts';
export { parseDate } from './parse-date.ts';
export { formatTimeOfDay, parseTimeOfDay } from './times.ts';
export { formatDay } from './wording.ts';
export {
  type DayKind,
  dayKind,
  isFirstWorkingDayOfWeek,
  nextWorkingDay,
  previousWorkingDay,
  type WorkingCalendar,
} from './working-days.ts';
