import type { LocalDate } from '../ports/clock.ts';
import { dateOf } from './dates.ts';
import { dateOfEra, ERA_NAMES } from './era.ts';
import { kanjiOfWeekday } from './wording.ts';

/** No date is longer; a longer text is cut where it is shown. */
const LONGEST = 60;

const DATE_EXPECTED = '日付は 2021-11-15、2021/11/15、令和3年11月15日 のいずれかの形で書いてください。';

const BODY = String.raw`(?:(\d{4})-(\d{2})-(\d{2})|(\d{4})/(\d{1,2})/(\d{1,2})|(${ERA_NAMES})\s*(元|\d{1,2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)`;
const DATE = new RegExp(String.raw`^${BODY}\s*(?:\(\s*(.+?)\s*\))?$`, 'u');
const WEEKDAY = /^([日月火水木金土])(?:曜日?)?$/u;

type Parsed = { date: LocalDate } | { problem: string };

/**
 * Reads a date a person wrote: YYYY-MM-DD, YYYY/M/D or 和暦 (元年 too), full-width digits allowed. A weekday in brackets
 * behind it is checked (D27). The problem is a sentence for operators.
 */
export function parseDate(text: string): Parsed {
  const written = text.normalize('NFKC').trim();
  const match = written.length > LONGEST ? null : DATE.exec(written);
  if (match === null) return { problem: `「${text.slice(0, LONGEST)}」は日付として読めません。${DATE_EXPECTED}` };
  const [, y1, m1, d1, y2, m2, d2, era, count, m3, d3, weekday] = match;
  const parsed =
    era === undefined
      ? westernDate(Number(y1 ?? y2), Number(m1 ?? m2), Number(d1 ?? d2), text)
      : dateOfEra(era, count === '元' ? 1 : Number(count), Number(m3), Number(d3));
  return weekday === undefined || 'problem' in parsed ? parsed : checkWeekday(parsed.date, weekday);
}

function westernDate(year: number, month: number, day: number, text: string): Parsed {
  const date = dateOf(year, month, day);
  if (date === null) return { problem: `${text} という日付はありません。` };
  if (year < 1868 || year > 2199)
    return { problem: `${text} の年を確かめてください。1868年から2199年までの西暦で書きます。` };
  return { date };
}

function checkWeekday(date: LocalDate, written: string): Parsed {
  const actual = kanjiOfWeekday(date);
  if (WEEKDAY.exec(written)?.[1] === actual) return { date };
  return { problem: `${date} は${actual}曜日です。「${written}」ではありません。` };
}
