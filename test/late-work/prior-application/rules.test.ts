import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimeOfDay } from '../../../src/calendar/index.ts';
import {
  askingMinute,
  type DayKind,
  decideAsked,
  decideGaps,
  type GapDay,
} from '../../../src/late-work/prior-application/rules.ts';
import { whyAway } from '../../../src/people/rules.ts';
import { type HeadSetting, settingFor } from '../../../src/people/section-settings/rules.ts';
import type { WhyNot } from '../../../src/ports/room.ts';
import type { LeaveDayTable, StaffRowTable } from '../../../src/ports/tables.ts';
import { aStaffMember } from '../../build/staff-member.ts';
import { minuteOf, testCases } from '../cases-in.ts';

interface Person {
  staff: string;
  start?: string;
  end?: string;
  work?: StaffRowTable['work_type'];
  hired?: string;
  left?: string;
  applied?: boolean;
  paused?: WhyNot;
  leave?: Pick<LeaveDayTable, 'kind' | 'category'>[];
}

interface Facts {
  decide: 'asked' | 'setting' | 'gaps';
  kind?: DayKind;
  minutesBeforeEnd?: number;
  people?: (Person & { away?: (WhyNot | null)[]; days?: GapDay[] })[];
  at?: number;
  path?: string;
  policy?: string[];
  heads?: HeadSetting[];
}

const DATE = '2026-11-17';

function asked(person: Person, before: number) {
  const times = { startMinute: minuteOf(person.start ?? '08:30'), endMinute: minuteOf(person.end ?? '17:15') };
  const member = aStaffMember({
    staff: person.staff,
    work_type: person.work ?? '日勤',
    hired_on: person.hired ?? '2020-04-01',
    left_on: person.left ?? null,
  });
  const leaves = (person.leave ?? []).map((one) => ({
    ...{ staff: person.staff, date: DATE, minutes: null, start_minute: null, import_id: 'test' },
    ...one,
  }));
  return {
    ...{ staff: person.staff, ...times, shift: person.work === '交替', applied: person.applied ?? false },
    away: whyAway(member, leaves, DATE, askingMinute(times, before)),
    paused: person.paused ?? null,
  };
}

describe('before overtime:', () => {
  testCases<Facts>(new URL('cases/', import.meta.url), (facts) => {
    const people = facts.people ?? [];
    if (facts.decide === 'setting') return settingFor(facts.path ?? '', facts.policy ?? [], facts.heads ?? []);
    if (facts.decide === 'gaps') {
      const gapFacts = people.map(({ staff, start, away = [], days = [] }) => ({
        ...{ staff, away, days, startMinute: minuteOf(start ?? '08:30') },
      }));
      const decided = decideGaps(gapFacts, facts.at ?? 0, minuteOf('08:45'));
      return { decided: decided.map(({ staff, minute, why }) => ({ staff, at: formatTimeOfDay(minute), why })) };
    }
    const before = facts.minutesBeforeEnd ?? 105;
    const decided = decideAsked(
      facts.kind ?? 'working',
      people.map((person) => asked(person, before)),
      before,
    );
    return {
      decided: decided.map(({ staff, minute, lastUsefulMinute, why }) => ({
        ...{ staff, at: formatTimeOfDay(minute), until: formatTimeOfDay(lastUsefulMinute), why },
      })),
    };
  });
});

describe('over a window of any length, for any absences', () => {
  const away = fc.array(fc.constantFrom(null, 'leave', 'trip'), { minLength: 5, maxLength: 5 });
  const days = [{ date: DATE, left: 1300, appliedUntil: null, minutes: 265 }];

  test('everybody there on some day gets the gap list exactly once', () => {
    fc.assert(
      fc.property(fc.array(away, { maxLength: 20 }), (absences) => {
        const people = absences.map((one, at) => ({
          staff: String(at),
          startMinute: 510,
          away: one as WhyNot[],
          days,
        }));
        const sent = [0, 1, 2, 3, 4].flatMap((at) => decideGaps(people, at, 525).filter((one) => !one.why));
        const there = people.filter((person) => (person.away as (WhyNot | null)[]).includes(null));
        expect(sent.map((one) => one.staff).sort()).toEqual(there.map((one) => one.staff).sort());
      }),
    );
  });
});
