import { currentPolicy, type PolicyBook } from '../policy/index.ts';
import type { Db } from '../ports/database.ts';
import { type CliResult, type Ports, Refusal } from '../ports/room.ts';
import { type Crossing, crossingsBetween, type Ledger, monthsConcerned, toldOnce, workplacesIn } from './crossings.ts';
import { allPersons, comparedReader, type Minutes } from './gather.ts';
import { reckoningOf, spanOf } from './list-status.ts';
import { lastDayOf, type Month, monthOf } from './months.ts';
import { hiredMonth, numberOn, type Person } from './persons.ts';
import { profilesOf } from './profiles.ts';
import { anyFileOf, changedSince, chunksOf, filesUpTo, ledgerDays, type Sight } from './queries.ts';
import { crossingLines } from './wording-lines.ts';

/** People looked up at a time. */
const peopleAtOnce = 100;
const everything: Sight = { files: null, until: null };

/** `overtime crossings --since DIGEST`: stages reached since that import, by person, month and stage. */
export async function overtimeCrossings(ports: Ports, digest: string): Promise<CliResult> {
  const { db } = ports.database;
  const file = await anyFileOf(db, digest.trim().toLowerCase());
  if (file === undefined) {
    const message = `この digest の取込みはありません。kaeru import hours が示した digest を書いてください。`;
    throw new Refusal('unknown-digest', message, `--since ${digest.slice(0, 80)}`);
  }
  const crossings = await listCrossings(ports, db, file.no);
  return { document: { crossings }, lines: crossingLines(crossings) };
}

/** Crossings brought by the files taken in after the one of that number. */
export async function listCrossings(ports: Ports, db: Db, since: number): Promise<Crossing[]> {
  const book = await currentPolicy(db, ports.settings);
  const before: Sight = { files: await filesUpTo(db, since), until: null };
  const changed = await changedSince(db, since);
  const last = monthOf((await ledgerDays(db, everything))?.last ?? '0000-01');
  const concerned = (await allPersons(db)).flatMap((person) => {
    const first = firstChange(person, changed);
    return first === null ? [] : [{ person, months: monthsConcerned(first, last) }];
  });
  const read = await comparedReader(db, since);
  const reckon = await reckonerOf(db, book, { before, after: everything });
  const progress = ports.progress?.('段階の確認') ?? (() => {});
  const crossings: Crossing[] = [];
  let done = 0;
  for (const some of chunksOf(concerned, peopleAtOnce)) {
    const months = some.flatMap((one) => one.months);
    const span = spanOfMonths(book, Math.min(...months), Math.max(...months));
    const minutes = await read(
      some.map((one) => one.person),
      span,
    );
    for (const [at, one] of some.entries()) {
      const own = minutes[at];
      if (own) crossings.push(...reckon(one.person, one.months, own.before, own.after));
    }
    done += some.length;
    progress(done, concerned.length);
  }
  return crossings.sort((a, b) => order(a, b));
}

function order(a: Crossing, b: Crossing): number {
  const [one, other] = [`${a.staff} ${a.month}`, `${b.staff} ${b.month}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

function firstChange(person: Person, changed: ReadonlyMap<string, string>): Month | null {
  const months = person.numbers.flatMap(({ staff }) => changed.get(staff) ?? []);
  return months.length === 0 ? null : Math.min(...months.map(monthOf));
}

function spanOfMonths(book: PolicyBook, first: Month, last: Month) {
  const { year } = book.on(lastDayOf(first));
  return { ...spanOf({ month: first, yearStart: year.start }, book.on(lastDayOf(first))), to: last, daily: false };
}

/**
 * Compares two states of one person's ledger under every profile that holds for the person; the policy and the profiles of a
 * month are those of its last day.
 */
async function reckonerOf(db: Db, book: PolicyBook, sights: { before: Sight; after: Sight }) {
  const anyMonth = monthOf((await ledgerDays(db, sights.after))?.last ?? '2000-01');
  const policy = book.on(lastDayOf(anyMonth));
  const begins = {
    before: (await reckoningOf(db, policy, anyMonth, sights.before)).ledgerFrom,
    after: (await reckoningOf(db, policy, anyMonth, sights.after)).ledgerFrom,
  };
  return (person: Person, months: readonly Month[], was: Minutes, is: Minutes): Crossing[] => {
    const spans = Map.groupBy(months, (month) => profileKey(person, month, book));
    const found = [...spans.values()].flatMap((some) => {
      const day = lastDayOf(some.at(-1) ?? anyMonth);
      const { year, overtime } = book.on(day);
      const { staff, state } = numberOn(person, day);
      const before: Ledger = { ...was, ledgerFrom: begins.before };
      const after: Ledger = { ...is, ledgerFrom: begins.after };
      return profilesOf(overtime.profiles, state).flatMap((profile) => {
        const scope = {
          staff,
          profile,
          hired: hiredMonth(person, day),
          yearStart: year.start,
          holidayExtraCounts: overtime.holidayExtraCounts,
          months: some,
        };
        if ((profile.transfer ?? overtime.transfer) === 'person') return crossingsBetween(before, after, scope);
        return workplacesIn(before, after).flatMap((place) => crossingsBetween(before, after, scope, place));
      });
    });
    return toldOnce(found, book.on(lastDayOf(months.at(-1) ?? anyMonth)).year.start);
  };
}

/** Months that are judged alike: the same policy, number and profiles. */
function profileKey(person: Person, month: Month, book: PolicyBook): string {
  const day = lastDayOf(month);
  const policy = book.on(day);
  const { staff, state } = numberOn(person, day);
  const names = profilesOf(policy.overtime.profiles, state).map((profile) => profile.name);
  return [book.periods.indexOf(policy), staff, ...names].join('\u0000');
}
