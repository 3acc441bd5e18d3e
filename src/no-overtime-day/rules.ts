import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { WhyNot } from '../ports/room.ts';

/** What kind of day the calendar says it is. */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'year-end';

/** What decides whether a date is a no-overtime day, before anybody's own reasons. */
export interface DayFacts {
  date: LocalDate;
  kind: DayKind;
  /** The city's weekday falls on this date. */
  cityDay: boolean;
  /** `onHoliday: previousBusinessDay`: a city day that falls on a day off was moved to this date (D16). */
  movedHere: boolean;
  /** A ワーク・ライフ・バランスデー takes the card's place (D17). */
  wlbDay: boolean;
}

/** One person on that date. Minutes are the person's own. */
export interface PersonFacts {
  staff: string;
  endMinute: MinuteOfDay;
  /** The person's section has its own day on this date (1-1-3). */
  sectionDay: boolean;
  shift: boolean;
  /** Away at own end − `minutesBeforeEnd` (leave, trip, 休職, not in service), or paused then (災害モード, peak); null: to be asked. */
  away: WhyNot | null;
}

export interface CardDecision {
  staff: string;
  /** Minute of the date at which the card goes. */
  minute: MinuteOfDay;
  /** From this minute on it is of no use and takes no answer: own end + 60 (D24). */
  lastUsefulMinute: MinuteOfDay;
  why?: WhyNot;
}

/** Answers are taken, and a late card is still of use, until own end + 60 minutes (D24). */
export const answerMinutes = 60;

/**
 * Who gets C01 on this date and who does not, with the reason (W1, W2; D14, D16, D17): everybody on the city's day, the
 * section's staff on the section's own day, one card where both fall together. Empty when the date is nobody's day.
 */
export function decideCards(day: DayFacts, people: PersonFacts[], minutesBeforeEnd: number): CardDecision[] {
  const forAll = day.cityDay || day.movedHere;
  return people
    .filter((person) => forAll || person.sectionDay)
    .map((person) => {
      const why = whyNot(day, person);
      return {
        staff: person.staff,
        minute: person.endMinute - minutesBeforeEnd,
        lastUsefulMinute: person.endMinute + answerMinutes,
        ...(why === null ? {} : { why }),
      };
    });
}

/** Not in service, then what the day itself says, then the person's own reasons. */
function whyNot(day: DayFacts, person: PersonFacts): WhyNot | null {
  if (person.away === 'not-hired' || person.away === 'retired') return person.away;
  if (day.kind === 'holiday' || day.kind === 'year-end') return day.kind;
  if (day.kind === 'weekend') return 'not-in-scope';
  if (day.wlbDay) return 'replaced';
  if (person.away === 'muted') return 'muted';
  if (person.shift) return 'shift';
  return person.away;
}

/** One head and the staff who report to the head, as the day was decided for them. */
export interface TeamFacts {
  head: string;
  /** Who is asked on this date: the head, or who acts for the head (P3); null where nobody is there. */
  acting: string | null;
  /** Why the head is not asked; null where the head is. */
  headAway: WhyNot | null;
  members: CardDecision[];
}

export interface ActingFacts {
  staff: string;
  endMinute: MinuteOfDay;
}

export interface HeadDecision extends CardDecision {
  /** The heads whose teams the card covers. */
  heads: string[];
}

/**
 * The Wednesday summary (P13): one card at the own end of whoever acts for a head, over all teams that person answers for;
 * of use until nobody in them can answer any more. A head whose staff are not asked that day gets none.
 */
export function decideSummaries(teams: TeamFacts[], acting: (staff: string) => ActingFacts): HeadDecision[] {
  return decideForHeads(teams, (staff, members) => {
    const { endMinute } = acting(staff);
    const lasts = members.filter((member) => !member.why).map((member) => member.lastUsefulMinute);
    return { minute: endMinute, lastUsefulMinute: Math.max(endMinute + answerMinutes, ...lasts) };
  });
}

/** The result on the next working day (W4): at `minute`, of use until `lastUsefulMinute` (D24), for the same people. */
export function decideResults(
  teams: TeamFacts[],
  minute: (staff: string) => MinuteOfDay,
  lastUsefulMinute: MinuteOfDay,
): HeadDecision[] {
  return decideForHeads(teams, (staff) => ({ minute: minute(staff), lastUsefulMinute }));
}

function decideForHeads(
  teams: TeamFacts[],
  times: (staff: string, members: CardDecision[]) => { minute: MinuteOfDay; lastUsefulMinute: MinuteOfDay },
): HeadDecision[] {
  const due = new Map<string, TeamFacts[]>();
  const skipped: HeadDecision[] = [];
  for (const team of teams) {
    const why = whyNoCard(team);
    if (why === null && team.acting !== null) due.set(team.acting, [...(due.get(team.acting) ?? []), team]);
    if (why !== null) skipped.push({ staff: team.head, ...times(team.head, team.members), why, heads: [team.head] });
    else if (team.acting !== team.head) {
      skipped.push({
        staff: team.head,
        ...times(team.head, team.members),
        why: team.headAway ?? 'absent',
        heads: [team.head],
      });
    }
  }
  const sent = [...due].map(([staff, covered]) => {
    const members = covered.flatMap((team) => team.members);
    return { staff, ...times(staff, members), heads: covered.map((team) => team.head) };
  });
  return [...sent, ...skipped.filter((decision) => !due.has(decision.staff))];
}

/** Nobody of the team is asked: the reason they share, or that the head is not concerned. */
function whyNoCard(team: TeamFacts): WhyNot | null {
  if (team.members.some((member) => !member.why)) return null;
  const reasons = new Set(team.members.map((member) => member.why));
  const dayReasons: WhyNot[] = ['holiday', 'year-end', 'replaced', 'emergency', 'peak'];
  return dayReasons.find((reason) => reasons.has(reason)) ?? 'not-in-scope';
}

/** The quarter hours from which the planned end is chosen: after own end, up to `lastMinute` (22:00). At least one. */
export function untilChoices(endMinute: MinuteOfDay, lastMinute: MinuteOfDay): MinuteOfDay[] {
  const first = Math.floor(endMinute / 15) * 15 + 15;
  const choices: MinuteOfDay[] = [];
  for (let minute = first; minute <= Math.max(first, lastMinute); minute += 15) choices.push(minute);
  return choices;
}
