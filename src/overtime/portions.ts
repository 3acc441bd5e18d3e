import type { LocalDate } from '../ports/clock.ts';
import type { HoursKind, HoursRowTable } from '../ports/tables/overtime.ts';
import { type Month, monthOf } from './months.ts';

export type Flag = NonNullable<HoursRowTable['flag']>;

/** Minutes that are alike in everything a limit looks at. `opening` are minutes of a month before the ledger: counted everywhere. */
export interface Portion {
  month: Month;
  /** The day, where minutes are kept apart by day. */
  date: LocalDate | null;
  kind: HoursKind | 'opening';
  flag: Flag | null;
  /** 事由 (P7); null is 通常. */
  reason: string | null;
  /** Worked as 管理職 (D8: by the day). */
  manager: boolean;
  /** Path of the section in which they were worked. */
  section: string;
  /** 事業場, the section where it is empty. */
  workplace: string;
  minutes: number;
}

/** What the roster says of one number from a day on. */
export interface RosterState {
  staff: string;
  from: LocalDate;
  manager: boolean;
  /** Path of the own section, and the key by which files name it. */
  section: string;
  sectionKey: string;
  bureau: string;
  /** 任命権者, where the staff file says it. */
  appointer: string | null;
  workplace: string | null;
  category: string | null;
  hiredOn: LocalDate;
  leftOn: LocalDate | null;
  previous: string | null;
}

/** Minutes as the store sums them: of a day (`YYYY-MM-DD`), or of a month (`YYYY-MM`) in which nothing about the person changed. */
export interface HeldMinutes {
  period: string;
  kind: HoursKind | 'opening';
  flag: Flag | null;
  reason: string | null;
  section: string | null;
  minutes: number;
}

/** The state of a number on a day: the last one begun, before the first the first. Throws for no state at all. */
export function stateOn(states: readonly RosterState[], date: LocalDate): RosterState {
  const state = states.findLast((one) => one.from <= date) ?? states[0];
  if (state === undefined) throw new RangeError('A number without a roster row has no state.');
  return state;
}

/**
 * Places minutes: the role is that of the day worked (D8), the section is the one the file names, else the own one of that
 * day; the 事業場 is the person's for the own section, elsewhere the section itself.
 */
export function placeMinutes(
  held: readonly HeldMinutes[],
  states: readonly RosterState[],
  pathOf: (section: string, date: LocalDate) => string,
): Portion[] {
  return held.map(({ period, kind, flag, reason, section, minutes }) => {
    const date = period.length === 10 ? period : null;
    const day = date ?? (kind === 'opening' ? `${period}-31` : `${period}-01`);
    const state = stateOn(states, day);
    const own = section === null || section === state.sectionKey || section === state.section;
    const path = own ? state.section : pathOf(section, day);
    const workplace = own ? (state.workplace ?? state.section) : path;
    const { manager } = state;
    return { month: monthOf(period), date, kind, flag, reason, manager, section: path, workplace, minutes };
  });
}

/** Numbers of which something that matters changes on a day that does not begin a month: their minutes are needed by day. */
export function changesWithinMonth(states: readonly RosterState[]): boolean {
  return states.some((state, at) => {
    const before = states[at - 1];
    if (before === undefined || state.from.endsWith('-01')) return false;
    return before.manager !== state.manager || before.section !== state.section || before.workplace !== state.workplace;
  });
}
