import type { Facts, HoursFact, StateFact } from './facts.ts';

/*
 * The definitions of domain.md 3.2 (D1-D12) and personnel.md 0 once more, the slow and literal way: every figure is asked of
 * all rows again, in words as close to the page as can be. It shares no code with src/overtime.
 */

type Profile = Facts['policy']['profiles'][number];

/** What the contract prints, without what is only layout (display). */
export interface Expected {
  staff: string;
  profile: string;
  workplace?: string;
  minutes: number;
  flagged: Record<string, number>;
  manager: boolean;
  managerMinutes: number;
  months45: number | null;
  year: number | null;
  averages: Record<string, number | null>;
  windowsPassed: number[];
  stages: string[];
  passed: string[];
  shares: { section: string; minutes: number }[];
  headroom: Record<string, number | null>;
}

const classNames: Record<string, string> = {
  平日: 'weekday',
  週休日: 'weekoff',
  週休日振替同一週: 'weekoff_same_week',
  週休日振替他週: 'weekoff',
  法定休日: 'legal_holiday',
  休日: 'holiday_normal',
  休日時間外: 'holiday_extra',
  宿日直: 'duty',
};

/** A row, or a month of `--opening`, told as what it means on its day. */
interface Duty {
  month: string;
  classes: string;
  flag: string | null;
  manager: boolean;
  section: string;
  place: string;
  minutes: number;
}

export function expectedOf(facts: Facts): Expected[] {
  const last = latestNumber(facts);
  const now = stateThen(facts, last, facts.day);
  const duties = dutiesOf(facts);
  const named = facts.policy.profiles.some((profile) => names(profile, now));
  return facts.policy.profiles
    .filter((profile) => profile.applies === 'all' || names(profile, now) || (profile.applies === 'default' && !named))
    .flatMap((profile) => {
      if ((profile.transfer ?? facts.policy.transfer) === 'person')
        return [underProfile(facts, profile, duties, duties, last, now, undefined)];
      const begin = yearBegin(facts.month, facts.yearStart);
      const places: string[] = [];
      for (const month of monthsFromTo(begin, facts.month))
        for (const place of duties.flatMap((duty) => (duty.month === month ? [duty.place] : [])).sort())
          if (!places.includes(place)) places.push(place);
      const here = now.workplace ?? now.section;
      if (!places.includes(here)) places.push(here);
      return places.map((place) =>
        underProfile(
          facts,
          profile,
          duties.filter((duty) => duty.place === place),
          duties,
          last,
          now,
          place,
        ),
      );
    });
}

function names(profile: Profile, now: StateFact): boolean {
  if (Array.isArray(profile.applies) && now.category !== null && profile.applies.includes(now.category)) return true;
  return (profile.sections ?? []).some((one) => now.section === one || now.section.startsWith(`${one}/`));
}

/** P9: of several numbers of one person the one that has begun. */
function latestNumber(facts: Facts): string {
  const numbers = [...new Set(facts.roster.map((state) => state.staff))];
  let latest = numbers[0] ?? '';
  for (const number of numbers) {
    const first = facts.roster.find((state) => state.staff === number);
    if (first && first.hired <= facts.day) latest = number;
  }
  return latest;
}

function stateThen(facts: Facts, staff: string, day: string): StateFact {
  const own = facts.roster.filter((state) => state.staff === staff);
  let then = own[0];
  for (const state of own) if (state.from <= day) then = state;
  if (!then) throw new Error(`The roster knows nobody called ${staff}.`);
  return then;
}

function dutiesOf(facts: Facts): Duty[] {
  const worked = facts.hours.filter((row) => row.date <= facts.day).map((row) => dutyOf(facts, row));
  const before = facts.openings.map(({ staff, month, minutes }): Duty => {
    const state = stateThen(facts, staff, `${month}-31`);
    const place = state.workplace ?? state.section;
    return { month, classes: '*', flag: null, manager: state.manager, section: state.section, place, minutes };
  });
  return [...worked, ...before];
}

function dutyOf(facts: Facts, row: HoursFact): Duty {
  const state = stateThen(facts, row.staff, row.date);
  const elsewhere = row.section !== null && row.section !== state.section;
  return {
    month: row.date.slice(0, 7),
    classes: classNames[row.kind] ?? '',
    flag: row.flag,
    manager: state.manager,
    section: elsewhere ? (row.section ?? '') : state.section,
    place: elsewhere ? (row.section ?? '') : (state.workplace ?? state.section),
    minutes: row.minutes,
  };
}

function underProfile(
  facts: Facts,
  profile: Profile,
  own: Duty[],
  all: Duty[],
  staff: string,
  now: StateFact,
  place: string | undefined,
): Expected {
  const { month } = facts;
  const counts = (list: readonly string[], duty: Duty) =>
    duty.classes === '*' ||
    (list.includes(duty.classes) && (facts.policy.holidayExtraCounts || duty.classes !== 'holiday_extra'));
  const ofMonth = (duty: Duty) => counts(profile.countsMonthAndAverage, duty);
  const ofYear = (duty: Duty) => counts(profile.counts, duty);
  const add = (duties: Duty[], fits: (duty: Duty) => boolean) =>
    duties.filter(fits).reduce((sum, duty) => sum + duty.minutes, 0);
  const plain = (duty: Duty) => !duty.manager && duty.flag === null;

  const minutesIn = (duties: Duty[], one: string) =>
    add(duties, (duty) => duty.month === one && plain(duty) && ofMonth(duty));
  const yearMinutesIn = (one: string) => add(own, (duty) => duty.month === one && plain(duty) && ofYear(duty));

  const hired = facts.roster[0] ? stateThen(facts, facts.roster[0].staff, facts.day).hired.slice(0, 7) : month;
  const firstRow = facts.hours.map((row) => row.date).sort()[0];
  const ledgerFrom = facts.policy.ledgerFrom ?? firstRow?.slice(0, 7) ?? month;
  const known = (one: string) => one >= ledgerFrom || facts.openings.some((opening) => opening.month === one);

  const yearMonths = monthsFromTo(yearBegin(month, facts.yearStart), month).filter((one) => one >= hired);
  const yearIsKnown = yearMonths.every(known);
  const year = yearIsKnown ? yearMonths.map(yearMinutesIn).reduce((sum, one) => sum + one, 0) : null;
  const over45 = profile.months45;
  const months45 = yearIsKnown && over45 ? yearMonths.filter((one) => yearMinutesIn(one) > over45.over).length : null;

  const windows = [2, 3, 4, 5, 6].map((length) => {
    const months = monthsFromTo(earlier(month, length - 1), month);
    if (months.some((one) => one < hired) || !months.every(known)) return { length, sum: null };
    return { length, sum: months.map((one) => minutesIn(all, one)).reduce((sum, one) => sum + one, 0) };
  });

  const minutes = minutesIn(own, month);
  const ofPerson = minutesIn(all, month);
  const monthIsPassed =
    profile.month !== null && (profile.monthAt === 'reached' ? ofPerson >= profile.month : minutes > profile.month);

  const stages: string[] = [];
  const highest = (name: string, list: number[], limit: number | null, reached: (stage: number) => boolean) => {
    if (limit === null) return;
    const found = list.filter((stage) => stage <= limit && reached(stage)).sort((a, b) => b - a)[0];
    if (found !== undefined) stages.push(`${name}-${name === 'months45' ? found : inHours(found)}`);
  };
  highest('month', profile.stages.month, profile.month, (stage) => {
    if (stage === profile.month) return monthIsPassed;
    if (stage === over45?.over) return minutes > stage;
    return minutes >= stage;
  });
  highest('year', profile.stages.year, profile.year, (stage) =>
    year === null ? false : stage === profile.year ? year > stage : year >= stage,
  );
  highest('months45', profile.stages.months45, over45 ? over45.allowed + 1 : null, (stage) =>
    months45 === null ? false : months45 >= stage,
  );
  highest('average', profile.stages.average, profile.average, (stage) =>
    windows.some(({ length, sum }) => {
      if (sum === null) return false;
      return stage === profile.average ? sum > stage * length : sum >= stage * length;
    }),
  );

  const average = profile.average;
  const windowsPassed =
    average === null
      ? []
      : windows.flatMap(({ length, sum }) => (sum !== null && sum > average * length ? [length] : []));
  const passed: string[] = [];
  if (monthIsPassed && profile.month !== null) passed.push(`month-${inHours(profile.month)}`);
  if (year !== null && profile.year !== null && year > profile.year) passed.push(`year-${inHours(profile.year)}`);
  if (windowsPassed.length > 0 && average !== null) passed.push(`average-${inHours(average)}`);
  if (months45 !== null && over45 && months45 > over45.allowed) passed.push(`months45-${over45.allowed + 1}`);

  const counted = own.filter((duty) => duty.month === month && ofMonth(duty));
  const shares: Expected['shares'] = [];
  for (const { section } of counted) {
    if (shares.some((share) => share.section === section)) continue;
    const sum = add(counted, (duty) => duty.section === section);
    if (sum !== 0) shares.push({ section, minutes: sum });
  }
  shares.sort((a, b) => b.minutes - a.minutes || (a.section < b.section ? -1 : 1));

  const headroom: Record<string, number | null> = {};
  if (profile.month !== null) {
    const most = profile.monthAt === 'reached' ? profile.month - 1 - ofPerson : profile.month - minutes;
    headroom[`month-${inHours(profile.month)}`] = most > 0 ? most : 0;
  }
  if (profile.year !== null)
    headroom[`year-${inHours(profile.year)}`] = year === null ? null : Math.max(0, profile.year - year);
  if (over45) headroom.months45 = months45 === null ? null : Math.max(0, over45.allowed - months45);
  if (average !== null) {
    const rooms = windows.flatMap(({ length, sum }) => (sum === null ? [] : [average * length - sum]));
    headroom.average = rooms.length === 0 ? null : Math.max(0, Math.min(...rooms));
  }
  if (facts.restrictions.includes('時間外不可')) headroom.restriction = 0;
  else if (facts.restrictions.includes('月24年150')) {
    const left = Math.min(24 * 60 - minutes, year === null ? 1e9 : 150 * 60 - year);
    headroom.restriction = left < 0 ? 0 : left;
  }

  return {
    staff,
    profile: profile.name,
    ...(place === undefined ? {} : { workplace: place }),
    minutes,
    flagged: {
      '33条': add(counted, (duty) => !duty.manager && duty.flag === '33条'),
      特例業務: add(counted, (duty) => !duty.manager && duty.flag === '特例業務'),
    },
    manager: now.manager,
    managerMinutes: add(counted, (duty) => duty.manager),
    months45,
    year,
    averages: Object.fromEntries(
      windows.map(({ length, sum }) => [
        String(length),
        sum === null ? null : (sum - (((sum % length) + length) % length)) / length,
      ]),
    ),
    windowsPassed,
    stages,
    passed,
    shares,
    headroom,
  };
}

function inHours(minutes: number): string {
  const rest = minutes % 60;
  return rest === 0 ? String(minutes / 60) : `${(minutes - rest) / 60}:${rest < 10 ? '0' : ''}${rest}`;
}

/** The month so many months earlier. */
function earlier(month: string, months: number): string {
  let [year = 0, number = 0] = month.split('-').map(Number);
  for (let count = 0; count < months; count += 1) {
    number -= 1;
    if (number === 0) {
      number = 12;
      year -= 1;
    }
  }
  return `${year}-${number < 10 ? '0' : ''}${number}`;
}

function monthsFromTo(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = to; month >= from; month = earlier(month, 1)) months.unshift(month);
  return months;
}

/** The month in which the 年度 of a month begins. */
function yearBegin(month: string, yearStart: string): string {
  let begin = month;
  while (begin.slice(5) !== yearStart.slice(0, 2)) begin = earlier(begin, 1);
  return begin;
}
