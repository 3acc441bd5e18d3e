import { describe, expect, test } from 'vitest';
import { resolveSection, staffMemberOn } from '../../src/people/index.ts';
import { aStaffRow, type Row } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { problemsOf, runImport } from './import-command.ts';

const today = '2026-11-18';
const section = (code: string, name: string, differs: Row = {}): Row => ({
  所属コード: code,
  名称: name,
  局区: '見本局',
  部: '見本部',
  開始: '2020-04-01',
  終了: '',
  ...differs,
});
const sections = (ports: TestPorts, ...rows: Row[]) => runImport(ports, 'sections', rows);
const staff = (ports: TestPorts, ...rows: Row[]) => runImport(ports, 'staff', rows);
const found = (ports: TestPorts, text: string, date = today) => resolveSection(ports.database.db, text, date);
const held = async (ports: TestPorts) =>
  (
    await ports.database.db.selectFrom('section').select(['code', 'path']).orderBy('path').orderBy('code').execute()
  ).map(({ code, path }) => `${code ?? '-'} ${path}`);
const keyOf = async (ports: TestPorts, number: string, date = today) =>
  (await staffMemberOn(ports.database.db, number, date))?.section_id;

describe('a section', () => {
  test('is the one of that name on that date', async () => {
    const ports = await testPorts();
    await sections(
      ports,
      section('0101', '労務課', { 終了: '2026-03-31', 後継コード: '0201' }),
      section('0201', '労務課', { 開始: '2026-04-01' }),
    );
    expect(await found(ports, '労務課', '2026-03-31')).toEqual({ path: '見本局/見本部/労務課', key: '0101' });
    expect(await found(ports, '労務課', '2026-04-01')).toEqual({ path: '見本局/見本部/労務課', key: '0201' });
    expect(await found(ports, '労務課', '2020-03-31')).toHaveProperty('problem');
  });

  test('may change its name under its code', async () => {
    const ports = await testPorts();
    const renamed = section('0101', '働き方課', { 開始: '2026-04-01' });
    await sections(ports, section('0101', '労務課', { 終了: '2026-03-31' }), renamed);
    expect(await found(ports, '0101', '2026-03-31')).toMatchObject({ path: '見本局/見本部/労務課' });
    expect(await found(ports, '0101', today)).toMatchObject({ path: '見本局/見本部/働き方課' });
  });

  test('is told by its code where two of one name stand beside each other', async () => {
    const ports = await testPorts();
    await sections(ports, section('0101', '労務課'), section('0201', '労務課'));
    expect(await found(ports, '労務課')).toMatchObject({
      candidates: ['見本局/見本部/労務課（0101）', '見本局/見本部/労務課（0201）'],
    });
    expect(await found(ports, '0201')).toEqual({ path: '見本局/見本部/労務課', key: '0201' });
  });

  test('of 局区, 部 and 課 is one path, whichever columns hold the names', async () => {
    const ports = await testPorts();
    await sections(
      ports,
      section('01', '見本局', { 局区: '', 部: '' }),
      section('0100', '見本部', { 部: '' }),
      section('0101', '労務課'),
      section('0109', '直属課', { 部: '' }),
    );
    expect(await held(ports)).toEqual([
      '01 見本局',
      '0109 見本局/直属課',
      '0100 見本局/見本部',
      '0101 見本局/見本部/労務課',
    ]);
    await staff(ports, aStaffRow('100001', { 部: '', 課: '' }), aStaffRow('100002', { 課: '' }));
    expect([await keyOf(ports, '100001'), await keyOf(ports, '100002')]).toEqual(['01', '0100']);
  });

  test('in full width is the one in half width', async () => {
    const ports = await testPorts();
    await sections(ports, section('0101', 'ICT推進課'));
    await staff(ports, aStaffRow('100001', { 課: 'ＩＣＴ推進課' }));
    expect(await keyOf(ports, '100001')).toBe('0101');
    expect(await found(ports, 'ＩＣＴ推進課')).toMatchObject({ key: '0101' });
  });
});

describe('a section that only a staff file names', () => {
  test('is made once, with the code that any of its rows gives', async () => {
    const ports = await testPorts();
    const rows = [aStaffRow('100001', { 所属コード: '' }), aStaffRow('100002', { 所属コード: '0101' })];
    await staff(ports, ...rows);
    expect(await held(ports)).toEqual(['0101 見本局/見本部/見本課']);
    expect(await keyOf(ports, '100001')).toBe('0101');
    expect((await staff(ports, ...rows)).document).toMatchObject({ unchanged: 2 });
  });

  test('takes the code that a later staff file gives it, for the days before too', async () => {
    const ports = await testPorts();
    await staff(ports, aStaffRow('100001'), aStaffRow('100002'));
    await staff(ports, aStaffRow('100001', { 所属コード: '0101' }), aStaffRow('100002'));
    expect(await held(ports)).toEqual(['0101 見本局/見本部/見本課']);
    expect([await keyOf(ports, '100001', '2026-11-17'), await keyOf(ports, '100002')]).toEqual(['0101', '0101']);
  });

  test('gives way to the file of sections that knows its code under another name', async () => {
    const ports = await testPorts();
    await staff(ports, aStaffRow('100001', { 所属コード: '0101' }));
    await sections(ports, section('0101', '労務課'));
    expect(await held(ports)).toEqual(['0101 見本局/見本部/労務課']);
  });
});

describe('import sections refuses', () => {
  test('a period that cuts into one the store holds, and takes both when both are in the file', async () => {
    const ports = await testPorts();
    await sections(ports, section('0101', '労務課'));
    const renamed = section('0101', '働き方課', { 開始: '2026-04-01' });
    const refused = await sections(ports, renamed);
    expect(problemsOf(refused).places).toEqual(['2 開始 2026-04-01']);
    expect(problemsOf(refused).sentences).toContain('2020-04-01から');
    const both = await sections(ports, section('0101', '労務課', { 終了: '2026-03-31' }), renamed);
    expect(both.document).toMatchObject({ added: 1, changed: 1 });
  });

  test.each([
    [{ 局区: '' }, '2 局区 '],
    [{ 所属コード: '01 01' }, '2 所属コード 01 01'],
    [{ 名称: '甲/乙' }, '2 名称 甲/乙'],
    [{ 別表第一の号: '十三' }, '2 別表第一の号 十三'],
  ])('%j', async (differs, place) => {
    const ports = await testPorts();
    const result = await sections(ports, section('0101', '労務課', differs as Row));
    expect(problemsOf(result).places).toEqual([place]);
    expect(await held(ports)).toEqual([]);
  });
});
