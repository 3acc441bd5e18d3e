import { describe, expect, test } from 'vitest';
import { staffMemberOn, staffOn } from '../../src/people/index.ts';
import type { Ports } from '../../src/ports/room.ts';
import { testPorts } from '../build/ports.ts';
import { aadOf } from '../build/staff-member.ts';
import { everything, importedFiles, type Row, STAFF_COLUMNS, staffCsv, take, taken } from './store.ts';

const today = '2026-11-18';

const memberOn = (ports: Ports, staff: string, date = today) => staffMemberOn(ports.database.db, staff, date);

function manyRows(count: number): (Row & { 職員番号: string })[] {
  return Array.from({ length: count }, (_, at) => ({ 職員番号: String(100001 + at) }));
}

describe('import staff', () => {
  test('keeps every column, the optional ones too', async () => {
    const ports = await testPorts();
    const optional = {
      所属コード: '010101',
      職員区分: '会計年度任用',
      任命権者: '市長',
      適用区分: '規則他律',
      事業場: '本庁舎',
      週勤務分: '1740',
      端末: '共用',
      前職員番号: '900001',
      代決者: '100002',
      在宅: '1',
      年齢区分: '40代',
      性別: '回答しない',
    };
    const person = {
      職員番号: '100001',
      AADオブジェクトID: 'ABCDEF00-0000-1000-8000-00000000000A',
      職位: '課長',
      管理職: '1',
      所属長: '100002',
      勤務区分: '交替',
      始業: '17:00',
      終業: '25:30',
      採用日: '令和3年4月1日（木）',
      退職日: '2027/3/31',
      言語: 'easy',
      ...optional,
    };
    const printed = await taken(ports, 'staff', staffCsv(person, { 職員番号: '100002' }));
    expect(printed).toMatchObject({ rows: 2, added: 2, changed: 0, withdrawn: 0, unchanged: 0, dryRun: false });
    expect(await memberOn(ports, '100001')).toMatchObject({
      aad_id: 'abcdef00-0000-1000-8000-00000000000a',
      manager: 1,
      head: '100002',
      work_type: '交替',
      start_minute: 1020,
      end_minute: 1530,
      hired_on: '2021-04-01',
      left_on: '2027-03-31',
      language: 'easy',
      section_id: '010101',
      section_code: '010101',
      staff_class: '会計年度任用',
      category: '規則他律',
      workplace: '本庁舎',
      week_minutes: 1740,
      terminal: '共用',
      previous_number: '900001',
      deputy: '100002',
      telework: '1',
      age_band: '40代',
      gender: '回答しない',
    });
  });

  test('a second time changes nothing, and leaves no trace', async () => {
    const ports = await testPorts();
    const file = staffCsv(...manyRows(3));
    await taken(ports, 'staff', file);
    const before = await everything(ports);
    expect(await taken(ports, 'staff', file)).toMatchObject({ added: 0, changed: 0, withdrawn: 0, unchanged: 3 });
    expect(await everything(ports)).toEqual(before);
    expect(await importedFiles(ports)).toEqual(['staff']);
  });

  test('with --dry-run counts as it would, and writes nothing', async () => {
    const ports = await testPorts();
    await taken(ports, 'staff', staffCsv(...manyRows(6)));
    const before = await everything(ports);
    const file = staffCsv(...manyRows(5), { 職員番号: '100009' }).replace('見本 100001', '見本 花子');
    expect(await taken(ports, 'staff', file, { dryRun: true })).toMatchObject({
      added: 1,
      changed: 1,
      withdrawn: 1,
      unchanged: 4,
      dryRun: true,
    });
    expect(await everything(ports)).toEqual(before);
  });

  test('with a problem in the last of many lines takes in nothing at all', async () => {
    const ports = await testPorts();
    const before = await everything(ports);
    const rows = manyRows(500);
    const { failed, printed } = await take(ports, 'staff', staffCsv(...rows, { 職員番号: '999999', 言語: 'fr' }));
    expect(failed).toMatchObject({ code: 'import-problems' });
    expect(failed?.where).toMatch(/\.csv:502$/);
    expect(printed).toMatchObject({ rows: 501, added: 0, unchanged: 0, problemsTotal: 1 });
    expect(await everything(ports)).toEqual(before);
  });

  test('lists the first hundred problems and counts all', async () => {
    const ports = await testPorts();
    const rows = manyRows(150).map((row) => ({ ...row, 管理職: '2' }));
    const { printed, lines } = await take(ports, 'staff', staffCsv(...rows));
    expect([printed.problems.length, printed.problemsTotal]).toEqual([100, 150]);
    expect(lines.at(-1)).toBe('ほか 50件。一度に100件まで表示します。');
  });

  test('reads columns in any order, tabs, CP932 and CRLF', async () => {
    const ports = await testPorts();
    const [header = '', ...rows] = staffCsv(...manyRows(2))
      .trim()
      .split('\n');
    const turned = [header, ...rows].map((line) => line.split(',').reverse().join('\t')).join('\r\n');
    expect(await taken(ports, 'staff', turned)).toMatchObject({ rows: 2, added: 2 });
  });
});

const AAD = 'AADオブジェクトID';

/** Column, what is written there, and a part of the sentence the operator reads. */
const badCells: [column: string, cell: string, expected: string][] = [
  ['職員番号', '', '職員番号は空白を含まない32文字以内'],
  ['職員番号', '10 01', '職員番号は空白を含まない32文字以内'],
  ['職員番号', '1'.repeat(33), '職員番号は空白を含まない32文字以内'],
  ['氏名', '', '氏名を書いてください'],
  ['メール', 'taro', '名前@ドメイン'],
  [AAD, 'abc', '8-4-4-4-12 桁の16進数'],
  [AAD, '00000000-0000-4000-8000-00000000000g', '8-4-4-4-12 桁の16進数'],
  ['局区', '', '局区を書いてください'],
  ['局区', '見本局/見本部', '「/」は使えません'],
  ['管理職', '', '管理職は 1、そうでなければ 0'],
  ['管理職', 'はい', '管理職は 1、そうでなければ 0'],
  ['所属長', '999999', 'このファイルにいる職員の職員番号'],
  ['勤務区分', '夜勤', '日勤、時差、交替、育短、休職'],
  ['始業', '8時半', '08:30'],
  ['終業', '48:00', '47:59'],
  ['終業', '08:30', '終業は始業より後'],
  ['採用日', '', '日付を書いてください'],
  ['採用日', '2021-02-29', '2021-02-29 という日付はありません'],
  ['採用日', '令和3年11月15日(火)', '月曜日です'],
  ['退職日', '2020-03-31', '退職日は採用日以後'],
  ['言語', '', 'ja、easy、en のどれか'],
  ['言語', 'fr', 'ja、easy、en のどれか'],
  ['所属コード', '01 01', '所属コードは空白を含まない32文字以内'],
  ['週勤務分', '38時間', '分で、0から10080まで'],
  ['週勤務分', '10081', '10080分まで'],
  ['代決者', '999999', 'このファイルにいる職員の職員番号'],
  ['前職員番号', '9 9', '職員番号は空白を含まない32文字以内'],
];

describe('import staff refuses, with line and column,', () => {
  test.each(badCells)('%s 「%s」: %s', async (column, cell, expected) => {
    const ports = await testPorts();
    const file = staffCsv({ 職員番号: '100001' }, { 職員番号: '100002', [AAD]: '', [column]: cell });
    const { failed, printed } = await take(ports, 'staff', file);
    expect(failed?.code).toBe('import-problems');
    expect(printed.problems).toHaveLength(1);
    expect(printed.problems[0]).toMatchObject({ line: 3, column, read: cell });
    expect(printed.problems[0]?.expected).toContain(expected);
    expect(printed.problems[0]?.expected).toMatch(/。$/);
    expect(await staffOn(ports.database.db, today)).toEqual([]);
  });

  test('a column it does not know, one that is missing and one that is there twice, all at once', async () => {
    const ports = await testPorts();
    const columns = [...STAFF_COLUMNS.filter((column) => column !== '言語'), '氏名', '給与'];
    const { printed } = await take(ports, 'staff', `${columns.join(',')}\n`);
    expect(printed.problems.map(({ line, column }) => [line, column])).toEqual([
      [1, '氏名'],
      [1, '給与'],
      [1, '言語'],
    ]);
    expect(printed.problems[1]?.expected).toContain('この種類のファイルにない列です');
  });

  test('a number that stands twice, also in full width', async () => {
    const ports = await testPorts();
    const file = staffCsv({ 職員番号: '100001' }, { 職員番号: '１００００１', [AAD]: '' });
    const { printed } = await take(ports, 'staff', file);
    expect(printed.problems).toMatchObject([{ line: 3, column: '職員番号', read: '100001' }]);
    expect(printed.problems[0]?.expected).toContain('2行目と同じ');
  });

  test('an id of two people at the same time, whatever its letters', async () => {
    const ports = await testPorts();
    const id = 'ABCDEF00-0000-4000-8000-000000000001';
    const file = staffCsv({ 職員番号: '100001', [AAD]: id }, { 職員番号: '100002', [AAD]: id.toLowerCase() });
    const { printed } = await take(ports, 'staff', file);
    expect(printed.problems).toMatchObject([{ line: 3, column: AAD, read: id.toLowerCase() }]);
  });

  test('a circle of 所属長, naming it', async () => {
    const ports = await testPorts();
    const heads: Row = { '100001': '100002', '100002': '100003', '100003': '100001', '100004': '100004', '100005': '' };
    const file = staffCsv(...Object.entries(heads).map(([職員番号, 所属長]) => ({ 職員番号, 所属長 })));
    const { printed } = await take(ports, 'staff', file);
    expect(printed.problems).toMatchObject([
      { line: 2, column: '所属長', read: '100001 → 100002 → 100003 → 100001' },
      { line: 5, column: '所属長', read: '100004 → 100004' },
    ]);
  });

  test('an --effective that is no date, as wrong usage', async () => {
    const ports = await testPorts();
    const wrong = take(ports, 'staff', staffCsv({ 職員番号: '100001' }), { effective: '四月一日' });
    await expect(wrong).rejects.toMatchObject({ name: 'Refusal', code: 'usage', where: '--effective' });
  });
});

describe('AADオブジェクトID', () => {
  test('may be empty for several people', async () => {
    const ports = await testPorts();
    const file = staffCsv({ 職員番号: '100001', [AAD]: '' }, { 職員番号: '100002', [AAD]: '' });
    expect(await taken(ports, 'staff', file)).toMatchObject({ added: 2 });
    expect(await memberOn(ports, '100001')).toMatchObject({ aad_id: null });
  });

  test('may be that of a person who left before the new number begins', async () => {
    const ports = await testPorts();
    const id = aadOf('100001');
    const file = staffCsv(
      { 職員番号: '100001', 退職日: '2026-03-31' },
      { 職員番号: '200001', 前職員番号: '100001', 採用日: '2026-04-01', [AAD]: id },
    );
    expect(await taken(ports, 'staff', file)).toMatchObject({ added: 2 });
  });
});

describe('people who are not in a file', () => {
  test('have left on that day, and stay in the history', async () => {
    const ports = await testPorts();
    await taken(ports, 'staff', staffCsv(...manyRows(6)));
    expect(await taken(ports, 'staff', staffCsv(...manyRows(5)))).toMatchObject({ withdrawn: 1, unchanged: 5 });
    expect(await memberOn(ports, '100006')).toMatchObject({ left_on: '2026-11-17' });
    expect(await memberOn(ports, '100006', '2026-11-17')).toMatchObject({ left_on: null });
    expect(await taken(ports, 'staff', staffCsv(...manyRows(5)))).toMatchObject({ withdrawn: 0, unchanged: 5 });
  });

  test('may be a fifth, but not more without --confirm-leavers', async () => {
    const ports = await testPorts();
    await taken(ports, 'staff', staffCsv(...manyRows(10)));
    const before = await everything(ports);
    const refused = await take(ports, 'staff', staffCsv(...manyRows(7)));
    expect(refused.failed).toMatchObject({ code: 'confirm-leavers' });
    expect(refused.failed?.message).toContain('在籍10人のうち3人');
    expect(refused.printed).toMatchObject({ rows: 7, withdrawn: 0, problemsTotal: 0 });
    expect(await everything(ports)).toEqual(before);
    expect(await taken(ports, 'staff', staffCsv(...manyRows(8)))).toMatchObject({ withdrawn: 2 });
    expect(await taken(ports, 'staff', staffCsv(...manyRows(6)), { confirmLeavers: true })).toMatchObject({
      withdrawn: 2,
    });
  });

  test('come back with a file that has them again', async () => {
    const ports = await testPorts();
    await taken(ports, 'staff', staffCsv(...manyRows(6)));
    await taken(ports, 'staff', staffCsv(...manyRows(5)));
    ports.clock.moveTo('2026-12-01T09:00:00+09:00');
    expect(await taken(ports, 'staff', staffCsv(...manyRows(6)))).toMatchObject({ changed: 1, unchanged: 5 });
    expect(await memberOn(ports, '100006', '2026-11-20')).toMatchObject({ left_on: '2026-11-17' });
    expect(await memberOn(ports, '100006', '2026-12-01')).toMatchObject({ left_on: null });
  });

  test('are not asked about when they come back under a new number', async () => {
    const ports = await testPorts();
    await taken(ports, 'staff', staffCsv(...manyRows(3)));
    const renumbered = staffCsv(
      { 職員番号: '100001' },
      { 職員番号: '200002', 前職員番号: '100002', [AAD]: '' },
      { 職員番号: '200003', [AAD]: aadOf('100003') },
    );
    expect(await taken(ports, 'staff', renumbered)).toMatchObject({ added: 2, withdrawn: 2, unchanged: 1 });
  });

  test('are asked about when every number lost its zero', async () => {
    const ports = await testPorts();
    await taken(ports, 'staff', staffCsv({ 職員番号: '001', [AAD]: '' }, { 職員番号: '002', [AAD]: '' }));
    const file = staffCsv({ 職員番号: '1', [AAD]: '' }, { 職員番号: '2', [AAD]: '' });
    expect((await take(ports, 'staff', file)).failed?.code).toBe('confirm-leavers');
  });
});
