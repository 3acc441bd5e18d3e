import holidayJp from '@holiday-jp/holiday_jp';

/** Where it is a working day now, for a service that runs on the machine's clock. */
export interface WorkingPlace {
  /** Lines of policy.yaml: the time zone, and today's weekday as the no-overtime day. */
  policy: string;
  /** 始業 and 終業 of somebody whose card is due in the present minute, or in the next one where little of it is left. */
  hoursOfNextCards(now: Date): { start: string; end: string };
}

const enough = 25;
const two = (number: number) => String(number).padStart(2, '0');

/** A time zone in which it is now the middle of a working day; null between Saturday noon and Sunday morning (UTC), and on holidays. */
export function workingPlace(now: Date): WorkingPlace | null {
  for (let offset = -12; offset <= 14; offset += 1) {
    const local = (at: Date) => new Date(at.getTime() + offset * 60 * 60_000);
    if (!isWorking(local(now))) continue;
    const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][local(now).getUTCDay()];
    return {
      policy: `timeZone: Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}\nnoOvertime: { weekday: ${weekday} }\n`,
      hoursOfNextCards(at) {
        const minute = local(new Date(at.getTime() + (at.getUTCSeconds() > enough ? 60_000 : 0)));
        return { start: '00:00', end: `${two(minute.getUTCHours() + 1)}:${two(minute.getUTCMinutes())}` };
      },
    };
  }
  return null;
}

/** Read as if it were UTC: Monday to Friday, no holiday, no turn of the year, some hours before midnight. */
function isWorking(local: Date): boolean {
  const date = local.toISOString().slice(0, 10);
  const free = date in holidayJp.holidays || /-(12-29|12-30|12-31|01-0[1-3])$/.test(date);
  return !free && local.getUTCDay() % 6 !== 0 && local.getUTCHours() >= 1 && local.getUTCHours() < 22;
}
