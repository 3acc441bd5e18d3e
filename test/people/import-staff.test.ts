import { describe, expect, test } from 'vitest';
import { staffByAad, staffMemberOn, staffOn, whyAway } from '../../src/people/index.ts';
import { aStaffRow, type Row } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { aadOf } from '../build/staff-member.ts';
import { problemsOf, runImport } from './import-command.ts';

const today = '2026-11-18';
const take = (ports: TestPorts, rows: Row[], options: Record<string, string | boolean> = {}) =>
  runImport(ports, 'staff', rows, options);
const people = (count: number) => Array.from({ length: count }, (_, at) => aStaffRow(String(100_001 + at)));
const memberOf = (ports: TestPorts, staff: string, date = today) => staffMemberOn(ports.database.db, staff, date);
const awayOn = async (ports: TestPorts, staff: string, date: string) => {
  const member = await memberOf(ports, staff, date);
  return member && whyAway(member, [], date, 975);
};

describe('what a row says is what is held', () => {
  test('times, dates in 和暦 with their weekday, languages and the optional columns', async () => {
    const ports = await testPorts();
    const row = aStaffRow('100001', {
      AADオブジェクトID: aadOf('100001').toUpperCase().replace('4000', 'ABCD'),
      部: '',
      管理職: '1',
      勤務区分: '時差',
      始業: '10:00',
      終業: '25:30',
      採用日: '平成31年4月1日（月）',
      退職日: '2027/3/31',
      言語: 'easy',
      週勤務分: '2325',
      端末: '共用',
      在宅: '可',
    });
    expect((await take(ports, [row])).document).toMatchObject({ rows: 1, added: 1, problemsTotal: 0 });
    expect(await memberOf(ports, '100001')).toMatchObject({
      aad_id: aadOf('100001').replace('4000', 'abcd'),
      manager: 1,
      work_type: '時差',
      start_minute: 600,
      end_minute: 1530,
      hired_on: '2019-04-01',
      left_on: '2027-03-31',
      language: 'easy',
      week_minutes: 2325,
      terminal: '共用',
      telework: '可',
      gender: null,
    });
    const sections = await ports.database.db.selectFrom('section').select('path').execute();
    expect(sections).toEqual([{ path: '見本局/見本課' }]);
  });

  test('an AADオブジェクトID may be empty, for any number of people', async () => {
    const ports = await testPorts();
    const rows = people(2).map((row) => ({ ...row, AADオブジェクトID: '' }));
    expect((await take(ports, rows)).failed).toBeUndefined();
    expect(await staffByAad(ports.database.db, '', today)).toBeNull();
  });
});

describe('a wrong cell refuses the whole file and says where and what was expected', () => {
  test.each([
    ['職員番号', '', '職員番号'],
    ['職員番号', '10 01', '空白'],
    ['氏名', '', '氏名'],
    ['メール', 'nobody', '名前@ドメイン'],
    ['AADオブジェクトID', '1234', '8-4-4-4-12'],
    ['AADオブジェクトID', '{00000000-0000-4000-8000-000000100002}', '8-4-4-4-12'],
    ['局区', '', '局区'],
    ['課', '甲/乙', '「/」'],
    ['管理職', 'はい', '1'],
    ['所属長', '999999', 'このファイルにいる'],
    ['代決者', '999999', 'このファイルにいる'],
    ['勤務区分', '夜勤', '交替'],
    ['始業', '8時半', 'HH:MM'],
    ['終業', '48:00', '47:59'],
    ['終業', '08:30', '始業より後'],
    ['採用日', '', '日付'],
    ['採用日', '令和8年11月18日（木）', '水曜日'],
    ['採用日', '2026-02-30', '2026-02-30'],
    ['退職日', '2014-04-01', '採用日以後'],
    ['言語', 'fr', 'easy'],
    ['週勤務分', '38.75', '整数'],
  ])('%s 「%s」', async (column, read, expected) => {
    const ports = await testPorts();
    const result = await take(ports, [aStaffRow('100001'), aStaffRow('100002', { 代決者: '', [column]: read })]);
    expect(result.failed?.code).toBe('import-problems');
    expect(problemsOf(result).places).toEqual([`3 ${column} ${read}`]);
    expect(problemsOf(result).sentences).toContain(expected);
    expect(await staffOn(ports.database.db, today)).toEqual([]);
    expect(await ports.database.db.selectFrom('section').selectAll().execute()).toEqual([]);
  });

  test('a number and an id stand once in a file, whatever their case', async () => {
    const ports = await testPorts();
    const id = 'ABCDEF00-0000-4000-8000-000000000001';
    const rows = [
      aStaffRow('100001', { AADオブジェクトID: id }),
      aStaffRow('100001'),
      aStaffRow('100003', { AADオブジェクトID: id.toLowerCase() }),
    ];
    expect(problemsOf(await take(ports, rows)).places).toEqual([
      '3 職員番号 100001',
      `4 AADオブジェクトID ${id.toLowerCase()}`,
    ]);
  });

  test('a circle of 所属長 is refused once and named along its way', async () => {
    const ports = await testPorts();
    const heads: Record<string, string> = {
      '100001': '100002',
      '100002': '100003',
      '100003': '100001',
      '100004': '100001',
      '100005': '100005',
    };
    const result = await take(
      ports,
      Object.entries(heads).map(([number, 所属長]) => aStaffRow(number, { 所属長 })),
    );
    expect(problemsOf(result).places).toEqual([
      '2 所属長 100001 → 100002 → 100003 → 100001',
      '6 所属長 100005 → 100005',
    ]);
  });
});

describe('history', () => {
  test('the same file a second time changes nothing and writes nothing', async () => {
    const ports = await testPorts();
    await take(ports, people(3));
    const before = await ports.database.db.selectFrom('staff_row').selectAll().orderBy('staff').execute();
    expect((await take(ports, people(3))).document).toMatchObject({ added: 0, changed: 0, withdrawn: 0, unchanged: 3 });
    expect(await ports.database.db.selectFrom('staff_row').selectAll().orderBy('staff').execute()).toEqual(before);
  });

  test('a number never held holds from its 採用日; with --effective from that day', async () => {
    const ports = await testPorts();
    await take(ports, people(1));
    expect(await awayOn(ports, '100001', '2015-04-01')).toBeNull();
    expect(await awayOn(ports, '100001', '2015-03-31')).toBe('not-hired');
    const other = await testPorts();
    await take(other, people(1), { effective: '2026-04-01' });
    expect(await awayOn(other, '100001', '2026-04-01')).toBeNull();
    expect(await awayOn(other, '100001', '2026-03-31')).toBe('not-hired');
  });

  test('a change holds from the day of the file; the days before keep what they had', async () => {
    const ports = await testPorts();
    await take(ports, people(2));
    const moved = [aStaffRow('100001', { 課: '別の課' }), aStaffRow('100002')];
    expect((await take(ports, moved)).document).toMatchObject({ changed: 1, unchanged: 1 });
    expect((await memberOf(ports, '100001', '2026-11-17'))?.unit).toBe('見本課');
    expect((await memberOf(ports, '100001', '2026-11-18'))?.unit).toBe('別の課');
  });

  test('a file for a day gone by holds from then until the next change', async () => {
    const ports = await testPorts();
    await take(ports, people(1));
    await take(ports, [aStaffRow('100001', { 職位: '係長' })]);
    await take(ports, [aStaffRow('100001', { 職位: '主任' })], { effective: '2026-04-01' });
    const posts = await Promise.all(
      ['2026-03-31', '2026-04-01', '2026-11-17', '2026-11-18'].map((date) => memberOf(ports, '100001', date)),
    );
    expect(posts.map((member) => member?.post)).toEqual(['職員', '主任', '主任', '係長']);
  });

  test('a person with a 採用日 to come is held from then, and a later file may move that day', async () => {
    const ports = await testPorts();
    const hired = (採用日: string) => [...people(5), aStaffRow('100009', { 採用日 })];
    await take(ports, hired('2027-04-01'));
    expect(await awayOn(ports, '100009', '2027-03-31')).toBe('not-hired');
    expect((await take(ports, hired('2027-04-01'))).document).toMatchObject({ unchanged: 6 });
    expect((await take(ports, hired('2027-05-01'))).document).toMatchObject({ changed: 1 });
    expect(await awayOn(ports, '100009', '2027-04-30')).toBe('not-hired');
    expect(await awayOn(ports, '100009', '2027-05-01')).toBeNull();
    expect((await take(ports, people(5))).document).toMatchObject({ withdrawn: 1 });
    expect(await awayOn(ports, '100009', '2027-05-01')).toBe('retired');
  });
});

describe('people who are not in the file have left on that day', () => {
  test('the day before is their last one in service, and they may come back', async () => {
    const ports = await testPorts();
    await take(ports, people(5));
    expect((await take(ports, people(4))).document).toMatchObject({ withdrawn: 1, unchanged: 4 });
    expect(await awayOn(ports, '100005', '2026-11-17')).toBeNull();
    expect(await awayOn(ports, '100005', '2026-11-18')).toBe('retired');
    expect((await take(ports, people(4))).document).toMatchObject({ withdrawn: 0, unchanged: 4 });
    expect((await take(ports, people(5))).document).toMatchObject({ changed: 1 });
    expect(await awayOn(ports, '100005', '2026-11-18')).toBeNull();
  });

  test('exactly 20 % fewer is taken; one more needs --confirm-leavers, and until then nothing is done', async () => {
    const ports = await testPorts();
    await take(ports, people(10));
    const refused = await take(ports, people(7));
    expect(refused.failed).toMatchObject({ code: 'confirm-leavers' });
    expect(refused.failed?.message).toContain('10人のうち3人');
    expect(await awayOn(ports, '100010', today)).toBeNull();
    expect((await take(ports, people(8))).failed).toBeUndefined();
    expect((await take(ports, people(2), { confirmLeavers: true })).document).toMatchObject({ withdrawn: 6 });
  });

  test('re-appointed under a new number, the id belongs to the new number from that day on', async () => {
    const ports = await testPorts();
    await take(ports, people(6), { effective: '2026-04-01' });
    const again = aStaffRow('200001', {
      AADオブジェクトID: aadOf('100006'),
      前職員番号: '100006',
      採用日: '2026-11-18',
    });
    expect((await take(ports, [...people(5), again])).document).toMatchObject({ added: 1, withdrawn: 1 });
    expect((await staffByAad(ports.database.db, aadOf('100006'), '2026-11-17'))?.staff).toBe('100006');
    expect((await staffByAad(ports.database.db, aadOf('100006').toUpperCase(), today))?.staff).toBe('200001');
  });
});

describe('--dry-run', () => {
  test('counts as the import would, and writes nothing', async () => {
    const ports = await testPorts();
    await take(ports, people(5));
    const rows = async () => ports.database.db.selectFrom('staff_row').selectAll().execute();
    const before = await rows();
    const dry = await take(
      ports,
      [aStaffRow('100001', { 課: '別の課' }), ...people(5).slice(1, 4), aStaffRow('200001')],
      { dryRun: true },
    );
    expect(dry.document).toMatchObject({ dryRun: true, added: 1, changed: 1, unchanged: 3, withdrawn: 1 });
    expect(await rows()).toEqual(before);
    expect(await ports.database.db.selectFrom('import_file').selectAll().execute()).toHaveLength(1);
    expect(await ports.database.db.selectFrom('section').selectAll().execute()).toHaveLength(1);
  });
});

test('--effective that is no date is refused in a sentence', async () => {
  const ports = await testPorts();
  await expect(take(ports, people(1), { effective: '明日' })).rejects.toThrow('日付として読めません');
});

test('"today" is the day in Tokyo, not the day of the machine', async () => {
  const ports = await testPorts({ now: '2026-11-17T15:00:00Z' });
  await take(ports, people(1));
  await take(ports, [aStaffRow('100001', { 職位: '係長' })]);
  expect((await memberOf(ports, '100001', '2026-11-18'))?.post).toBe('係長');
  expect((await memberOf(ports, '100001', '2026-11-17'))?.post).toBe('職員');
});

test('a roster of 20,000 is taken whole, with every head where it belongs', { timeout: 60_000 }, async () => {
  const ports = await testPorts();
  const rows = Array.from({ length: 20_000 }, (_, at) =>
    aStaffRow(String(100_000 + at), {
      所属長: at === 0 ? '' : String(100_000 + Math.floor((at - 1) / 10)),
      課: `第${Math.floor(at / 20)}課`,
    }),
  );
  expect((await take(ports, rows)).document).toMatchObject({ added: 20_000, problemsTotal: 0 });
  expect((await take(ports, rows)).document).toMatchObject({ unchanged: 20_000 });
  expect(await staffOn(ports.database.db, today)).toHaveLength(20_000);
});
