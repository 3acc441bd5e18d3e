import { type ProblemList, problemAt } from '../../intake/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Progress } from '../../ports/room.ts';
import { ledgerDays, openings } from '../queries.ts';
import { type HeldPair, type InOrder, type Pair, pagesOfPairs, pairProblems, totalKey } from './pairs.ts';
import { heldDays, knownNumbers } from './queries.ts';
import { type HoursFile, valueAt } from './read-hours.ts';

/** People looked up at a time. */
const peopleAtOnce = 100;

/** The days a file that replaces takes the place of, by number, and how many rows stand there. */
export interface Replaced {
  days: Map<string, LocalDate[]>;
  rows: number;
}

/** Every number must be one the roster holds or held. */
export async function checkNumbers(db: Db, file: HoursFile, problems: ProblemList): Promise<void> {
  const known = await knownNumbers(db);
  const unknown = new Set(file.staff.distinct.values.flatMap((staff, number) => (known.has(staff) ? [] : [number])));
  if (unknown.size === 0) return;
  for (let row = 0; row < file.length; row += 1) {
    if (!unknown.has(file.staff.number.at(row))) continue;
    const expected = '取込済みの職員番号を書いてください。';
    problems.add(problemAt(file.line.at(row), '職員番号', valueAt(file.staff, row), expected));
  }
}

/** A month that was loaded whole cannot be loaded by day as well: its minutes would count twice. */
export async function checkOpenings(db: Db, file: HoursFile, problems: ProblemList): Promise<void> {
  const held = await openings(db, null, { files: null, until: null });
  const months = new Set(held.map(({ staff, month }) => `${staff} ${month}`));
  if (months.size === 0) return;
  for (let row = 0; row < file.length; row += 1) {
    const date = valueAt(file.date, row);
    if (!months.has(`${valueAt(file.staff, row)} ${date.slice(0, 7)}`)) continue;
    const expected = 'この月は --opening で月の合計を取込済みです。日ごとの時間を取り込むと二重になります。';
    problems.add(problemAt(file.line.at(row), '日付', date, expected));
  }
}

/** Lays every pair beside what the ledger holds; gives what a file that replaces takes the place of. */
export async function checkPairs(
  db: Db,
  file: HoursFile,
  order: InOrder,
  { replace, progress }: { replace: boolean; progress: Progress },
  problems: ProblemList,
): Promise<Replaced> {
  const replaced: Replaced = { days: new Map(), rows: 0 };
  const days = spanOf(file);
  const overlaps = await touchesLedger(db, days);
  let checked = 0;
  for (const page of pagesOfPairs(file, order, peopleAtOnce)) {
    const held = overlaps ? await heldPairs(db, page, days) : new Map<string, HeldPair>();
    for (const pair of page) {
      const before = held.get(`${pair.staff} ${pair.date}`);
      sayProblems(file, pair, before, replace, problems);
      if (before !== undefined && replace) noteReplaced(replaced, pair, before);
      checked += pair.rows.length;
    }
    progress(checked, file.length);
  }
  return replaced;
}

function noteReplaced(replaced: Replaced, { staff, date }: Pair, before: HeldPair): void {
  const dates = replaced.days.get(staff);
  if (dates === undefined) replaced.days.set(staff, [date]);
  else dates.push(date);
  replaced.rows += before.rows;
}

function sayProblems(
  file: HoursFile,
  pair: Pair,
  held: HeldPair | undefined,
  replace: boolean,
  problems: ProblemList,
): void {
  for (const problem of pairProblems(file, pair, held, replace)) {
    const line = file.line.at(problem.row);
    if (problem.kind === 'held') {
      const expected = `${pair.staff} の ${pair.date} は取込済みです。訂正は負の分だけを書き、入れ替えるときは --replace を付けてください。`;
      problems.add(problemAt(line, '日付', `${pair.staff} ${pair.date}`, expected));
    } else {
      const expected = `${pair.staff} の ${pair.date} の合計が ${problem.total} 分になります。日と区分ごとの合計は0以上にしてください。`;
      problems.add(problemAt(line, '分', String(file.minutes.at(problem.row)), expected));
    }
  }
}

function spanOf(file: HoursFile): { first: LocalDate; last: LocalDate } {
  const dates = file.date.distinct.values.toSorted();
  return { first: dates[0] ?? '', last: dates.at(-1) ?? '' };
}

async function touchesLedger(db: Db, { first, last }: { first: LocalDate; last: LocalDate }): Promise<boolean> {
  const ledger = await ledgerDays(db, { files: null, until: null });
  return ledger !== null && ledger.first <= last && ledger.last >= first;
}

async function heldPairs(
  db: Db,
  page: readonly Pair[],
  { first, last }: { first: LocalDate; last: LocalDate },
): Promise<Map<string, HeldPair>> {
  const staff = [...new Set(page.map((pair) => pair.staff))];
  const held = new Map<string, HeldPair>();
  for (const row of await heldDays(db, staff, first, last)) {
    const key = `${row.staff} ${row.date}`;
    const pair = held.get(key) ?? { totals: new Map(), rows: 0 };
    const total = totalKey(row.kind, row.flag);
    pair.totals.set(total, (pair.totals.get(total) ?? 0) + row.minutes);
    pair.rows += row.rows;
    held.set(key, pair);
  }
  return held;
}
