import { averageOf, type Figures, figuresAt, type Known, WINDOWS } from './figures.ts';
import { type Month, monthOf, monthsBetween, monthText, yearStartOf } from './months.ts';
import type { Portion } from './portions.ts';
import type { Profile } from './profiles.ts';
import { FAMILIES, type Family, reachedStage, stageName } from './stages.ts';
import { type CountedMonth, countedMonths, countingOf } from './sums.ts';

/** A stage reached (or, after a correction, reached no more) that was not before; `from` and `to` are its figure before and after. */
export interface Crossing {
  staff: string;
  profile: string;
  month: string;
  /** Only under `transfer: workplace`. */
  workplace?: string;
  stage: string;
  /** Minutes, for months45 months, for averages the highest average; null is unknown. */
  from: number | null;
  to: number | null;
}

/** Minutes of one person as they stood at one time. */
export interface Ledger {
  portions: readonly Portion[];
  opened: ReadonlySet<Month>;
  ledgerFrom: Month;
}

/** Whom and over which months crossings are looked for. */
export interface CrossingScope {
  staff: string;
  profile: Profile;
  hired: Month;
  yearStart: string;
  holidayExtraCounts: boolean;
  /** The months to look at, in order. */
  months: readonly Month[];
}

interface At {
  month: Month;
  figures: Figures;
  stages: Record<Family, number | null>;
}

/**
 * The crossings between two states of a ledger under one profile. A month and an average are told for each month, a year
 * and months45 once for each 年度, in the month in which the stage is first reached; of several stages of one family only
 * the highest (D12).
 */
export function crossingsBetween(before: Ledger, after: Ledger, scope: CrossingScope, workplace?: string): Crossing[] {
  const old = reachedIn(before, scope, workplace);
  const now = reachedIn(after, scope, workplace);
  const years = Map.groupBy(
    scope.months.map((_, at) => at),
    (at) => yearStartOf(scope.months[at] ?? 0, scope.yearStart),
  );
  const groups = (family: Family) =>
    family === 'year' || family === 'months45' ? [...years.values()] : scope.months.map((_, at) => [at]);
  return FAMILIES.flatMap((family) =>
    groups(family).flatMap((places) => crossingIn(family, places, old, now, scope, workplace)),
  ).sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
}

function crossingIn(
  family: Family,
  places: readonly number[],
  old: readonly At[],
  now: readonly At[],
  scope: CrossingScope,
  workplace: string | undefined,
): Crossing[] {
  const highest = (run: readonly At[]) => Math.max(0, ...places.map((at) => run[at]?.stages[family] ?? 0));
  const [was, is] = [highest(old), highest(now)];
  if (was === is) return [];
  const run = is > was ? now : old;
  const stage = Math.max(was, is);
  const place = places.find((at) => run[at]?.stages[family] === stage);
  const [from, to] = [old[place ?? -1], now[place ?? -1]];
  if (from === undefined || to === undefined) return [];
  return [
    {
      staff: scope.staff,
      profile: scope.profile.name,
      month: monthText(to.month),
      ...(workplace === undefined ? {} : { workplace }),
      stage: stageName(family, stage),
      from: figureOf(family, from.figures),
      to: figureOf(family, to.figures),
    },
  ];
}

function figureOf(family: Family, figures: Figures): number | null {
  if (family === 'month') return figures.minutes;
  if (family === 'year') return figures.year;
  if (family === 'months45') return figures.months45;
  const averages = WINDOWS.flatMap((length) => averageOf(figures.windows, length) ?? []);
  return averages.length === 0 ? null : Math.max(...averages);
}

function reachedIn(ledger: Ledger, scope: CrossingScope, workplace: string | undefined): At[] {
  const { profile, hired, yearStart } = scope;
  const counting = countingOf(profile, scope.holidayExtraCounts);
  const person = countedMonths(ledger.portions, counting);
  const own: Map<Month, CountedMonth> =
    workplace === undefined
      ? person
      : countedMonths(
          ledger.portions.filter((portion) => portion.workplace === workplace),
          counting,
        );
  const known: Known = { ledgerFrom: ledger.ledgerFrom, hired, opened: ledger.opened };
  return scope.months.map((month) => {
    const figures = figuresAt(month, yearStartOf(month, yearStart), profile, own, person, known);
    const stages = {
      month: reachedStage(profile, 'month', figures),
      year: reachedStage(profile, 'year', figures),
      months45: reachedStage(profile, 'months45', figures),
      average: reachedStage(profile, 'average', figures),
    };
    return { month, figures, stages };
  });
}

/**
 * Leaves out what would be told twice: a year's stage, where months of a 年度 are judged by another policy or profile and
 * were looked at apart, and an average, which is the person's, under several 事業場. The first one stays.
 */
export function toldOnce(crossings: readonly Crossing[], yearStart: string): Crossing[] {
  const seen = new Set<string>();
  return crossings.filter(({ staff, profile, workplace = '', month, stage }) => {
    const ofYear = /^(?:year|months45)-/.test(stage);
    const ofPerson = stage.startsWith('average-');
    const when = ofYear ? yearStartOf(monthOf(month), yearStart) : month;
    const key = [staff, profile, ofPerson ? '' : workplace, stage, when].join('\u0000');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The 事業場 in which either state of the ledger has minutes, in order. */
export function workplacesIn(...ledgers: readonly Ledger[]): string[] {
  const found = new Set(ledgers.flatMap(({ portions }) => portions.map((portion) => portion.workplace)));
  return [...found].sort();
}

/** The months a change can be felt in: from the first one changed to the last one in the ledger. */
export function monthsConcerned(firstChanged: Month, last: Month): Month[] {
  return monthsBetween(firstChanged, Math.max(firstChanged, last));
}
