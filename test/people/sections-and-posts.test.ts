import { describe, expect, test } from 'vitest';
import { actingFor, resolveSection, staffMemberOn } from '../../src/people/index.ts';
import { aStaffRow, type Row } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { problemsOf, runImport } from './import-command.ts';

const today = '2026-11-18';
const aSection = (code: string, name: string, differs: Row = {}): Row => ({
  所属コード: code,
  名称: name,
  局区: '見本局',
  部: '見本部',
  開始: '2020-04-01',
  終了: '',
  後継コード: '',
  ...differs,
});
const aPost = (section: string, role: string, staff: string, differs: Row = {}): Row => ({
  所属コード: section,
  役割: role,
  職員番号: staff,
  種別: '本務',
  開始: '2026-04-01',
  終了: '',
  ...differs,
});
const resolved = (ports: TestPorts, text: string, date = today) => resolveSection(ports.database.db, text, date);

describe('a section is written', () => {
  async function city(): Promise<TestPorts> {
    const ports = await testPorts();
    await runImport(ports, 'staff', [
      aStaffRow('100001', { 課: '労務課', 所属コード: '0101' }),
      aStaffRow('100002', { 課: '総務課' }),
      aStaffRow('100003', { 局区: '例示区', 部: '', 課: '総務課' }),
    ]);
    return ports;
  }

  test.each([
    ['as its path', '見本局/見本部/労務課', '見本局/見本部/労務課'],
    ['as its path with an empty level left out', '例示区/総務課', '例示区/総務課'],
    ['as its code', '0101', '見本局/見本部/労務課'],
    ['as its code in wide digits', '０１０１', '見本局/見本部/労務課'],
    ['as a bare name that is unique', '労務課', '見本局/見本部/労務課'],
    ['as a 局区', '見本局', '見本局'],
    ['as a 部 by its bare name', '見本部', '見本局/見本部'],
  ])('%s', async (_, text, path) => {
    expect(await resolved(await city(), text)).toMatchObject({ path });
  });

  test('as a bare name that several have: the candidates are listed', async () => {
    const answer = await resolved(await city(), '総務課');
    expect(answer).toMatchObject({ candidates: ['例示区/総務課', '見本局/見本部/総務課'] });
    expect('problem' in answer && answer.problem).toContain('例示区/総務課');
  });

  test('as a name nobody has: a sentence', async () => {
    expect(await resolved(await city(), '宇宙課')).toMatchObject({ problem: expect.stringContaining('宇宙課') });
  });
});

describe('import sections', () => {
  test('gives codes to sections a staff file made; their people and posts stay with them', async () => {
    const ports = await testPorts();
    const staff = [
      aStaffRow('100001', { 課: '労務課', 管理職: '1' }),
      aStaffRow('100002', { 課: '労務課', 所属長: '100001' }),
    ];
    await runImport(ports, 'staff', staff);
    await runImport(ports, 'posts', [aPost('労務課', '代理', '100002', { 種別: '代理' })]);
    await runImport(ports, 'leave', '職員番号,日付,種別\n100001,2026-11-18,全日\n');
    const acting = () => actingFor(ports.database.db, '100001', today, 975);
    expect(await acting()).toEqual({ staff: '100002', as: 'deputy' });
    expect((await runImport(ports, 'sections', [aSection('0101', '労務課')])).document).toMatchObject({ added: 1 });
    expect(await acting()).toEqual({ staff: '100002', as: 'deputy' });
    expect((await runImport(ports, 'staff', staff)).document).toMatchObject({ unchanged: 2 });
    expect(await resolved(ports, '0101')).toMatchObject({ path: '見本局/見本部/労務課' });
    expect((await staffMemberOn(ports.database.db, '100001', today))?.unit).toBe('労務課');
  });

  test('the same file a second time changes nothing; a new 終了 and 後継コード change the row', async () => {
    const ports = await testPorts();
    const rows = [aSection('0101', '労務課'), aSection('0102', '人事課')];
    await runImport(ports, 'sections', rows);
    expect((await runImport(ports, 'sections', rows)).document).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    const ended = aSection('0101', '労務課', { 終了: '2027-03-31', 後継コード: '0102' });
    expect((await runImport(ports, 'sections', [ended])).document).toMatchObject({ changed: 1 });
    expect(await resolved(ports, '0101', '2027-03-31')).toMatchObject({ path: '見本局/見本部/労務課' });
    expect(await resolved(ports, '0101', '2027-04-01')).toHaveProperty('problem');
  });

  test.each([
    [{ 終了: '2020-03-31' }, '2 終了 2020-03-31'],
    [{ 名称: '' }, '2 名称 '],
    [{ 後継コード: '9999' }, '2 後継コード 9999'],
    [{ 開始: '2020-04-31' }, '2 開始 2020-04-31'],
  ])('%j refuses the file', async (differs, place) => {
    const ports = await testPorts();
    const result = await runImport(ports, 'sections', [aSection('0101', '労務課', differs as Row)]);
    expect(problemsOf(result).places).toEqual([place]);
  });

  test('one code in two periods that overlap is refused', async () => {
    const ports = await testPorts();
    const rows = [aSection('0101', '労務課'), aSection('0101', '働き方課', { 開始: '2026-04-01' })];
    expect(problemsOf(await runImport(ports, 'sections', rows)).places).toEqual(['3 所属コード 0101']);
  });
});

describe('import posts', () => {
  test('unknown sections and people, and wrong words, refuse the file', async () => {
    const ports = await testPorts();
    await runImport(ports, 'staff', [aStaffRow('100001')]);
    const rows = [
      aPost('宇宙課', '所属長', '100001'),
      aPost('見本課', '所属長', '999999'),
      aPost('見本課', '課長', '100001'),
      aPost('見本課', '所属長', '100001', { 種別: '併任' }),
      aPost('見本課', '所属長', '100001', { 終了: '2026-03-31' }),
    ];
    const result = await runImport(ports, 'posts', rows);
    expect(problemsOf(result).places).toEqual([
      '2 所属コード 宇宙課',
      '3 職員番号 999999',
      '4 役割 課長',
      '5 種別 併任',
      '6 終了 2026-03-31',
    ]);
    expect(await ports.database.db.selectFrom('post').selectAll().execute()).toEqual([]);
  });

  test('a post may be vacant, ends when a later file says so, and the same file changes nothing', async () => {
    const ports = await testPorts();
    await runImport(ports, 'staff', [aStaffRow('100001')]);
    const rows = [aPost('見本課', '所属長', ''), aPost('見本課', '代理', '100001')];
    expect((await runImport(ports, 'posts', rows)).document).toMatchObject({ added: 2 });
    expect((await runImport(ports, 'posts', rows)).document).toMatchObject({ unchanged: 2 });
    const ended = [aPost('見本課', '代理', '100001', { 終了: '2026-10-31' })];
    expect((await runImport(ports, 'posts', ended)).document).toMatchObject({ changed: 1 });
  });

  test('a post that ended with its section may still be told', async () => {
    const ports = await testPorts();
    await runImport(ports, 'staff', [aStaffRow('100001')]);
    await runImport(ports, 'sections', [aSection('0101', '労務課', { 終了: '2026-03-31' })]);
    const past = aPost('0101', '所属長', '100001', { 開始: '2025-04-01', 終了: '2026-03-31' });
    expect((await runImport(ports, 'posts', [past])).document).toMatchObject({ added: 1, problemsTotal: 0 });
  });
});
