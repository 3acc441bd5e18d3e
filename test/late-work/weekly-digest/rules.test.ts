import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Weekday, type WorkingCalendar } from '../../../src/calendar/index.ts';
import { countWeek, hasNews, type WeekFacts } from '../../../src/late-work/weekly-digest/count-week.ts';
import { decideDigests, digestPeriod, type TeamFacts } from '../../../src/late-work/weekly-digest/rules.ts';
import type { WhyNot } from '../../../src/ports/room.ts';
import { testCases } from '../cases-in.ts';

interface Facts {
  decide: 'period' | 'digests' | 'count';
  date?: string;
  holidays?: string[];
  weekStarts?: Weekday;
  teams?: { head: string; acting?: string | null; headAway?: WhyNot; news: boolean }[];
  team?: string[];
  mergedFrom?: string;
  facts?: WeekFacts;
}

const calendarOf = (holidays: string[]): WorkingCalendar => ({
  holidays: { nameOf: (date: string) => (holidays.includes(date) ? '祝日' : null) },
  closure: null,
});

describe('weekly digest:', () => {
  testCases<Facts>(new URL('cases/', import.meta.url), (facts) => {
    if (facts.decide === 'period')
      return { period: digestPeriod(facts.date ?? '', calendarOf(facts.holidays ?? []), facts.weekStarts ?? 'sun') };
    if (facts.decide === 'count') {
      const { facts: week, team = [], mergedFrom = '' } = facts;
      if (!week) throw new Error('_facts.json has no facts.');
      const counts = countWeek(week, new Set(team), mergedFrom);
      return { counts, news: hasNews(counts) };
    }
    const teams: TeamFacts[] = (facts.teams ?? []).map(({ head, acting = head, headAway = null, news }) => ({
      ...{ head, acting, headAway, news },
    }));
    return { decided: decideDigests(teams, () => 525).map(({ staff, heads, why }) => ({ staff, heads, why })) };
  });
});

describe('over any run of weeks with any holidays', () => {
  test('every date is counted by exactly one digest', () => {
    const holidays = fc.uniqueArray(
      fc.integer({ min: 0, max: 70 }).map((n) => addDays('2026-09-01', n)),
      { maxLength: 30 },
    );
    const starts = fc.constantFrom<Weekday>('sun', 'mon', 'sat');
    fc.assert(
      fc.property(holidays, starts, (days, weekStarts) => {
        const calendar = calendarOf(days);
        const counted: string[] = [];
        for (let date = '2026-09-01'; date <= '2026-11-30'; date = addDays(date, 1)) {
          const period = digestPeriod(date, calendar, weekStarts);
          if (!period) continue;
          for (let day = period.from; day <= period.to; day = addDays(day, 1)) counted.push(day);
        }
        const misplaced = counted.slice(1).filter((day, at) => day !== addDays(counted[at] ?? '', 1));
        expect(misplaced).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
