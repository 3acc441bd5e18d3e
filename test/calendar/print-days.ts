/* Run by zones.test.ts in a process of its own, under a time zone of its own. */
import {
  addDays,
  dayKind,
  formatEraDate,
  holidaysWith,
  instantAt,
  isoAt,
  localAt,
  parseDate,
  weekdayOf,
} from '../../src/calendar/index.ts';

const calendar = { holidays: holidaysWith([]), closure: { from: '12-29', to: '01-03' } };
const zone = 'Asia/Tokyo';
const days = Array.from({ length: 3300 }, (_, at) => addDays('2019-04-01', at));
const lines = days.map((day) => {
  const instant = instantAt(day, 975, zone);
  const back = localAt(instant, zone).date;
  const read = parseDate(formatEraDate(day));
  return [day, weekdayOf(day), dayKind(day, calendar), calendar.holidays.nameOf(day), isoAt(instant, zone), back, read];
});
process.stdout.write(JSON.stringify({ processZone: Intl.DateTimeFormat().resolvedOptions().timeZone, lines }));
