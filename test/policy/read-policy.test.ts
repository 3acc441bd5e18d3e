import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/calendar/index.ts';
import { wlbDaysOf } from '../../src/policy/index.ts';
import { type PolicyBook, problemSentence, readPolicy } from '../../src/policy/read-policy.ts';

const CASES = new URL('cases/', import.meta.url);

function bookOf(yaml: string): PolicyBook {
  const read = readPolicy(yaml, 1);
  if ('book' in read) return read.book;
  throw new Error(read.problems.map(problemSentence).join('\n'));
}

describe('a policy file is refused', () => {
  test.each(readdirSync(fileURLToPath(CASES)))('%s', (name) => {
    const file = (part: string) => readFileSync(new URL(`${encodeURIComponent(name)}/${part}`, CASES), 'utf8');
    const read = readPolicy(file('_facts.yaml'), 1);
    const sentences = 'problems' in read ? read.problems.map(problemSentence) : [];
    expect(sentences).toEqual(JSON.parse(file('decision.json')).problems);
  });
});

describe('a policy file', () => {
  test('of one line has every value of the contract, times in minutes', () => {
    const policy = bookOf('organisation: 見本市').on('2026-11-18');
    expect(policy).toEqual({
      organisation: '見本市',
      timeZone: 'Asia/Tokyo',
      languages: ['ja', 'easy', 'en'],
      year: { start: '04-01', leaveYear: 'fiscal' },
      office: { startMinute: 510, endMinute: 1035, break: 60, dayMinutes: 465, weekStarts: 'sun' },
      closure: { from: '12-29', to: '01-03' },
      noOvertime: { weekday: 'wed', onHoliday: 'none', minutesBeforeEnd: 60, sectionDays: [] },
      lateWork: { cutoffMinute: 1200, cardMinute: 1170, lastCardMinute: 1320 },
      priorApplication: {
        minutesBeforeEnd: 105,
        sections: [],
        link: 'https://attendance.example.jp/',
        gapMinutes: 30,
      },
      interval: { minutes: 660, enabled: false },
      wlbDays: ['2026-08-05'],
      overtime: {
        ledgerFrom: null,
        transfer: 'person',
        holidayExtraCounts: true,
        profiles: [
          {
            name: '協定',
            applies: 'default',
            counts: ['weekday', 'weekoff', 'legal_holiday', 'holiday_extra'],
            countsMonthAndAverage: ['weekday', 'weekoff', 'legal_holiday', 'holiday_extra'],
            monthAt: 'over',
            month: 4200,
            year: 28800,
            average: 4800,
            months45: { over: 2700, allowed: 6 },
            stages: {
              month: [2160, 2700, 3360, 4200],
              year: [21600, 25920, 28800],
              months45: [5, 6, 7],
              average: [4500, 4800],
            },
          },
        ],
        healthBasis: 'order-hours',
        health: { at: 'over', month: [4800, 6000], average: 4800 },
      },
      leave: { targetDays: 16, dayMinutes: 465, carryOverDays: 20 },
      smallCell: 10,
      quiet: { eventFromMinute: 510, eventToMinute: 1080, eventNextMinute: 525, graceMinutes: 15 },
      contactBudget: { pingsPerWeek: 5 },
      retention: {},
      agreements: [],
      peaks: [],
      links: { attendanceSystem: 'https://attendance.example.jp/' },
      roles: { hr: [], labour: [], health: [], ict: [], audit: [] },
      texts: {},
    });
  });

  test('a dated value holds from its day on, the default before the first, at any depth', () => {
    const book = bookOf(`organisation: 見本市
office: [{ from: 2024-04-01, value: { end: [{ from: 2024-04-01, value: "17:00" }, { from: 令和7年4月1日（火）, value: "17:30" }] } }]
overtime: { profiles: [{ stages: { month: [{ from: 2025-04-01, value: [1800, 4200] }] } }] }
`);
    const ends = ['2024-03-31', '2024-04-01', '2025-03-31', '2025-04-01'].map((date) => book.on(date).office.endMinute);
    expect(ends).toEqual([1035, 1020, 1020, 1050]);
    expect(book.on('2025-03-31').overtime.profiles[0]?.stages.month).toEqual([2160, 2700, 3360, 4200]);
    expect(book.on('2025-04-01').overtime.profiles[0]?.stages.month).toEqual([1800, 4200]);
  });

  test('the first dated name of the organisation holds from the beginning', () => {
    const book = bookOf('organisation: [{ from: 2021-04-01, value: 甲市 }, { from: 2026-04-01, value: 乙市 }]');
    const names = ['1990-01-01', '2021-04-01', '2026-03-31', '2026-04-01'].map((date) => book.on(date).organisation);
    expect(names).toEqual(['甲市', '甲市', '甲市', '乙市']);
    expect(book.organisation).toBe('乙市');
  });

  test('WLB days are numbered within their 年度, in order of time, by the list that holds on the day', () => {
    const book = bookOf(`organisation: 見本市
wlbDays:
  - { from: 2021-04-01, value: [令和4年1月28日（金）, 令和3年8月4日（水）, 令和4年8月3日（水）] }
  - { from: 2022-04-01, value: [令和4年11月15日（火）, 令和3年12月24日（金）] }
`);
    expect(wlbDaysOf(book)).toEqual([
      { date: '2021-08-04', fiscalYear: 2021, round: 1 },
      { date: '2022-01-28', fiscalYear: 2021, round: 2 },
      { date: '2022-11-15', fiscalYear: 2022, round: 1 },
    ]);
  });

  test('職員番号 keep their leading zeros with and without quotation marks; sections stay text', () => {
    const { roles } = bookOf(
      'organisation: 見本市\nroles: { hr: [012345, "007", 101, { section: 総務企画局/人事部 }] }',
    ).on('2026-11-18');
    expect(roles.hr).toEqual(['012345', '007', '101', { section: '総務企画局/人事部' }]);
  });

  test('a profile with higher limits needs no stages of its own, and its month may count other classes than its year', () => {
    const { overtime } = bookOf(`organisation: 見本市
overtime:
  profiles:
    - name: 協定
    - { name: 法定, applies: all, month: 6000, monthAt: reached, year: 43200, counts: [weekday], countsMonthAndAverage: [weekday, legal_holiday] }
`).on('2026-11-18');
    expect(overtime.profiles.map((profile) => profile.countsMonthAndAverage.length)).toEqual([4, 2]);
  });

  test('a value dated at random holds exactly between its days', () => {
    const offsets = fc.uniqueArray(fc.integer({ min: 0, max: 8000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(offsets, fc.integer({ min: -10, max: 8010 }), (found, asked) => {
        const starts = [...found].sort((a, b) => a - b);
        const entries = starts.map((start, at) => `{ from: ${addDays('2010-01-01', start)}, value: ${20 + at} }`);
        const book = bookOf(`organisation: 見本市\nsmallCell: [${entries.join(', ')}]`);
        const passed = starts.filter((start) => start <= asked).length;
        expect(book.on(addDays('2010-01-01', asked)).smallCell).toBe(passed === 0 ? 10 : 19 + passed);
      }),
    );
  });

  test('whatever text is given, the answer is a book or problems with lines, never an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const read = readPolicy(`organisation: 見本市\n${text}`, 1);
        if ('problems' in read) expect(read.problems.every((problem) => problem.line >= 1)).toBe(true);
        else expect(read.book.on('2026-11-18').smallCell).toBe(10);
      }),
    );
  });
});
