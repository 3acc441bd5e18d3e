import { addDays, weekdayOf } from '../calendar/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import { SeededRandom } from './seeded-random.ts';
import type { Citizen, Town } from './town.ts';

/** Somebody of the invented town, with their head. */
interface Person extends Citizen {
  head: string | null;
}

const firstDay: LocalDate = '2026-04-01';
/** Small, so that many cards meet it. */
const pingsPerWeek = 2;
const hired: LocalDate = '2020-04-01';

const staffColumns =
  '職員番号,氏名,メール,AADオブジェクトID,局区,部,課,職位,管理職,所属長,勤務区分,始業,終業,採用日,退職日,言語';
const peopleOfATeam = 12;

/** A town of that many people in sections of twelve, each with a head; some on shifts, some short-time, some without the app. */
export function inventedTown(count: number, days: number, seed: number): Town {
  const people = peopleOf(count, new SeededRandom(seed, 'people'), days);
  const staff = staffFile(people, new SeededRandom(seed, 'staff'));
  return {
    firstDay,
    people,
    pingsPerWeek,
    imports: [
      { command: 'policy apply', file: 'policy.yaml', content: policyFile(people) },
      { command: 'import staff', file: 'staff.csv', content: staff },
      { command: 'import leave', file: 'leave.csv', content: leaveFile(people) },
    ],
  };
}

function peopleOf(count: number, random: SeededRandom, days: number): Person[] {
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const isHead = index % peopleOfATeam === 0;
    const staff = String(200_000 + index);
    people.push({
      staff,
      aad: `00000000-0000-4000-8000-${staff.padStart(12, '0')}`,
      head: isHead ? null : String(200_000 + index - (index % peopleOfATeam)),
      shift: !isHead && random.chance(0.08),
      away: false,
      installed: random.chance(0.97),
      from: hired,
      to: null,
      leave: leaveOf(random, firstDay, days),
    });
  }
  return people;
}

/** About sixteen days a year, in ones and in weeks. */
export function leaveOf(random: SeededRandom, from: LocalDate, days: number): Set<LocalDate> {
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
function staffFile(people: Person[], random: SeededRandom): string {
  const rows = people.map((one, index) => {
    const team = Math.floor(index / peopleOfATeam) + 1;
    const short = !one.shift && one.head !== null && random.chance(0.05);
    const [type, start, end] = one.shift ? ['交替', '', ''] : short ? ['育短', '09:00', '16:00'] : ['日勤', '', ''];
    const manager = one.head === null ? '1' : '0';
    const language = random.pick(['ja', 'ja', 'ja', 'easy', 'en']) ?? 'ja';
    return [one.staff, `模擬 ${one.staff}`, `${one.staff}@example.jp`, one.aad, '模擬局', '模擬部', `模擬第${team}課`]
      .concat([one.head === null ? '課長' : '職員', manager, one.head ?? '', type ?? '', start ?? '', end ?? ''])
      .concat([hired, '', language])
      .join(',');
  });
  return `${[staffColumns, ...rows].join('\n')}\n`;
}

function leaveFile(people: Citizen[]): string {
  const rows = people.flatMap((one) => [...one.leave].sort().map((date) => `${one.staff},${date},全日`));
  return `${['職員番号,日付,種別', ...rows].join('\n')}\n`;
}

/** The town's policy: every programme that needs an agreement has one, so that all of them are at work. */
function policyFile(people: Citizen[]): string {
  const numbers = people.slice(1, 3).map((one) => `"${one.staff}"`);
  const agreement = (programme: string) =>
    `  - { programme: ${programme}, 相手: 模擬職員団体, 文書日付: 令和8年3月2日, 対象: 模擬, 見直し日: 令和10年3月31日 }`;
  return [
    'organisation: 模擬市',
    'priorApplication: { sections: [模擬局/模擬部/模擬第1課] }',
    'interval: { enabled: true }',
    `contactBudget: { pingsPerWeek: ${pingsPerWeek} }`,
    'agreements:',
    ...['late-work', 'interval', 'clock-gaps', 'wlb-rate'].map(agreement),
    `roles: { hr: [${numbers.join(', ')}], labour: [${numbers.join(', ')}], ict: [${numbers.join(', ')}] }`,
    '',
  ].join('\n');
}
