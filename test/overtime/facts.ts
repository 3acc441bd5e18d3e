import { monthOf } from '../../src/overtime/months.ts';
import { hiredMonth, numberOn, personsOf } from '../../src/overtime/persons.ts';
import { changesWithinMonth, type HeldMinutes, placeMinutes, type RosterState } from '../../src/overtime/portions.ts';
import { profilesOf } from '../../src/overtime/profiles.ts';
import type { RestrictionKind } from '../../src/overtime/restrictions.ts';
import { type Status, statusOf } from '../../src/overtime/rules.ts';
import { Kind } from '../../src/overtime/schema.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import type { Policy } from '../../src/policy/rules.ts';
import type { HoursRowTable } from '../../src/ports/tables/overtime.ts';

/** One row of hours, as a file has it. `kind` is the 区分. */
export interface HoursFact {
  staff: string;
  date: string;
  kind: string;
  minutes: number;
  flag: HoursRowTable['flag'];
  section: string | null;
}

/** What the roster says of a number from a day on. */
export interface StateFact {
  staff: string;
  from: string;
  hired: string;
  left: string | null;
  manager: boolean;
  section: string;
  workplace: string | null;
  category: string | null;
  previous: string | null;
}

/** Everything a status is decided from: rows and roster of one or several numbers of one person. */
export interface Facts {
  /** What stands under `overtime:`. */
  policy: Policy['overtime'];
  yearStart: string;
  month: string;
  /** The day judged: the last of the month, or the day as of which is asked. */
  day: string;
  roster: StateFact[];
  hours: HoursFact[];
  openings: { staff: string; month: string; minutes: number }[];
  restrictions: RestrictionKind[];
}

/** The `overtime:` part of a policy, from YAML (empty: the defaults). */
export function overtimePolicy(yaml: string): Policy['overtime'] {
  const read = readPolicy(`organisation: 見本市\n${yaml}`, 1);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.book.on('2021-10-31').overtime;
}

/** What the rules say of these facts: minutes summed as the store sums them, placed, and held against every profile of the person. */
export function statusesOf(facts: Facts): Status[] {
  const states = facts.roster.map(
    (fact): RosterState => ({
      staff: fact.staff,
      from: fact.from,
      manager: fact.manager,
      section: fact.section,
      sectionKey: fact.section,
      bureau: fact.section.split('/')[0] ?? '',
      appointer: null,
      workplace: fact.workplace,
      category: fact.category,
      hiredOn: fact.hired,
      leftOn: fact.left,
      previous: fact.previous,
    }),
  );
  return personsOf(states).flatMap((person) => {
    const { staff, state } = numberOn(person, facts.day);
    const portions = person.numbers.flatMap((number) =>
      placeMinutes(heldBy(facts, number.staff, number.states), number.states, (section) => section),
    );
    const own = new Set(person.numbers.map((number) => number.staff));
    const hours = {
      staff,
      manager: state.manager,
      workplace: state.workplace ?? state.section,
      hired: hiredMonth(person, facts.day),
      opened: new Set(facts.openings.filter((one) => own.has(one.staff)).map((one) => monthOf(one.month))),
      portions,
      restrictions: facts.restrictions,
    };
    const { ledgerFrom, transfer, holidayExtraCounts, profiles } = facts.policy;
    const first = ledgerFrom ?? facts.hours.map((row) => row.date).sort()[0] ?? facts.month;
    const reckoning = { month: monthOf(facts.month), yearStart: facts.yearStart, ledgerFrom: monthOf(first) };
    return profilesOf(profiles, state).flatMap((profile) =>
      statusOf(hours, profile, { ...reckoning, transfer, holidayExtraCounts }),
    );
  });
}

/** As the store sums: by month, by day where something changes within a month; nothing after the day judged. */
function heldBy(facts: Facts, staff: string, states: RosterState[]): HeldMinutes[] {
  const daily =
    changesWithinMonth(states) ||
    facts.policy.profiles.some((profile) => profile.day !== undefined || profile.holidayWork !== undefined);
  const sums = new Map<string, HeldMinutes>();
  for (const row of facts.hours) {
    if (row.staff !== staff || row.date > facts.day) continue;
    const period = daily ? row.date : row.date.slice(0, 7);
    const kind = Kind.parse(row.kind);
    const key = [period, kind, row.flag, row.section].join(' ');
    const sum = sums.get(key) ?? { period, kind, flag: row.flag, reason: null, section: row.section, minutes: 0 };
    sums.set(key, { ...sum, minutes: sum.minutes + row.minutes });
  }
  const opened = facts.openings.filter((one) => one.staff === staff);
  const openings = opened.map(({ month, minutes }) => ({
    period: month,
    kind: 'opening' as const,
    flag: null,
    reason: null,
    section: null,
    minutes,
  }));
  return [...sums.values(), ...openings];
}
