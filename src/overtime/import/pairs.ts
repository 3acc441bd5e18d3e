import type { LocalDate } from '../../ports/clock.ts';
import type { HoursKind } from '../../ports/tables/overtime.ts';
import { classOf } from '../sums.ts';
import { indexIn, inOrderOf, keyIn } from './hours-columns.ts';
import { type HoursFile, valueAt } from './read-hours.ts';

/** The rows of one (職員番号, 日付) of a file. */
export interface Pair {
  staff: string;
  date: LocalDate;
  rows: number[];
}

/** Rows of a file in the order of number and day, sorted once. */
export interface InOrder {
  packed: Float64Array<ArrayBuffer>;
  dates: number;
}

export function inOrder(file: HoursFile): InOrder {
  const staff = ranks(file.staff.distinct.values);
  const date = ranks(file.date.distinct.values);
  const dates = Math.max(1, date.length);
  const keyOf = (row: number) =>
    (staff[file.staff.number.at(row)] ?? 0) * dates + (date[file.date.number.at(row)] ?? 0);
  return { packed: inOrderOf(file.length, keyOf), dates };
}

function ranks(texts: readonly string[]): number[] {
  const sorted = texts.map((text, at) => ({ text, at })).sort((a, b) => (a.text < b.text ? -1 : 1));
  const places = new Array<number>(texts.length).fill(0);
  for (const [rank, { at }] of sorted.entries()) places[at] = rank;
  return places;
}

/** Row numbers in the order of number and day. */
export function* rowsInOrder({ packed }: InOrder): Generator<number> {
  for (const entry of packed) yield indexIn(entry);
}

/** Pairs in order, as many people at a time as `people` says. */
export function* pagesOfPairs(file: HoursFile, { packed, dates }: InOrder, people: number): Generator<Pair[]> {
  let page: Pair[] = [];
  let pairKey = -1;
  let staffKey = -1;
  let staffs = 0;
  for (const entry of packed) {
    const [row, key] = [indexIn(entry), keyIn(entry)];
    if (key === pairKey) {
      page.at(-1)?.rows.push(row);
      continue;
    }
    pairKey = key;
    const person = Math.floor(key / dates);
    if (person !== staffKey) {
      staffKey = person;
      staffs += 1;
      if (staffs > people) {
        yield page;
        page = [];
        staffs = 1;
      }
    }
    page.push({ staff: valueAt(file.staff, row), date: valueAt(file.date, row), rows: [row] });
  }
  if (page.length > 0) yield page;
}

/** Totals are kept by class and flag: a correction that takes flagged minutes back says so with the same flag. */
export function totalKey(kind: HoursKind, flag: string | null): string {
  return `${classOf(kind)} ${flag ?? ''}`;
}

/** What stands of a pair in the ledger. */
export interface HeldPair {
  totals: Map<string, number>;
  rows: number;
}

/** What is wrong with a pair beside what the ledger holds: `row` is where to say it. */
export type PairProblem = { row: number; kind: 'held' } | { row: number; kind: 'below-zero'; total: number };

/**
 * A pair already held is refused unless every row of it is a negative correction or the file replaces; a total below 0 of a
 * class (and flag) of that day is refused in any case (contracts.md 3).
 */
export function pairProblems(file: HoursFile, pair: Pair, held: HeldPair | undefined, replace: boolean): PairProblem[] {
  const corrects = pair.rows.every((row) => file.minutes.at(row) < 0);
  if (held !== undefined && !replace && !corrects) return [{ row: pair.rows[0] ?? 0, kind: 'held' }];
  const totals = new Map<string, { total: number; row: number }>();
  for (const row of pair.rows) {
    const key = totalKey(valueAt(file.kind, row), valueAt(file.flag, row));
    const before = totals.get(key)?.total ?? (replace ? 0 : (held?.totals.get(key) ?? 0));
    totals.set(key, { total: before + file.minutes.at(row), row });
  }
  return [...totals.values()].flatMap(({ total, row }) => (total < 0 ? [{ row, kind: 'below-zero', total }] : []));
}
