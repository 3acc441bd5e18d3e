import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, formatEraDate, parseDate } from '../../src/calendar/index.ts';

describe('reading a date', () => {
  test.each([
    ['2021-11-15', '2021-11-15'],
    ['2021/1/5', '2021-01-05'],
    ['2021/01/05', '2021-01-05'],
    [' 2021-11-15 ', '2021-11-15'],
    ['２０２１／１１／１５', '2021-11-15'],
    ['令和3年11月15日', '2021-11-15'],
    ['令和３年１１月１５日（月）', '2021-11-15'],
    ['令和3年11月15日(月曜日)', '2021-11-15'],
    ['2026-11-18（水曜）', '2026-11-18'],
    ['令和元年5月1日', '2019-05-01'],
    ['令和1年5月1日', '2019-05-01'],
    ['平成31年4月30日', '2019-04-30'],
    ['平成元年1月8日', '1989-01-08'],
    ['昭和64年1月7日', '1989-01-07'],
    ['昭和39年10月10日（土）', '1964-10-10'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is %s', (text, date) => {
    expect(parseDate(text)).toEqual({ date });
  });

  test.each([
    ['2021-11-15（金）', '2021-11-15 は月曜日です。「金」ではありません。'],
    ['令和3年11月15日(金)', '2021-11-15 は月曜日です。「金」ではありません。'],
    ['2021-11-15(げつ)', '2021-11-15 は月曜日です。「げつ」ではありません。'],
    ['令和元年4月30日', '令和元年4月30日 は令和の期間にありません。平成31年4月30日ではありませんか。'],
    ['平成31年5月1日', '平成31年5月1日 は平成の期間にありません。令和元年5月1日ではありませんか。'],
    ['昭和64年1月8日', '昭和64年1月8日 は昭和の期間にありません。平成元年1月8日ではありませんか。'],
    ['令和3年2月30日', '令和3年2月30日 という日付はありません。'],
    ['2021-02-29', '2021-02-29 という日付はありません。'],
    ['2021/13/1', '2021/13/1 という日付はありません。'],
    ['令和0年5月1日', '令和0年5月1日 という日付はありません。'],
  ])('%s is refused: %s', (text, problem) => {
    expect(parseDate(text)).toEqual({ problem });
  });

  test.each([
    '',
    '来週の水曜',
    '2021-1-5',
    '20211115',
    '15/11/2021',
    'R3.11.15',
    '2021-11-15T00:00',
    '2021-11-15 (月) 午後',
  ])('「%s」 is refused with what was read and what is expected', (text) => {
    const read = parseDate(text);
    expect(read).toEqual({ problem: expect.stringContaining(`「${text}」`) });
    expect(read).toEqual({ problem: expect.stringContaining('令和3年11月15日') });
  });

  test('a year far from our time is refused: it is a slip of the pen', () => {
    expect(parseDate('0202-11-15')).toEqual({ problem: expect.stringContaining('年を確かめて') });
    expect(parseDate('9999-12-31')).toEqual({ problem: expect.stringContaining('年を確かめて') });
  });

  test('any date written in 和暦 with its weekday is read back as the same date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), (offset) => {
        const date = addDays('1873-01-01', offset);
        expect(parseDate(formatEraDate(date))).toEqual({ date });
      }),
    );
  });

  test('a cell of 10 KB is refused at once and cut where it is shown', () => {
    const read = parseDate(`2021-11-15(${' '.repeat(10_000)}`);
    expect(read).toEqual({ problem: expect.stringMatching(/^.{1,200}$/) });
  });

  test('whatever is written, the answer is a date or a sentence, never an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Object.keys(parseDate(text))).toEqual(['problem']);
      }),
    );
  });
});
