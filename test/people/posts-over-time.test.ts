import { expect, test } from 'vitest';
import { aStaffRow, type Row } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { everything } from './everything.ts';
import { problemsOf, runImport } from './import-command.ts';

const post = (role: string, number: string, differs: Row = {}): Row => ({
  所属コード: '見本課',
  役割: role,
  職員番号: number,
  種別: '本務',
  開始: '2026-04-01',
  終了: '',
  根拠: '',
  ...differs,
});

async function withStaff(): Promise<TestPorts> {
  const ports = await testPorts();
  await runImport(ports, 'staff', [aStaffRow('100001'), aStaffRow('100002'), aStaffRow('100003')]);
  return ports;
}
const take = (ports: TestPorts, rows: Row[], options = {}) => runImport(ports, 'posts', rows, options);
const held = ({ database: { db } }: TestPorts) =>
  db
    .selectFrom('post')
    .select(['role', 'staff', 'kind', 'valid_to', 'ground'])
    .orderBy('role')
    .orderBy('staff')
    .execute();

test('several people may be 代理 or 庶務担当 of one section from one day; one person holds each other duty', async () => {
  const ports = await withStaff();
  const several = ['代理', '庶務担当'].flatMap((role) => [post(role, '100001'), post(role, '100002')]);
  expect((await take(ports, several)).document).toMatchObject({ added: 4 });
  const two = await take(ports, [post('所属長', '100001'), post('所属長', '100002')]);
  expect(problemsOf(two).places).toEqual(['3 役割 所属長']);
  const twice = await take(ports, [post('代理', '100003'), post('代理', '100003', { 終了: '2027-03-31' })]);
  expect(problemsOf(twice).places).toEqual(['3 役割 代理']);
  expect(await held(ports)).toHaveLength(4);
});

test('a duty of the same kind and day goes to the person the later file names, or falls vacant', async () => {
  const ports = await withStaff();
  await take(ports, [post('所属長', '100001', { 根拠: '辞令' })]);
  expect((await take(ports, [post('所属長', '100002')])).document).toMatchObject({ changed: 1 });
  expect(await held(ports)).toMatchObject([{ staff: '100002', ground: null }]);
  await take(ports, [post('所属長', '')]);
  expect(await held(ports)).toMatchObject([{ role: '所属長', staff: null }]);
  const beside = [post('所属長', '100003', { 種別: '事務取扱' })];
  expect((await take(ports, beside)).document).toMatchObject({ added: 1 });
  expect(await held(ports)).toHaveLength(2);
});

test('a dry run counts and writes nothing', async () => {
  const ports = await withStaff();
  const before = await everything(ports);
  expect((await take(ports, [post('部長', '100001')], { dryRun: true })).document).toMatchObject({ added: 1 });
  expect(await everything(ports)).toEqual(before);
});

test('a bare name of several sections refuses the file and lists them', async () => {
  const ports = await testPorts();
  await runImport(ports, 'staff', [
    aStaffRow('100001', { 課: '総務課' }),
    aStaffRow('100002', { 部: '', 課: '総務課' }),
  ]);
  const result = await take(ports, [post('所属長', '100001', { 所属コード: '総務課' })]);
  expect(problemsOf(result).places).toEqual(['2 所属コード 総務課']);
  expect(problemsOf(result).sentences).toContain('候補: 見本局/総務課、見本局/見本部/総務課');
});
