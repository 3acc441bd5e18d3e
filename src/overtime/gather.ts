import { allSections } from '../people/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { SectionTable } from '../ports/tables.ts';
import { firstDayOf, lastDayOf, type Month, monthOf } from './months.ts';
import { type Person, personsOf } from './persons.ts';
import { changesWithinMonth, type HeldMinutes, type Portion, placeMinutes, type RosterState } from './portions.ts';
import { comparedMinutes, openings, openingsEver, type Sight, type SummedMinutes, summedMinutes } from './queries.ts';
import { rosterRows, rosterRowsOf } from './roster/queries.ts';

/** Months looked at, both included; `daily` keeps every day apart (day limits, P10). */
export interface Span {
  from: Month;
  to: Month;
  daily: boolean;
}

/** The minutes of one person in a span, and the months loaded by `--opening`. */
export interface Minutes {
  portions: Portion[];
  opened: Set<Month>;
}

/** Everybody of the roster, of all times, as persons. */
export async function allPersons(db: Db): Promise<Person[]> {
  const states: RosterState[] = [];
  for await (const page of rosterRows(db)) for (const row of page) states.push(stateOf(row));
  return personsOf(states);
}

/** The person of a number, with the numbers before and after it (P9); null for one the roster never held. */
export async function personOfNumber(db: Db, staff: string): Promise<Person | null> {
  let rows: Awaited<ReturnType<typeof rosterRowsOf>> = [];
  const wanted = new Set([staff]);
  for (let before = 0; before < wanted.size; ) {
    before = wanted.size;
    rows = await rosterRowsOf(db, [...wanted]);
    for (const row of rows) for (const number of [row.staff, row.previous_number]) if (number) wanted.add(number);
  }
  const persons = personsOf(rows.map(stateOf));
  return persons.find((person) => person.numbers.some((one) => one.staff === staff)) ?? null;
}

type RosterRow = Awaited<ReturnType<ReturnType<typeof rosterRows>['next']>>['value'] & object;

function stateOf(row: RosterRow[number]): RosterState {
  return {
    staff: row.staff,
    from: row.valid_from,
    manager: row.manager === 1,
    section: [row.bureau, row.division, row.unit].filter((level) => level !== '').join('/'),
    sectionKey: row.section_id,
    bureau: row.bureau,
    appointer: row.appointer,
    workplace: row.workplace,
    category: row.category,
    hiredOn: row.hired_on,
    leftOn: row.left_on,
    previous: row.previous_number,
  };
}

/** Reads the minutes of persons, some hundred at a time; sections are read once. */
export async function minutesReader(db: Db, sight: Sight) {
  const pathOf = sectionPaths(await allSections(db));
  return async (persons: readonly Person[], span: Span): Promise<Minutes[]> => {
    const { all, days, groups } = asked(persons, span);
    let summed: SummedMinutes[] = [];
    for (const { staff, each } of groups)
      summed = summed.concat(await summedMinutes(db, staff, { ...days, each }, sight));
    const opened = (await openings(db, all, sight)).map(asMinutes);
    const held = Map.groupBy([...summed, ...opened], (row) => row.staff);
    return persons.map((person) => minutesOf(person, held, pathOf));
  };
}

/** Reads minutes as they stood after the file of that number, and as they stand now. */
export async function comparedReader(db: Db, since: number) {
  const pathOf = sectionPaths(await allSections(db));
  return async (persons: readonly Person[], span: Span): Promise<{ before: Minutes; after: Minutes }[]> => {
    const { all, days, groups } = asked(persons, span);
    let summed: Awaited<ReturnType<typeof comparedMinutes>> = [];
    for (const { staff, each } of groups)
      summed = summed.concat(await comparedMinutes(db, staff, { ...days, each }, since));
    const opened = await openingsEver(db, all);
    const stood = opened.filter((row) => row.file_no <= since && (row.withdrawn_no ?? since + 1) > since);
    const before = summed.flatMap((row) => (row.before === 0 ? [] : [{ ...row, minutes: row.before }]));
    const old = Map.groupBy([...before, ...stood.map(asMinutes)], (row) => row.staff);
    const standing = opened.filter((row) => row.withdrawn_no === null).map(asMinutes);
    const now = Map.groupBy([...summed.filter((row) => row.minutes !== 0), ...standing], (row) => row.staff);
    return persons.map((person) => ({
      before: minutesOf(person, old, pathOf),
      after: minutesOf(person, now, pathOf),
    }));
  };
}

/**
 * Numbers whose minutes are wanted by month, and those for whom something changes within a month: by day. A month that is
 * not over as of the day asked is summed up to that day.
 */
function asked(persons: readonly Person[], span: Span) {
  const numbers = persons.flatMap((person) => person.numbers);
  const apart = new Set(numbers.filter(({ states }) => span.daily || changesWithinMonth(states)));
  const named = (some: typeof numbers) => some.map(({ staff }) => staff);
  return {
    all: named(numbers),
    days: { from: firstDayOf(span.from), to: lastDayOf(span.to) },
    groups: [
      { staff: named([...apart]), each: 'day' as const },
      { staff: named(numbers.filter((one) => !apart.has(one))), each: 'month' as const },
    ],
  };
}

const asMinutes = ({ staff, month, minutes }: { staff: string; month: string; minutes: number }) => ({
  staff,
  period: month,
  kind: 'opening' as const,
  flag: null,
  reason: null,
  section: null,
  minutes,
});

function minutesOf(
  person: Person,
  held: ReadonlyMap<string, (SummedMinutes | (HeldMinutes & { staff: string }))[]>,
  pathOf: (section: string, date: LocalDate) => string,
): Minutes {
  const rows = person.numbers.map(({ staff, states }) => ({ states, own: held.get(staff) ?? [] }));
  const portions = rows.flatMap(({ states, own }) => placeMinutes(own, states, pathOf));
  const opened = rows.flatMap(({ own }) => own.filter((row) => row.kind === 'opening'));
  return { portions, opened: new Set(opened.map((row) => monthOf(row.period))) };
}

/** The path of a section's key on a day; a key that is itself a path stays. */
function sectionPaths(sections: readonly SectionTable[]): (section: string, date: LocalDate) => string {
  const byCode = Map.groupBy(sections, (section) => section.code);
  return (key, date) => {
    const own = byCode.get(key) ?? [];
    const held = own.find(
      ({ valid_from, valid_to }) =>
        (valid_from === null || valid_from <= date) && (valid_to === null || valid_to >= date),
    );
    return (held ?? own.at(-1))?.path ?? key;
  };
}
