import { describe, expect, test } from 'vitest';
import { directReports, headsOn, importsRevision, staffByAad, staffMemberOn, staffOn } from '../../src/people/index.ts';
import { aStaffRow, type Row } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { aadOf } from '../build/staff-member.ts';
import { runImport } from './import-command.ts';

const today = '2026-11-18';
const take = (ports: TestPorts, rows: Row[], effective?: string) =>
  runImport(ports, 'staff', rows, effective === undefined ? {} : { effective });

/** 課 of a person on each date; 「-」 stands before that of a person not held yet. */
async function unitsOn(ports: TestPorts, staff: string, ...dates: string[]): Promise<string[]> {
  const found = await Promise.all(dates.map((date) => staffMemberOn(ports.database.db, staff, date)));
  return found.map((member) => (member?.notHired ? `- ${member.unit}` : (member?.unit ?? 'never')));
}

describe('the roster of a date', () => {
  test('has everybody ever held, by number; who comes later is marked', async () => {
    const ports = await testPorts();
    const left = aStaffRow('100002', { 退職日: '2026-03-31' });
    await take(ports, [left, aStaffRow('100001', { 採用日: '2027-04-01' })]);
    const held = await staffOn(ports.database.db, today);
    expect(held.map((member) => [member.staff, member.notHired === true])).toEqual([
      ['100001', true],
      ['100002', false],
    ]);
    expect(await unitsOn(ports, '999999', today)).toEqual(['never']);
  });

  test('changes with each file from its own day, and what was before stays', async () => {
    const ports = await testPorts();
    await take(ports, [aStaffRow('100001')], '令和8年4月1日');
    await take(ports, [aStaffRow('100001', { 課: '夏課' })], '2026-07-01');
    await take(ports, [aStaffRow('100001', { 課: '秋課' })]);
    const days = ['2026-03-31', '2026-04-01', '2026-06-30', '2026-07-01', '2026-11-17', today];
    expect(await unitsOn(ports, '100001', ...days)).toEqual(['- 見本課', '見本課', '見本課', '夏課', '夏課', '秋課']);
  });

  test('does not go back to an older row when the 採用日 of a person already taken in arrives', async () => {
    const ports = await testPorts();
    await take(ports, [aStaffRow('100001', { 採用日: '2027-04-01' })]);
    await take(ports, [aStaffRow('100001', { 採用日: '2026-11-01', 課: '新課' })], today);
    expect(await unitsOn(ports, '100001', today, '2027-04-01')).toEqual(['新課', '新課']);
  });

  test('keeps those whom a file for an earlier day could not know', async () => {
    const ports = await testPorts();
    await take(ports, [aStaffRow('100001', { 採用日: '2026-10-01' })]);
    const earlier = await take(ports, [aStaffRow('100002')], '2026-04-01');
    expect(earlier.document).toMatchObject({ added: 1, withdrawn: 0 });
    expect(await staffMemberOn(ports.database.db, '100001', today)).toMatchObject({ left_on: null });
  });

  test('lets somebody still to come go who is in the file of today no more, also with --effective', async () => {
    const ports = await testPorts();
    const others = ['100001', '100002', '100003', '100004', '100005'].map((number) => aStaffRow(number));
    await take(ports, [...others, aStaffRow('100009', { 採用日: '2027-04-01' })]);
    expect((await take(ports, others, today)).document).toMatchObject({ withdrawn: 1, unchanged: 5 });
    expect(await staffMemberOn(ports.database.db, '100009', '2027-04-01')).toMatchObject({ left_on: '2026-11-17' });
  });

  test('knows heads and direct reports among people in service', async () => {
    const ports = await testPorts();
    const { db } = ports.database;
    const rows = (head: string) => [
      aStaffRow('100001'),
      aStaffRow('100002'),
      aStaffRow('100003', { 所属長: head }),
      aStaffRow('100004', { 所属長: '100002', 退職日: '2026-11-17' }),
      aStaffRow('100005', { 所属長: '100002', 採用日: '2026-12-01' }),
    ];
    await take(ports, rows('100001'), '2026-11-01');
    await take(ports, rows('100002'));
    const reports = async (head: string, date: string) =>
      (await directReports(db, head, date)).map((member) => member.staff);
    expect(await reports('100001', '2026-11-17')).toEqual(['100003']);
    expect(await reports('100001', today)).toEqual([]);
    expect(await reports('100002', today)).toEqual(['100003']);
    expect(await reports('100002', '2026-12-01')).toEqual(['100003', '100005']);
    expect(await headsOn(db, '2026-11-17')).toEqual(['100001', '100002']);
    expect(await headsOn(db, today)).toEqual(['100002']);
  });
});

describe('people re-appointed under a new number (P9)', () => {
  const id = aadOf('100001');
  const again = aStaffRow('200001', { 前職員番号: '100001', 採用日: '2026-04-01', AADオブジェクトID: id });

  test('may keep their id in a file that still has the old number, which owns it to its last day', async () => {
    const ports = await testPorts();
    const rows = [again, ...['100001', '100009'].map((number) => aStaffRow(number, { 退職日: '2026-03-31' }))];
    expect((await take(ports, rows, '2026-03-01')).failed).toBeUndefined();
    const owner = async (date: string) => (await staffByAad(ports.database.db, id.toUpperCase(), date))?.staff;
    expect([await owner('2026-03-31'), await owner('2026-04-01')]).toEqual(['100001', '200001']);
    expect(await staffByAad(ports.database.db, aadOf('100009'), '2026-04-01')).toBeNull();
  });

  test('may not share it while both are in service', async () => {
    const ports = await testPorts();
    const overlap = await take(ports, [again, aStaffRow('100001', { 退職日: '2026-04-01' })]);
    expect(overlap.document).toMatchObject({ problems: [{ line: 3, column: 'AADオブジェクトID', read: id }] });
  });

  test('do not count as missing, whether the number or the id says who they are', async () => {
    const ports = await testPorts();
    await take(ports, [aStaffRow('100001'), aStaffRow('100002'), aStaffRow('100003')]);
    const renumbered = [
      aStaffRow('100001'),
      aStaffRow('200002', { 前職員番号: '100002', AADオブジェクトID: '' }),
      aStaffRow('200003', { AADオブジェクトID: aadOf('100003') }),
    ];
    expect((await take(ports, renumbered)).document).toMatchObject({ added: 2, withdrawn: 2, unchanged: 1 });
  });

  test('are missing when every number merely lost its zero', async () => {
    const ports = await testPorts();
    const rows = (...numbers: string[]) => numbers.map((number) => aStaffRow(number, { AADオブジェクトID: '' }));
    await take(ports, rows('001', '002'));
    expect((await take(ports, rows('1', '2'))).failed?.code).toBe('confirm-leavers');
  });
});

test('the revision is a new one after every import that changed something, and only then', async () => {
  const ports = await testPorts();
  const seen = [await importsRevision(ports.database.db)];
  const after = async (kind: 'staff' | 'sections' | 'posts' | 'leave', file: Row[] | string) => {
    await runImport(ports, kind, file);
    seen.push(await importsRevision(ports.database.db));
  };
  await after('staff', [aStaffRow('100001')]);
  await after('sections', '所属コード,名称,局区,部,開始,終了\n0101,見本課,見本局,見本部,2020-04-01,\n');
  await after('posts', '所属コード,役割,職員番号,種別,開始,終了\n0101,所属長,100001,本務,2026-04-01,\n');
  await after('leave', '職員番号,日付,種別\n100001,2026-11-18,全日\n');
  expect(new Set(seen).size).toBe(5);
  await after('staff', [aStaffRow('100001')]);
  await after('staff', [aStaffRow('100001', { 言語: 'fr' })]);
  expect(new Set(seen).size).toBe(5);
  ports.clock.moveTo('2020-01-01T00:00:00+09:00');
  await after('leave', '職員番号,日付,種別\n100001,2026-11-18,取消\n');
  expect(new Set(seen).size).toBe(6);
});
