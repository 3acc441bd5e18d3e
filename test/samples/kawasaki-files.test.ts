import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dayKind, holidaysWith, parseDate, parseTimeOfDay, weekdayOf } from '../../src/calendar/index.ts';
import { readTable } from '../../src/intake/index.ts';
import { wlbDaysOf } from '../../src/policy/index.ts';
import { type PolicyBook, readPolicy } from '../../src/policy/read-policy.ts';

const file = (name: string) => readFileSync(new URL(`../../samples/kawasaki/${name}`, import.meta.url));

type Row = Record<string, string>;

function table(name: string, required: string, optional = ''): Row[] {
  const read = readTable(file(name), { required: required.split(','), optional: optional.split(',') });
  expect(read.problems).toEqual([]);
  return read.rows.map((row) => row.values);
}

const STAFF = table(
  'staff.csv',
  '職員番号,氏名,メール,AADオブジェクトID,局区,部,課,職位,管理職,所属長,勤務区分,始業,終業,採用日,退職日,言語',
  '所属コード,職員区分,任命権者,適用区分,事業場,週勤務分,端末,前職員番号,代決者,在宅,年齢区分,性別',
);
const SECTIONS = table('sections.csv', '所属コード,名称,局区,部,開始,終了', '任命権者,別表第一の号,後継コード');
const POSTS = table('posts.csv', '所属コード,役割,職員番号,種別,開始,終了', '根拠');
const LEAVE = table('leave.csv', '職員番号,日付,種別', '時間,開始,区分');
const byNumber = new Map(STAFF.map((row) => [row.職員番号, row]));

function bookOf(text: string): PolicyBook {
  const read = readPolicy(text, 0);
  if ('book' in read) return read.book;
  throw new Error(JSON.stringify(read.problems));
}

const book = bookOf(file('policy.yaml').toString('utf8'));

const count = (fits: (row: Row) => boolean) => STAFF.filter(fits).length;
const isDate = (text: string | undefined) => text === '' || 'date' in parseDate(text ?? '?');
const values = (column: string) => STAFF.map((row) => row[column] ?? '').filter((value) => value !== '');

describe('the sample organisation', () => {
  test('has the people its README counts', () => {
    const kinds = ['日勤', '時差', '育短', '交替', '休職'].map((kind) => count((row) => row.勤務区分 === kind));
    const readme = file('README.md').toString('utf8');
    const stated = ['日勤', '時差', '育短', '交替', '休職'].map((kind) =>
      Number(new RegExp(`\\| ${kind} \\| (\\d+) \\|`).exec(readme)?.[1]),
    );
    expect(kinds).toEqual(stated);
    expect(readme).toContain(`${STAFF.length} people in ${new Set(values('局区')).size} bureaus`);
    expect(readme).toContain(`${count((row) => row.管理職 === '1')} of them 管理職`);
    expect(readme).toContain(`${SECTIONS.length} 部 and 課`);
    expect(readme).toContain(`${POSTS.length} posts`);
    expect(readme).toContain(
      `${LEAVE.length} absences, ${LEAVE.filter((row) => row.日付 === '2026-11-18').length} of them on Wednesday`,
    );
  });

  test('has the minorities its README counts', () => {
    const readme = file('README.md').toString('utf8');
    const stated =
      /Telework \(`在宅`\) (\d+); 言語 `en` (\d+), `easy` (\d+); 会計年度任用 (\d+); shared terminals (\d+); without AADオブジェクトID (\d+); hired before 2021-04-01 (\d+)/;
    expect(stated.exec(readme)?.slice(1).map(Number)).toEqual([
      count((row) => row.在宅 === '1'),
      count((row) => row.言語 === 'en'),
      count((row) => row.言語 === 'easy'),
      count((row) => row.職員区分 === '会計年度任用'),
      count((row) => row.端末 === '共用'),
      count((row) => row.AADオブジェクトID === ''),
      count((row) => (row.採用日 ?? '') < '2021-04-01'),
    ]);
  });

  test.each(['職員番号', '氏名', 'メール', 'AADオブジェクトID'])('gives nobody the %s of another', (column) => {
    expect(new Set(values(column)).size).toBe(values(column).length);
  });

  test('has plainly invented names, addresses and identifiers only', () => {
    const words = /^(見本|架空|仮名|例示|模擬|想定|雛形|作例|仮想|試作|見立|仮置|練習) \S+$/;
    expect(values('氏名').filter((name) => !words.test(name))).toEqual([]);
    expect(values('メール').filter((mail) => !mail.endsWith('@example.jp'))).toEqual([]);
    expect(values('AADオブジェクトID').filter((id) => !/^0{8}-0000-4000-8000-0{6}\d{6}$/.test(id))).toEqual([]);
  });

  test('names a head who exists for everybody but the top of each bureau, and no circle', () => {
    for (const row of STAFF) {
      const seen = new Set<string>();
      for (let at: Row | undefined = row; at !== undefined && at.所属長 !== ''; at = byNumber.get(at.所属長 ?? '')) {
        expect(byNumber.has(at.所属長 ?? ''), `${at.職員番号} → ${at.所属長}`).toBe(true);
        expect(seen.has(at.職員番号 ?? '')).toBe(false);
        seen.add(at.職員番号 ?? '');
      }
    }
    expect(STAFF.filter((row) => row.所属長 === '').map((row) => row.課)).toEqual(Array(14).fill(''));
  });

  test('heads are 管理職, and 101100 has 18 staff', () => {
    const heads = new Set(values('所属長'));
    expect([...heads].filter((head) => byNumber.get(head)?.管理職 !== '1')).toEqual([]);
    expect(count((row) => row.所属長 === '101100')).toBe(18);
  });

  test('has dates and times that can be read, with a start and an end for all but 交替', () => {
    expect(STAFF.filter((row) => !isDate(row.採用日) || !isDate(row.退職日) || row.採用日 === '')).toEqual([]);
    for (const row of STAFF) {
      const times = [row.始業, row.終業].map((text) => 'minute' in parseTimeOfDay(text ?? ''));
      expect(times, row.職員番号 ?? '').toEqual(row.勤務区分 === '交替' ? [false, false] : [true, true]);
    }
  });

  test('codes, posts and absences point at sections and people that exist', () => {
    const codes = new Set(SECTIONS.map((row) => row.所属コード));
    expect(codes.size).toBe(SECTIONS.length);
    expect(
      [...values('所属コード'), ...POSTS.map((row) => row.所属コード ?? '')].filter((code) => !codes.has(code)),
    ).toEqual([]);
    const people = [...POSTS, ...LEAVE].map((row) => row.職員番号 ?? '').concat(values('代決者'));
    expect(people.filter((number) => number !== '' && !byNumber.has(number))).toEqual([]);
    expect(POSTS.filter((row) => row.職員番号 === '')).toHaveLength(1);
    expect(POSTS.filter((row) => row.役割 === '代理')).toHaveLength(2);
    expect(POSTS.filter((row) => row.種別 === '事務取扱')).toHaveLength(1);
    expect(new Set(LEAVE.map((row) => `${row.職員番号} ${row.日付}`)).size).toBe(LEAVE.length);
  });

  test('a code of the staff file stands for the section the row names', () => {
    const sections = new Map(
      SECTIONS.map((row) => [row.所属コード, [row.局区, row.部, row.名称].filter(Boolean).join('/')]),
    );
    const wrong = STAFF.filter((row) => {
      const named = [row.局区, row.部, row.課].filter(Boolean).join('/');
      return row.所属コード !== '' && sections.get(row.所属コード) !== named;
    });
    expect(wrong).toEqual([]);
  });
});

describe('the sample policy', () => {
  test('has the values of the contract for the year, office hours, closure, late work, quiet hours and the 協定', () => {
    const bare = bookOf('organisation: 見本市\novertime: { ledgerFrom: 2021-04 }').on('2026-11-18');
    const { year, office, closure, lateWork, quiet, overtime, noOvertime } = book.on('2026-11-18');
    expect({ year, office, closure, lateWork, quiet, overtime }).toEqual({
      year: bare.year,
      office: bare.office,
      closure: bare.closure,
      lateWork: bare.lateWork,
      quiet: bare.quiet,
      overtime: bare.overtime,
    });
    expect({ ...noOvertime, sectionDays: [] }).toEqual(bare.noOvertime);
  });

  test('has no peak and no section day for 総務企画局/人事部', () => {
    const { peaks, noOvertime } = book.on('2026-11-18');
    const named = [...peaks.flatMap((peak) => peak.sections), ...noOvertime.sectionDays.map((day) => day.section)];
    expect(named.filter((section) => section.startsWith('総務企画局'))).toEqual([]);
    expect(noOvertime.sectionDays).toEqual([{ section: 'まちづくり局/計画部/都市計画課', weekday: 'fri' }]);
  });

  test('has the WLB days of R3 as held, and four working days in R8, none on the Wednesday of rehearsal', () => {
    const days = wlbDaysOf(book);
    const ofYear = (year: number) => days.filter((day) => day.fiscalYear === year).map((day) => day.date);
    expect(ofYear(2021)).toEqual(['2021-08-04', '2021-11-15', '2021-12-24', '2022-01-28']);
    expect(ofYear(2026)).toHaveLength(4);
    const calendar = { holidays: holidaysWith([]), closure: book.on('2026-11-18').closure };
    expect(days.map((day) => dayKind(day.date, calendar))).toEqual(Array(8).fill('working'));
    expect(days.map((day) => day.date)).not.toContain('2026-11-18');
    expect(weekdayOf('2026-11-18')).toBe('wed');
  });

  test('names people of the staff file in every role, and agreements for every programme that needs one', () => {
    const { roles, agreements } = book.on('2026-11-18');
    for (const holders of Object.values(roles)) {
      expect(holders.length).toBeGreaterThan(0);
      for (const holder of holders) expect(byNumber.has(String(holder))).toBe(true);
    }
    const programmes = agreements.map((agreement) => agreement.programme).sort();
    expect(programmes).toEqual(['clock-gaps', 'interval', 'late-work', 'wlb-rate']);
  });
});
