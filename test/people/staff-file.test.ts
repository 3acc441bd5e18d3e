import { expect, test } from 'vitest';
import { staffMemberOn } from '../../src/people/index.ts';
import { STAFF_REQUIRED } from '../../src/people/roster/schema.ts';
import { aStaffRow, csvOf } from '../build/csv-file.ts';
import { testPorts } from '../build/ports.ts';
import { everything } from './everything.ts';
import { problemsOf, runImport } from './import-command.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, at) => aStaffRow(String(100_001 + at)));

test('every optional column is kept as it was written', async () => {
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
    在宅: '可',
    年齢区分: '40代',
    性別: '回答しない',
  };
  await runImport(ports, 'staff', [aStaffRow('100001', optional), aStaffRow('100002')]);
  expect(await staffMemberOn(ports.database.db, '100001', '2026-11-18')).toMatchObject({
    section_code: '010101',
    staff_class: '会計年度任用',
    appointer: '市長',
    category: '規則他律',
    workplace: '本庁舎',
    week_minutes: 1740,
    terminal: '共用',
    previous_number: '900001',
    deputy: '100002',
    telework: '可',
    age_band: '40代',
    gender: '回答しない',
  });
});

test('columns may stand in any order, with tabs and CRLF', async () => {
  const ports = await testPorts();
  const lines = csvOf(numbers(2)).trim().split('\n');
  const turned = lines.map((line) => line.split(',').reverse().join('\t')).join('\r\n');
  expect((await runImport(ports, 'staff', turned)).document).toMatchObject({ rows: 2, added: 2 });
});

test('a column that is unknown, one that is missing and one that is there twice are named at once', async () => {
  const ports = await testPorts();
  const columns = [...STAFF_REQUIRED.filter((column) => column !== '言語'), '氏名', '給与'];
  const result = await runImport(ports, 'staff', `${columns.join(',')}\n`);
  expect(problemsOf(result).places).toEqual(['1 氏名 氏名', '1 給与 給与', '1 言語 ']);
});

test('a problem in the last of many lines leaves the store as it was', async () => {
  const ports = await testPorts();
  await runImport(ports, 'staff', numbers(3));
  const before = await everything(ports);
  const last = aStaffRow('999999', { 課: '新しい課', 言語: 'fr' });
  const result = await runImport(ports, 'staff', [...numbers(500), last]);
  expect(result.failed?.where).toMatch(/\.csv:502$/);
  expect(result.document).toMatchObject({ rows: 501, added: 0, unchanged: 0, problemsTotal: 1 });
  expect(await everything(ports)).toEqual(before);
});

test('the same file again leaves no line in the list of imports and none in the audit', async () => {
  const ports = await testPorts();
  await runImport(ports, 'staff', numbers(3));
  const before = await everything(ports);
  await runImport(ports, 'staff', numbers(3));
  expect(await everything(ports)).toEqual(before);
});

test('a number in full width is that in half width, so it may stand once only', async () => {
  const ports = await testPorts();
  const wide = aStaffRow('１００００１', { メール: '', AADオブジェクトID: '' });
  expect(problemsOf(await runImport(ports, 'staff', [aStaffRow('100001'), wide])).places).toEqual([
    '3 職員番号 100001',
  ]);
});

test.each([
  ['所属コード', '01 01'],
  ['前職員番号', '9 9'],
  ['週勤務分', '10081'],
  ['メール', 'a@b@c'],
])('%s 「%s」 refuses the file', async (column, read) => {
  const ports = await testPorts();
  const result = await runImport(ports, 'staff', [aStaffRow('100001', { [column]: read })]);
  expect(problemsOf(result).places).toEqual([`2 ${column} ${read}`]);
});
