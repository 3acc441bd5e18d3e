import { formatDay } from '../../calendar/index.ts';
import { currentPolicy, workingCalendar } from '../../policy/index.ts';
import type { Language } from '../../ports/cards.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import { minutesReader, personOfNumber } from '../gather.ts';
import { healthOf } from '../health.ts';
import { personHours, reckoningOf } from '../list-status.ts';
import { firstDayOf, lastDayOf, type Month, monthOf, yearStartOf } from '../months.ts';
import { numberOn } from '../persons.ts';
import { type Profile, profilesOf } from '../profiles.ts';
import { type Course, type Pace, type Projection, projectionOf, whatIf } from '../projection.ts';
import { ledgerDays } from '../queries.ts';
import { regularWork } from '../regular-work.ts';
import { restrictionsOn, wholeDaysOff } from '../roster/queries.ts';
import { type Reckoning, type Status, statusOf } from '../rules.ts';
import { countedMonths, countingOf } from '../sums.ts';
import { daysOf, isPeakDay } from './days.ts';
import type { SetView } from './facts.ts';

/** Everything the card of one person shows of one month. */
export interface OwnHours {
  month: number;
  through: LocalDate | null;
  sets: SetView[];
  manager: boolean;
  health: number;
  whatIf: { hours: number; passes: string[] } | null;
}

const everything = { files: null, until: null };

/**
 * The own hours of a person in the month of a day, with outlook and, where hours are given, a trial reckoning. Null for a
 * number the roster never held.
 */
export async function gatherOwnHours(
  ports: Ports,
  db: Db,
  asked: { staff: string; today: LocalDate; language: Language; more: number | null },
): Promise<OwnHours | null> {
  const { today, language, more } = asked;
  const facts = await factsOfPerson(ports, db, asked.staff, today);
  if (facts === null) return null;
  const { policy, reckoning, minutes, hours, profiles, calendar } = facts;
  const through = await lastRecord(db, reckoning.month, today);
  const course = courseOf(facts);
  const outlook =
    course === null || hours.manager ? null : projectionOf(await paceOf(db, facts, through, today), course);
  const regular = regularWork(calendar, policy.office.dayMinutes);
  const known = Math.max(reckoning.ledgerFrom, hours.hired);
  const sets = profiles.flatMap((profile) =>
    statusOf(hours, profile, reckoning).map((status) => setOf(status, profile, language, reckoning)),
  );
  return {
    month: (reckoning.month % 12) + 1,
    through,
    sets: sets.map((set, at) => (at === 0 ? { ...set, outlook: outlookOf(outlook) } : set)),
    manager: hours.manager,
    health: healthOf(minutes.portions, reckoning.month, policy.overtime, known, regular).minutes,
    whatIf: more === null || course === null ? null : { hours: more, passes: whatIf(course, more * 60).newlyPassed },
  };
}

type Facts = NonNullable<Awaited<ReturnType<typeof factsOfPerson>>>;

async function factsOfPerson(ports: Ports, db: Db, staff: string, today: LocalDate) {
  const person = await personOfNumber(db, staff);
  if (person === null) return null;
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(today);
  const reckoning = await reckoningOf(db, policy, monthOf(today), everything);
  const { month, yearStart } = reckoning;
  const span = { from: Math.min(month - 5, yearStartOf(month, yearStart)), to: month, daily: true };
  const [minutes] = await (await minutesReader(db, everything))([person], span);
  if (minutes === undefined) return null;
  const numbers = person.numbers.map((one) => one.staff);
  const restrictions = (await restrictionsOn(db, today)).filter((one) => numbers.includes(one.staff));
  const kinds = restrictions.map((one) => one.kind);
  const { state } = numberOn(person, today);
  return {
    policy,
    reckoning,
    minutes,
    numbers,
    state,
    hours: personHours(person, minutes, kinds, today),
    profiles: profilesOf(policy.overtime.profiles, state),
    calendar: await workingCalendar(db, book, today),
  };
}

function setOf(status: Status, profile: Profile, language: Language, { ledgerFrom }: Reckoning): SetView {
  const { flagged, workplace } = status;
  const { months45, average } = profile;
  return {
    name: workplace === undefined ? profile.name : `${profile.name}　${workplace}`,
    months45: months45 === null ? null : { count: status.months45, allowed: months45.allowed },
    averageHours: average === null ? null : String(average / 60),
    outlook: null,
    minutes: status.minutes,
    year: status.year,
    managerMinutes: status.managerMinutes,
    flaggedMinutes: flagged['33条'] + flagged.特例業務,
    headroom: status.headroom,
    passed: status.passed,
    noRecordUntil: monthWords(ledgerFrom - 1, language),
  };
}

function outlookOf(outlook: Projection | null): SetView['outlook'] {
  if (outlook === null) return null;
  const [nearest] = outlook.breaks;
  const breaks = nearest === undefined ? null : { length: nearest.length, month: Number(nearest.month.slice(5)) };
  return { monthEnd: outlook.monthEnd, yearEnd: outlook.yearEnd, breaks };
}

/** 「2021年3月」 */
function monthWords(month: Month, language: Language): string {
  const [year, number] = [Math.floor(month / 12), (month % 12) + 1];
  if (language === 'en') return formatDay(firstDayOf(month), 'en').split(' ').slice(2).concat(String(year)).join(' ');
  return language === 'easy' ? `${year}年(ねん)${number}月(がつ)` : `${year}年${number}月`;
}

/** The last day of the month, not after today, that a file of hours has reached; null where none has. */
async function lastRecord(db: Db, month: Month, today: LocalDate): Promise<LocalDate | null> {
  const last = (await ledgerDays(db, everything))?.last ?? null;
  if (last === null || last < firstDayOf(month)) return null;
  return last < today ? last : today;
}

/** Counted minutes of the month so far, and the days they were worked on and are still to be. */
async function paceOf(db: Db, facts: Facts, through: LocalDate | null, today: LocalDate): Promise<Pace> {
  const { policy, reckoning, minutes, numbers, state, profiles, calendar } = facts;
  const month = monthOf(today);
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  const off = await wholeDaysOff(db, numbers, first, last);
  const about = { peaks: policy.peaks, staff: state.staff, section: state.section };
  const [profile] = profiles;
  const counting = profile === undefined ? null : countingOf(profile, reckoning.holidayExtraCounts);
  const sums = { ordinary: 0, peak: 0 };
  for (const portion of minutes.portions) {
    const { date, manager, flag } = portion;
    if (date === null || portion.month !== month || manager || flag !== null || !counting?.inMonth(portion)) continue;
    sums[isPeakDay(date, about) ? 'peak' : 'ordinary'] += portion.minutes;
  }
  return { minutes: sums, ...daysOf({ first, last, through: through ?? '', off, calendar, ...about }) };
}

function courseOf({ minutes, hours, reckoning, profiles }: Facts): Course | null {
  const [profile] = profiles;
  if (profile === undefined) return null;
  const { month, yearStart, ledgerFrom, holidayExtraCounts } = reckoning;
  const months = countedMonths(minutes.portions, countingOf(profile, holidayExtraCounts));
  return { month, yearStart, profile, months, known: { ledgerFrom, hired: hours.hired, opened: minutes.opened } };
}
