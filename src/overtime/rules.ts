import { type DayLimits, dayLimits } from './day-limits.ts';
import { averageOf, type Figures, figuresAt, type Known, WINDOWS } from './figures.ts';
import { durationText, type Month, monthText, yearStartOf } from './months.ts';
import type { Portion } from './portions.ts';
import type { Profile } from './profiles.ts';
import { type RestrictionKind, restrictionRoom } from './restrictions.ts';
import { FAMILIES, limitsPassed, reachedStage, stageName, windowsPassed } from './stages.ts';
import { besideOf, type Counting, countedMonths, countingOf, type MonthBeside } from './sums.ts';

/** Everything about one person that the limits look at. Months are whole; `portions` reach back at least six months and to the start of the 年度. */
export interface PersonHours {
  staff: string;
  /** On the last day of the month, or on the day as of which is asked. */
  manager: boolean;
  /** 事業場 on that day. */
  workplace: string;
  hired: Month;
  opened: ReadonlySet<Month>;
  portions: readonly Portion[];
  /** Restrictions in force on that day (P4). */
  restrictions: readonly RestrictionKind[];
}

/** What holds for everybody, from the policy of the day judged. */
export interface Reckoning {
  month: Month;
  /** MM-DD */
  yearStart: string;
  ledgerFrom: Month;
  transfer: 'person' | 'workplace';
  holidayExtraCounts: boolean;
}

/** One object of `overtime status --json` (contracts.md 4), keys in its order. */
export interface Status extends MonthBeside {
  staff: string;
  profile: string;
  month: string;
  /** Only under `transfer: workplace`. */
  workplace?: string;
  minutes: number;
  display: string;
  manager: boolean;
  months45: number | null;
  year: number | null;
  averages: Record<string, number | null>;
  windowsPassed: number[];
  stages: string[];
  passed: string[];
  headroom: Record<string, number | null>;
  /** Only where the profile has a day limit or a number of 休日勤務 (P10). */
  days?: DayLimits;
}

/** The status of a person under one profile at the end of the month: one, or under `workplace` one for each 事業場 (D9). */
export function statusOf(person: PersonHours, profile: Profile, reckoning: Reckoning): Status[] {
  const counting = countingOf(profile, reckoning.holidayExtraCounts);
  if ((profile.transfer ?? reckoning.transfer) === 'person')
    return [oneStatus(person, profile, reckoning, counting, person.portions, null)];
  return workplacesOf(person, reckoning).map((workplace) => {
    const own = person.portions.filter((portion) => portion.workplace === workplace);
    return oneStatus(person, profile, reckoning, counting, own, workplace);
  });
}

/** Where the person worked in this 年度, in order of time and name, and where the person stands now. */
export function workplacesOf(person: PersonHours, { month, yearStart }: Reckoning): string[] {
  const start = yearStartOf(month, yearStart);
  const worked = person.portions.filter((portion) => portion.month >= start && portion.month <= month);
  const inOrder = worked.toSorted((a, b) => a.month - b.month || (a.workplace < b.workplace ? -1 : 1));
  return [...new Set([...inOrder.map((portion) => portion.workplace), person.workplace])];
}

function oneStatus(
  person: PersonHours,
  profile: Profile,
  reckoning: Reckoning,
  counting: Counting,
  own: readonly Portion[],
  workplace: string | null,
): Status {
  const { month } = reckoning;
  const figures = figuresOf(person, profile, reckoning, counting, own);
  const beside = besideOf(own, month, counting);
  const days = dayLimits(profile, own, month, counting);
  return {
    staff: person.staff,
    profile: profile.name,
    month: monthText(month),
    ...(workplace === null ? {} : { workplace }),
    minutes: figures.minutes,
    display: durationText(figures.minutes),
    flagged: beside.flagged,
    manager: person.manager,
    managerMinutes: beside.managerMinutes,
    months45: figures.months45,
    year: figures.year,
    averages: Object.fromEntries(WINDOWS.map((length) => [length, averageOf(figures.windows, length)])),
    windowsPassed: windowsPassed(profile, figures),
    stages: stageNames(profile, figures),
    passed: [...limitsPassed(profile, figures), ...(days?.passed ?? [])],
    shares: beside.shares,
    headroom: headroomOf(profile, figures, person.restrictions),
    ...(days === null ? {} : { days: days.limits }),
  };
}

/** The figures of a person at the end of a month under one profile; `own` are the minutes of the 事業場 looked at. */
export function figuresOf(
  person: Pick<PersonHours, 'hired' | 'opened' | 'portions'>,
  profile: Profile,
  { month, yearStart, ledgerFrom }: Pick<Reckoning, 'month' | 'yearStart' | 'ledgerFrom'>,
  counting: Counting,
  own: readonly Portion[] = person.portions,
): Figures {
  const known: Known = { ledgerFrom, hired: person.hired, opened: person.opened };
  const all = countedMonths(person.portions, counting);
  const ofOwn = own === person.portions ? all : countedMonths(own, counting);
  return figuresAt(month, yearStartOf(month, yearStart), profile, ofOwn, all, known);
}

function stageNames(profile: Profile, figures: Figures): string[] {
  return FAMILIES.flatMap((family) => {
    const stage = reachedStage(profile, family, figures);
    return stage === null ? [] : [stageName(family, stage)];
  });
}

/** Minutes (months45: months) that may still be worked without passing, never below 0; null where the figure is unknown. */
export function headroomOf(
  profile: Profile,
  figures: Figures,
  restrictions: readonly RestrictionKind[],
): Record<string, number | null> {
  const { month, year, average, months45 } = profile;
  const left = (limit: number, used: number | null) => (used === null ? null : Math.max(0, limit - used));
  const headroom: Record<string, number | null> = {};
  if (month !== null) {
    const reached = profile.monthAt === 'reached';
    const used = reached ? figures.minutesOfPerson : figures.minutes;
    headroom[stageName('month', month)] = left(reached ? month - 1 : month, used);
  }
  if (year !== null) headroom[stageName('year', year)] = left(year, figures.year);
  if (months45 !== null) headroom.months45 = left(months45.allowed, figures.months45);
  if (average !== null) headroom.average = averageRoom(average, figures);
  const restriction = restrictionRoom(restrictions, figures);
  if (restriction !== null) headroom.restriction = restriction;
  return headroom;
}

function averageRoom(average: number, { windows }: Figures): number | null {
  const rooms = windows.flatMap((sum, at) => (sum === null ? [] : [average * (WINDOWS[at] ?? 0) - sum]));
  return rooms.length === 0 ? null : Math.max(0, Math.min(...rooms));
}
