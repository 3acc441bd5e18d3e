import { type Figures, WINDOWS } from './figures.ts';
import type { Profile } from './profiles.ts';

export const FAMILIES = ['month', 'year', 'months45', 'average'] as const;
export type Family = (typeof FAMILIES)[number];

/** The limit of a family, in minutes, for months45 in months allowed; null where the profile has none. */
export function limitOf(profile: Profile, family: Family): number | null {
  return family === 'months45' ? (profile.months45?.allowed ?? null) : profile[family];
}

/** `month-45`, `year-480`, `average-80` from minutes, `months45-7` from months. Half hours are written `month-70:30`. */
export function stageName(family: Family, stage: number): string {
  if (family === 'months45') return `months45-${stage}`;
  const rest = stage % 60;
  return `${family}-${Math.floor(stage / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/**
 * The highest stage of a family that is reached; null for none, for figures that are unknown and where the profile has no
 * such limit. D12 as personnel.md 0 corrects it: a stage equal to a limit of the family, or to the 45 h of months45, is
 * reached only above it, every other at it.
 */
export function reachedStage(profile: Profile, family: Family, figures: Figures): number | null {
  const limit = limitOf(profile, family);
  if (limit === null) return null;
  const most = family === 'months45' ? limit + 1 : limit;
  const reached = profile.stages[family].filter((stage) => stage <= most && isReached(profile, family, stage, figures));
  return reached.at(-1) ?? null;
}

function isReached(profile: Profile, family: Family, stage: number, figures: Figures): boolean {
  switch (family) {
    case 'month':
      return stage === profile.month
        ? monthPassed(profile, figures)
        : isAt(figures.minutes, stage, isLine45(profile, stage));
    case 'year':
      return figures.year !== null && isAt(figures.year, stage, stage === profile.year);
    case 'months45':
      return figures.months45 !== null && figures.months45 >= stage;
    case 'average':
      return figures.windows.some(
        (sum, at) => sum !== null && isAt(sum, stage * (WINDOWS[at] ?? 0), stage === profile.average),
      );
  }
}

const isAt = (value: number, stage: number, onlyAbove: boolean) => (onlyAbove ? value > stage : value >= stage);

const isLine45 = (profile: Profile, stage: number) => stage === profile.months45?.over;

/** D2: passed above the limit; a limit with `monthAt: reached` (under 100 h) is passed at it, by the hours of the person. */
function monthPassed(profile: Profile, figures: Figures): boolean {
  if (profile.month === null) return false;
  return profile.monthAt === 'reached' ? figures.minutesOfPerson >= profile.month : figures.minutes > profile.month;
}

/** The lengths of the windows that pass the average limit, on exact sums (D4). */
export function windowsPassed(profile: Profile, figures: Figures): number[] {
  const { average } = profile;
  if (average === null) return [];
  return WINDOWS.filter((length, at) => {
    const sum = figures.windows[at];
    return sum !== null && sum !== undefined && sum > average * length;
  });
}

/** The limits passed, by name. */
export function limitsPassed(profile: Profile, figures: Figures): string[] {
  const { month, year, average, months45 } = profile;
  const passed: string[] = [];
  if (month !== null && monthPassed(profile, figures)) passed.push(stageName('month', month));
  if (year !== null && figures.year !== null && figures.year > year) passed.push(stageName('year', year));
  if (average !== null && windowsPassed(profile, figures).length > 0) passed.push(stageName('average', average));
  if (months45 !== null && figures.months45 !== null && figures.months45 > months45.allowed)
    passed.push(stageName('months45', months45.allowed + 1));
  return passed;
}
