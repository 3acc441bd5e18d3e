import type { RestrictionKind } from '../../src/overtime/restrictions.ts';
import type { Facts, HoursFact, StateFact } from './facts.ts';
import { overtimePolicy } from './facts.ts';

/** Numbers from a seed: the same seed gives the same history, on every machine. */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(next() * most);
  const one = <T>(...values: T[]): T => values[below(values.length)] as T;
  return { below, one, chance: (share: number) => next() < share };
}
type Dice = ReturnType<typeof dice>;

const kyotei = '{ name: 協定 }';
const houtei = `{ name: 法定, applies: all, counts: [weekday, weekoff], countsMonthAndAverage: [weekday, weekoff, legal_holiday], monthAt: reached,
      month: 6000, year: 43200, stages: { month: [4800, 6000], year: [28800, 43200], average: [4500, 4800] } }`;
const taritsu = `{ name: 規則他律, applies: [他律], sections: [甲局/乙部], month: 6000, year: 43200, months45: { over: 2700, allowed: 6 },
      stages: { month: [2700, 4800, 6000] } }`;
const unten = `{ name: 改善基準告示, applies: [運転者], counts: [weekday, weekoff, legal_holiday], month: null, average: null, months45: null, year: 57600, stages: { year: [43200, 57600] } }`;
const narrow = `{ name: 試行, applies: all, transfer: workplace, month: 1230, year: 6000, average: 1000, months45: { over: 900, allowed: 2 },
      stages: { month: [600, 900, 1230], year: [3000, 6000], months45: [1, 2, 3], average: [900, 1000] } }`;

/** Policies that histories are held against: read once. */
const policies = [
  '',
  `overtime: { ledgerFrom: 2020-10, transfer: workplace, profiles: [${kyotei}, ${houtei}] }`,
  `overtime: { ledgerFrom: 2021-04, holidayExtraCounts: false, profiles: [${kyotei}, ${taritsu}, ${houtei}] }`,
  `overtime: { ledgerFrom: 2020-04, profiles: [${kyotei}, ${unten}, ${narrow}] }`,
].map(overtimePolicy);

/** Sums that lie on a limit or a stage, to be missed or met by a minute. */
const edges = [600, 900, 1000, 1230, 2160, 2700, 3360, 4200, 4500, 4800, 6000];
const kinds = [
  '平日',
  '平日',
  '平日',
  '週休日',
  '週休日振替同一週',
  '週休日振替他週',
  '法定休日',
  '休日',
  '休日時間外',
  '宿日直',
];
const sections = ['甲局/乙部/丙課', '甲局/乙部/丁課', '戊局/己課'];
const months = Array.from(
  { length: 24 },
  (_, at) => `${2020 + Math.floor((at + 3) / 12)}-${twoDigits(((at + 3) % 12) + 1)}`,
);

/** A person's months with everything that changes how minutes count, mostly close to a limit. */
export function aHistory(seed: number): Facts {
  const roll = dice(seed);
  const at = 4 + roll.below(months.length - 4);
  const month = months[at] ?? '2021-10';
  const whole = roll.chance(0.8);
  const roster = aRoster(roll);
  const numbers = [...new Set(roster.map((state) => state.staff))];
  const span = months.slice(Math.max(0, at - 13), at + 1);
  const hours = span.flatMap((one) => (roll.chance(0.12) ? [] : aMonth(roll, one, numbers, roster)));
  return {
    policy: roll.one(...policies),
    yearStart: roll.chance(0.9) ? '04-01' : '01-01',
    month,
    day: whole ? lastDay(month) : `${month}-${twoDigits(1 + roll.below(28))}`,
    roster,
    hours,
    openings: openingsOf(roll, hours, numbers[0] ?? '1'),
    restrictions: roll.chance(0.2) ? [roll.one<RestrictionKind>('時間外不可', '月24年150', '深夜不可', '要相談')] : [],
  };
}

function aRoster(roll: Dice): StateFact[] {
  const hired = roll.chance(0.7) ? '2015-04-01' : `${roll.one(...months)}-${roll.one('01', '16')}`;
  const first: StateFact = {
    staff: '100001',
    from: roll.chance(0.8) ? hired : '2021-04-01',
    hired,
    left: null,
    manager: roll.chance(0.1),
    section: roll.one(...sections),
    workplace: roll.chance(0.3) ? '第一事業場' : null,
    category: roll.one(null, null, '他律', '運転者', '別'),
    previous: null,
  };
  const states = [first];
  let last = first;
  while (roll.chance(0.4) && states.length < 4) {
    const from = `${roll.one(...months)}-${roll.one('01', '01', '11')}`;
    if (from <= last.from || from < hired) break;
    last = changed(roll, last, from);
    states.push(last);
  }
  return roll.chance(0.1) ? reappointed(roll, states) : states;
}

function changed(roll: Dice, before: StateFact, from: string): StateFact {
  const what = roll.below(4);
  if (what === 0) return { ...before, from, manager: !before.manager };
  if (what === 1) return { ...before, from, section: roll.one(...sections) };
  if (what === 2) return { ...before, from, workplace: roll.one(null, '第一事業場', '第二事業場') };
  return { ...before, from, category: roll.one(null, '他律', '運転者') };
}

/** P9: 3/31 end and 4/1 re-appointment under a new number. */
function reappointed(roll: Dice, states: StateFact[]): StateFact[] {
  const last = states.at(-1);
  if (!last || last.from >= '2021-03-31' || last.hired >= '2021-03-31') return states;
  const left = { ...last, from: '2021-04-01', left: '2021-03-31' };
  const again = {
    ...last,
    staff: '200001',
    from: '2021-04-01',
    hired: '2021-04-01',
    previous: '100001',
    manager: roll.chance(0.2),
  };
  return [...states, left, again];
}

/** Rows of a month whose counted sum is often an edge, a minute below or above. */
function aMonth(roll: Dice, month: string, numbers: string[], roster: StateFact[]): HoursFact[] {
  const staff = numbers.length > 1 && month >= '2021-04' ? (numbers[1] ?? '') : (numbers[0] ?? '');
  const row = (minutes: number): HoursFact => ({
    staff,
    date: `${month}-${twoDigits(1 + roll.below(28))}`,
    kind: roll.one(...kinds),
    minutes,
    flag: roll.chance(0.06) ? '33条' : roll.chance(0.05) ? '特例業務' : null,
    section: roll.chance(0.15) ? roll.one(...sections, roster[0]?.section ?? '') : null,
  });
  const target = roll.one(...edges) + roll.one(-1, 0, 0, 1, 1, 20);
  const beside = Array.from({ length: roll.below(3) }, () => row(1 + roll.below(600)));
  const plain = beside.filter((one) => one.kind === '平日' && one.flag === null);
  const rest = target - plain.reduce((sum, one) => sum + one.minutes, 0);
  const fill: HoursFact = { ...row(Math.max(1, rest)), kind: '平日', flag: null };
  return roll.chance(0.15) ? [...beside, fill, { ...fill, minutes: -Math.min(30, fill.minutes) }] : [...beside, fill];
}

function openingsOf(roll: Dice, hours: HoursFact[], staff: string): Facts['openings'] {
  if (roll.chance(0.7)) return [];
  const worked = new Set(hours.map((row) => row.date.slice(0, 7)));
  const free = months.filter((month) => !worked.has(month)).slice(-6);
  return free.map((month) => ({ staff, month, minutes: roll.one(0, ...edges) }));
}

function lastDay(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const days = number === 2 ? (year % 4 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(number) ? 30 : 31;
  return `${month}-${days}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
