import { isTimeZone, parseDate } from '../calendar/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { PolicyText } from './schema.ts';

type Path = readonly PropertyKey[];

/** Something about a policy that does not fit, found after every single value was right. */
export interface Objection {
  path: Path;
  expected: string;
  /** Only to be raised where the path is written in the file: defaults are not held against it. */
  writtenOnly?: boolean;
}

/** P7: a time of elections, 議会 or budget. Both ends included. */
export interface Peak {
  name: string;
  reason: string;
  from: LocalDate;
  to: LocalDate;
  sections: string[];
  staff: string[];
  pause: ('C01' | 'C02' | 'C12')[];
}

/** P12: what the city agreed with its staff; `appointer` null holds for every 任命権者. */
export interface Agreement {
  programme: 'late-work' | 'interval' | 'clock-gaps' | 'wlb-rate';
  appointer: string | null;
  partner: string;
  documentDate: LocalDate;
  covers: string;
  reviewOn: LocalDate;
}

/** Everything the city decides, as it holds on one date. Times are minutes after midnight, durations minutes. */
export interface Policy extends Omit<PolicyText, 'wlbDays' | 'peaks' | 'agreements'> {
  wlbDays: LocalDate[];
  peaks: Peak[];
  agreements: Agreement[];
}

/** The policy of one date, with its dates read (D27), and what does not fit in it. */
export function interpret(text: PolicyText): { policy: Policy; objections: Objection[] } {
  const objections: Objection[] = [];
  const dateAt = (written: string, path: Path): LocalDate => {
    const parsed = parseDate(written);
    if ('date' in parsed) return parsed.date;
    objections.push({ path, expected: parsed.problem });
    return written;
  };
  const policy: Policy = {
    ...text,
    wlbDays: text.wlbDays.map((day, at) => dateAt(day, ['wlbDays', at])),
    peaks: text.peaks.map((peak, at) => ({
      name: peak.name,
      reason: peak.事由,
      from: dateAt(peak.from, ['peaks', at, 'from']),
      to: dateAt(peak.to, ['peaks', at, 'to']),
      sections: peak.sections,
      staff: peak.staff,
      pause: peak.pause,
    })),
    agreements: text.agreements.map((one, at) => ({
      programme: one.programme,
      appointer: one.任命権者,
      partner: one.相手,
      documentDate: dateAt(one.文書日付, ['agreements', at, '文書日付']),
      covers: one.対象,
      reviewOn: dateAt(one.見直し日, ['agreements', at, '見直し日']),
    })),
  };
  objections.push(...orderOfTimes(policy), ...repeated(policy), ...overtimeObjections(policy));
  if (!isTimeZone(policy.timeZone))
    objections.push({ path: ['timeZone'], expected: 'Asia/Tokyo のように書いてください。' });
  return { policy, objections };
}

function orderOfTimes({ office, lateWork, quiet, peaks }: Policy): Objection[] {
  const found: Objection[] = [];
  const ask = (fits: boolean, path: Path, expected: string) => {
    if (!fits) found.push({ path, expected });
  };
  ask(office.startMinute < office.endMinute, ['office', 'end'], 'office.start より後の時刻を書いてください。');
  ask(
    lateWork.cardMinute < lateWork.cutoffMinute,
    ['lateWork', 'card'],
    'lateWork.cutoff より前の時刻を書いてください。',
  );
  ask(
    lateWork.cutoffMinute < lateWork.lastCardMinute,
    ['lateWork', 'lastCard'],
    'lateWork.cutoff より後の時刻を書いてください。',
  );
  ask(
    quiet.eventFromMinute < quiet.eventToMinute,
    ['quiet', 'eventTo'],
    'quiet.eventFrom より後の時刻を書いてください。',
  );
  for (const [at, peak] of peaks.entries()) {
    ask(peak.from <= peak.to, ['peaks', at, 'to'], 'from 以後の日付を書いてください。');
  }
  return found;
}

function repeated({ wlbDays, overtime, languages }: Policy): Objection[] {
  const twice = (values: string[], path: (at: number) => Path) =>
    values.flatMap((value, at) =>
      values.indexOf(value) < at ? [{ path: path(at), expected: `「${value}」は2回書かれています。` }] : [],
    );
  return [
    ...twice(wlbDays, (at) => ['wlbDays', at]),
    ...twice(languages, (at) => ['languages', at]),
    ...twice(
      overtime.profiles.map((profile) => profile.name),
      (at) => ['overtime', 'profiles', at, 'name'],
    ),
  ];
}

type Profile = Policy['overtime']['profiles'][number];

/** Stages ascend, and none lies beyond the limit it leads up to (D12; the month after the last allowed one is months45's). */
function overtimeObjections({ overtime }: Policy): Objection[] {
  const health = stageObjections(overtime.health.month, Number.POSITIVE_INFINITY, ['overtime', 'health', 'month']);
  return overtime.profiles
    .flatMap((profile, at) => [...familyObjections(profile, at), ...limitObjections(profile, at)])
    .concat(health);
}

function familyObjections(profile: Profile, at: number): Objection[] {
  const limits = {
    month: profile.month,
    year: profile.year,
    months45: profile.months45 === null ? null : profile.months45.allowed + 1,
    average: profile.average,
  };
  const families = ['month', 'year', 'months45', 'average'] as const;
  return families.flatMap((family) => {
    const path = ['overtime', 'profiles', at, 'stages', family];
    const limit = limits[family];
    if (limit !== null) return stageObjections(profile.stages[family], limit, path);
    return [{ path, expected: '上限がない（null）ので、段階は書けません。', writtenOnly: true }];
  });
}

/** Limits that contradict each other: a month over 45 h that already passes the month's limit, a month longer than the year. */
function limitObjections({ month, year, months45 }: Profile, at: number): Objection[] {
  const profile = ['overtime', 'profiles', at];
  const found: Objection[] = [];
  if (month !== null && months45 !== null && months45.over > month) {
    const expected = `月の上限（${month}）以下の分を書いてください。`;
    found.push({ path: [...profile, 'months45', 'over'], expected, writtenOnly: true });
  }
  if (month !== null && year !== null && year < month) {
    const expected = `月の上限（${month}）以上の分を書いてください。`;
    found.push({ path: [...profile, 'year'], expected, writtenOnly: true });
  }
  return found;
}

function stageObjections(stages: number[], limit: number, path: Path): Objection[] {
  const found: Objection[] = [];
  for (const [at, stage] of stages.entries()) {
    const before = stages[at - 1] ?? 0;
    if (stage <= before) {
      found.push({
        path: [...path, at],
        expected: `段階は小さい順に並べてください（${before} の次が ${stage} です）。`,
      });
    }
    if (stage > limit) {
      const expected = `上限（${limit}）を超える段階は書けません。上限か段階を直してください。`;
      found.push({ path: [...path, at], expected, writtenOnly: true });
    }
  }
  return found;
}
