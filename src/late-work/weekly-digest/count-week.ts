import type { LocalDate } from '../../ports/clock.ts';

/** Something that happened to one person on one date. */
export interface Happened {
  staff: string;
  date: LocalDate;
}

/** An application made after the work had begun, with the reason the person gave that day. */
export interface AfterTheFact extends Happened {
  reason: string | null;
}

/** How a team answered on one of its no-overtime days. */
export interface DayAnswers {
  date: LocalDate;
  leave: number;
  stay: number;
  unanswered: number;
  /** The result of that day is told here for the first time. */
  merged: boolean;
}

/** What the city's systems and the cards know of a period, person by person. */
export interface WeekFacts {
  answers: { staff: string; date: LocalDate; said: 'leave' | 'stay' | 'unanswered' | 'other' }[];
  late: Happened[];
  ahead: Happened[];
  heldBack: Happened[];
  afterTheFact: AfterTheFact[];
  /** Null where no agreement covers anybody (P12). */
  gaps: Happened[] | null;
  openGaps: Happened[];
  /** Null on a digest that tells of no month. */
  shortRests: Happened[] | null;
}

/** Counts of one team: what a head reads, without a name. */
export interface WeekCounts {
  days: DayAnswers[];
  late: number;
  ahead: number;
  heldBack: number;
  /** By reason, most first; `null` is 「記録なし」. */
  afterTheFact: { reason: string | null; count: number }[];
  gaps: number | null;
  openGaps: number;
  shortRests: number | null;
}

/** The facts of a whole city by team, each in one pass; `teamOf` gives the team of a person, null for none. */
export function byTeam(facts: WeekFacts, teamOf: (staff: string) => string | null): (team: string) => WeekFacts {
  const split = <T extends Happened>(all: readonly T[]) => Map.groupBy(all, (one) => teamOf(one.staff) ?? '');
  const answers = split(facts.answers);
  const late = split(facts.late);
  const ahead = split(facts.ahead);
  const heldBack = split(facts.heldBack);
  const afterTheFact = split(facts.afterTheFact);
  const gaps = facts.gaps && split(facts.gaps);
  const openGaps = split(facts.openGaps);
  const shortRests = facts.shortRests && split(facts.shortRests);
  return (team) => ({
    answers: answers.get(team) ?? [],
    late: late.get(team) ?? [],
    ahead: ahead.get(team) ?? [],
    heldBack: heldBack.get(team) ?? [],
    afterTheFact: afterTheFact.get(team) ?? [],
    gaps: gaps && (gaps.get(team) ?? []),
    openGaps: openGaps.get(team) ?? [],
    shortRests: shortRests && (shortRests.get(team) ?? []),
  });
}

/** Counts what concerns these people (W3, P2, P13). Each day of each person counts once under each heading. */
export function countWeek(facts: WeekFacts, team: ReadonlySet<string>, mergedFrom: LocalDate): WeekCounts {
  const ours = <T extends Happened>(all: readonly T[]) => all.filter((one) => team.has(one.staff));
  return {
    days: daysOf(ours(facts.answers), mergedFrom),
    late: ours(facts.late).length,
    ahead: ours(facts.ahead).length,
    heldBack: ours(facts.heldBack).length,
    afterTheFact: byReason(ours(facts.afterTheFact)),
    gaps: facts.gaps === null ? null : ours(facts.gaps).length,
    openGaps: ours(facts.openGaps).length,
    shortRests: facts.shortRests === null ? null : ours(facts.shortRests).length,
  };
}

/** Whether a head is told anything new: a day on which all went home and whose result was told before is nothing new. */
export function hasNews(counts: WeekCounts): boolean {
  const figures = [counts.late, counts.ahead, counts.heldBack, counts.gaps, counts.openGaps, counts.shortRests];
  return (
    counts.days.some((day) => day.merged || day.stay > 0) ||
    counts.afterTheFact.length > 0 ||
    figures.some((figure) => (figure ?? 0) > 0)
  );
}

function daysOf(answers: WeekFacts['answers'], mergedFrom: LocalDate): DayAnswers[] {
  const byDate = [...Map.groupBy(answers, (one) => one.date)].sort(([one], [other]) => (one < other ? -1 : 1));
  return byDate.map(([date, of]) => {
    const count = (said: string) => of.filter((one) => one.said === said).length;
    return {
      date,
      leave: count('leave'),
      stay: count('stay'),
      unanswered: count('unanswered'),
      merged: date >= mergedFrom,
    };
  });
}

function byReason(applications: AfterTheFact[]): WeekCounts['afterTheFact'] {
  return [...Map.groupBy(applications, (one) => one.reason)]
    .map(([reason, of]) => ({ reason, count: of.length }))
    .sort((a, b) => b.count - a.count || String(a.reason ?? '~').localeCompare(String(b.reason ?? '~')));
}
