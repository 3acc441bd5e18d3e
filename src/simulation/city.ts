import { addDays, weekdayOf } from '../calendar/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Somebody of the simulated city. */
export interface Citizen {
  staff: string;
  aad: string;
  head: string | null;
  shift: boolean;
  installed: boolean;
  /** Full days of leave. */
  leave: Set<LocalDate>;
}

const staffColumns =
  '職員番号,氏名,メール,AADオブジェクトID,局区,部,課,職位,管理職,所属長,勤務区分,始業,終業,採用日,退職日,言語';
const peopleOfATeam = 12;

/** A city of that many people in sections of twelve, each with a head; some on shifts, some short-time, some without the app. */
export function cityOf(count: number, random: SeededRandom, from: LocalDate, days: number): Citizen[] {
  const people: Citizen[] = [];
  for (let index = 0; index < count; index += 1) {
    const isHead = index % peopleOfATeam === 0;
    const staff = String(200_000 + index);
    people.push({
      staff,
      aad: `00000000-0000-4000-8000-${staff.padStart(12, '0')}`,
      head: isHead ? null : String(200_000 + index - (index % peopleOfATeam)),
      shift: !isHead && random.chance(0.08),
      installed: random.chance(0.97),
      leave: leaveOf(random, from, days),
    });
  }
  return people;
}

/** About sixteen days a year, in ones and in weeks. */
function leaveOf(random: SeededRandom, from: LocalDate, days: number): Set<LocalDate> {
  const leave = new Set<LocalDate>();
  for (let day = 0; day < days; day += 1) {
    if (!random.chance(0.035)) continue;
    const length = random.chance(0.1) ? 5 : 1;
    for (let more = 0; more < length; more += 1) {
      const date = addDays(from, day + more);
      if (!['sat', 'sun'].includes(weekdayOf(date))) leave.add(date);
    }
  }
  return leave;
}

/** The roster as its file. */
export function staffFile(people: Citizen[], random: SeededRandom): string {
  const rows = people.map((one, index) => {
    const team = Math.floor(index / peopleOfATeam) + 1;
    const short = !one.shift && one.head !== null && random.chance(0.05);
    const [type, start, end] = one.shift ? ['交替', '', ''] : short ? ['育短', '09:00', '16:00'] : ['日勤', '', ''];
    const manager = one.head === null ? '1' : '0';
    const language = random.pick(['ja', 'ja', 'ja', 'easy', 'en']) ?? 'ja';
    return [one.staff, `模擬 ${one.staff}`, `${one.staff}@example.jp`, one.aad, '模擬局', '模擬部', `模擬第${team}課`]
      .concat([one.head === null ? '課長' : '職員', manager, one.head ?? '', type ?? '', start ?? '', end ?? ''])
      .concat(['2020-04-01', '', language])
      .join(',');
  });
  return `${[staffColumns, ...rows].join('\n')}\n`;
}

export function leaveFile(people: Citizen[]): string {
  const rows = people.flatMap((one) => [...one.leave].sort().map((date) => `${one.staff},${date},全日`));
  return `${['職員番号,日付,種別', ...rows].join('\n')}\n`;
}

/** Who is still at work at 19:25 of a day, and who has left, as the city's clock system sends it. */
export function clockFile(people: Citizen[], date: LocalDate, random: SeededRandom): string {
  const rows = people
    .filter((one) => !one.shift && !one.leave.has(date))
    .map((one) => `${one.staff},${date},08:20,${random.chance(0.06) ? '' : '18:10'}`);
  return `${['職員番号,日付,出勤,退勤', ...rows].join('\n')}\n`;
}

/** The city's policy: every programme that needs an agreement has one, so that all of them are at work. */
export function policyFile(people: Citizen[]): string {
  const numbers = people.slice(1, 3).map((one) => `"${one.staff}"`);
  const agreement = (programme: string) =>
    `  - { programme: ${programme}, 相手: 模擬職員団体, 文書日付: 令和8年3月2日, 対象: 模擬, 見直し日: 令和10年3月31日 }`;
  return [
    'organisation: 模擬市',
    'priorApplication: { sections: [模擬局/模擬部/模擬第1課] }',
    'interval: { enabled: true }',
    'agreements:',
    ...['late-work', 'interval', 'clock-gaps', 'wlb-rate'].map(agreement),
    `roles: { hr: [${numbers.join(', ')}], labour: [${numbers.join(', ')}], ict: [${numbers.join(', ')}] }`,
    '',
  ].join('\n');
}
