import type { Portion } from './portions.ts';
import type { Counting } from './sums.ts';

/** A table as it is printed: a sheet of a workbook, or columns of a text. Empty cells are null. */
export interface Sheet {
  /** `D-1` */
  name: string;
  title: string;
  columns: string[];
  rows: (string | number | null)[][];
  /** Printed below (personnel.md 3 D). */
  notes: string[];
}

/** One person's year as the published tables look at it: flagged minutes count here (D11), those of 管理職 stand apart. */
export interface PersonYear {
  bureau: string;
  appointer: string | null;
  year: number;
  minutes: number;
  /** Without 災害 and 選挙 (P7): by 事由 and by flag. */
  ordinary: number;
  managerMinutes: number;
}

/** The sums of one 年度; `portions` are those of its months. */
export function yearMinutes(portions: readonly Portion[], counting: Counting) {
  const sums = { minutes: 0, ordinary: 0, managerMinutes: 0 };
  for (const portion of portions) {
    if (!counting.inYear(portion)) continue;
    if (portion.manager) sums.managerMinutes += portion.minutes;
    else {
      sums.minutes += portion.minutes;
      const disaster = portion.flag !== null || portion.reason === '災害' || portion.reason === '選挙';
      if (!disaster) sums.ordinary += portion.minutes;
    }
  }
  return sums;
}

const NOTES = ['休日勤務を除きます。', '同一週外への週休日の振替による時間を含みます。', '管理職を除きます。'];
const ALL = '全局区';
const over = (hours: number) => (one: PersonYear) => one.minutes > hours * 60;

/** `H28`, `R03`: the 年度 as the paper writes it. */
export function yearLabel(year: number): string {
  return year >= 2019 ? `R${String(year - 2018).padStart(2, '0')}` : `H${year - 1988}`;
}

/** 局区 in the organisation's order: that of `order`, then by name. */
function bureausOf(years: readonly PersonYear[], order: readonly string[]): string[] {
  const found = [...new Set(years.map((one) => one.bureau))];
  const place = (bureau: string) => (order.includes(bureau) ? order.indexOf(bureau) : order.length);
  return found.toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** D-1: people over 480 h (or 1,000 h) by 局区 and 年度, in two blocks side by side, 全局区 last. */
export function bureauTable(
  people: readonly PersonYear[],
  years: readonly number[],
  order: readonly string[],
  hours = 480,
): Sheet {
  const byBureau = Map.groupBy(people, (one) => one.bureau);
  const count = (some: readonly PersonYear[], year: number) =>
    some.filter((one) => one.year === year && over(hours)(one)).length;
  const lines = bureausOf(people, order).map((bureau): (string | number)[] => [
    bureau,
    ...years.map((year) => count(byBureau.get(bureau) ?? [], year)),
  ]);
  lines.push([ALL, ...years.map((year) => count(people, year))]);
  const half = Math.ceil(lines.length / 2);
  const width = years.length + 1;
  const rows = lines
    .slice(0, half)
    .map((line, at) => [...line, ...(lines[half + at] ?? new Array<null>(width).fill(null))]);
  const block = ['局区', ...years.map(yearLabel)];
  const title = `年間${hours}時間を超える時間外勤務をした職員数（局区別）`;
  return { name: 'D-1', title, columns: [...block, ...block], rows, notes: NOTES };
}

/** 市長事務部局 where the 任命権者 is the mayor or is not said. */
export function isMayors(appointer: string | null): boolean {
  return appointer === null || appointer.startsWith('市長');
}

/** D-2: 市長事務部局 / その他任命 / 計 × 480 h and 1,000 h by 年度. */
export function appointerTable(people: readonly PersonYear[], years: readonly number[]): Sheet {
  const groups: [string, (one: PersonYear) => boolean][] = [
    ['市長事務部局', (one) => isMayors(one.appointer)],
    ['その他任命', (one) => !isMayors(one.appointer)],
    ['計', () => true],
  ];
  const rows = groups.map(([name, belongs]) => [
    name,
    ...years.flatMap((year) => {
      const own = people.filter((one) => one.year === year && belongs(one));
      return [own.filter(over(480)).length, own.filter(over(1000)).length];
    }),
  ]);
  const columns = [
    '任命権者',
    ...years.flatMap((year) => [`${yearLabel(year)} 480時間超`, `${yearLabel(year)} 1000時間超`]),
  ];
  return {
    name: 'D-2',
    title: '年間480時間・1000時間を超える時間外勤務をした職員数（任命権者別）',
    columns,
    rows,
    notes: NOTES,
  };
}

/** D-3: 局区 × 一般 / 管理職（別掲） / 災害・選挙を除く / 前年差. */
export function populationTable(people: readonly PersonYear[], year: number, order: readonly string[]): Sheet {
  const lineOf = (name: string, some: readonly PersonYear[]) => {
    const own = some.filter((one) => one.year === year);
    const staff = own.filter(over(480)).length;
    const before = some.filter((one) => one.year === year - 1 && over(480)(one)).length;
    const managers = own.filter((one) => one.managerMinutes > 480 * 60).length;
    return [name, staff, managers, own.filter((one) => one.ordinary > 480 * 60).length, staff - before];
  };
  const byBureau = Map.groupBy(people, (one) => one.bureau);
  const rows = bureausOf(people, order).map((bureau) => lineOf(bureau, byBureau.get(bureau) ?? []));
  rows.push(lineOf(ALL, people));
  const columns = ['局区', '一般', '管理職（別掲）', '災害・選挙を除く', '前年差'];
  const title = `${yearLabel(year)}年度 年間480時間を超える時間外勤務をした職員数`;
  return { name: 'D-3', title, columns, rows, notes: NOTES.slice(0, 2) };
}
