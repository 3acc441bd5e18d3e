// @ts-check
const days = { ja: ['日', '月', '火', '水', '木', '金', '土'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const minute = 60_000;
export const dayLong = 24 * 60 * minute;

/** The wall clock at an instant. @param {number} instant @param {string} timeZone */
export function wallClock(instant, timeZone) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (/** @type {string} */ type) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const [year, month, day] = [part('year'), part('month'), part('day')];
  return {
    year,
    month,
    day,
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
  };
}

/** The instant at which the wall shows that minute, `days` after the day of `instant`. @param {number} instant @param {number} minuteOfDay @param {string} timeZone */
export function instantAt(instant, minuteOfDay, timeZone, days = 0) {
  const wall = wallClock(instant, timeZone);
  return fromWall(Date.UTC(wall.year, wall.month - 1, wall.day + days) + minuteOfDay * minute, timeZone);
}

/** @param {number} wall the wall clock read as if it were UTC @param {string} timeZone */
export function fromWall(wall, timeZone) {
  const shown = wallClock(wall, timeZone);
  const offset = Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute) - wall;
  return wall - offset;
}

const two = (/** @type {number} */ value) => String(value).padStart(2, '0');

/** `16:15` or `16:15:07`. @param {number} instant @param {string} timeZone */
export function timeText(instant, timeZone, seconds = false) {
  const wall = wallClock(instant, timeZone);
  return `${two(wall.hour)}:${two(wall.minute)}${seconds ? `:${two(wall.second)}` : ''}`;
}

/** 「11月18日（水）」 or `Wed 18 Nov`. @param {number} instant @param {string} timeZone @param {string} language */
export function dayText(instant, timeZone, language) {
  const { month, day, weekday } = wallClock(instant, timeZone);
  return language === 'en'
    ? `${days.en[weekday]} ${day} ${months[month - 1]}`
    : `${month}月${day}日（${days.ja[weekday]}）`;
}

/** `17:15` of minutes after midnight. @param {number} minuteOfDay */
export const minuteText = (minuteOfDay) => `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;

/** The value of a datetime-local input. @param {number} instant @param {string} timeZone */
export function inputText(instant, timeZone) {
  const wall = wallClock(instant, timeZone);
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
}
