import { beforeEach, describe, expect, test } from 'vitest';
import { type Acting, actingFor } from '../../src/people/index.ts';
import { aStaffRow, csvOf, type Row } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { runImport } from './import-command.ts';

const today = '2026-11-18';
const atFour = 16 * 60;

/*
 * 甲課: head 100010 with 代決者 100013; 100011 and 100012 are 代理 by posts, 100014 holds 所属長 as 事務取扱. The head's own
 * 所属長 is 100002, whose own is 100001.
 */
const staff = (differs: Record<string, Row> = {}): Row[] =>
  [
    aStaffRow('100001', { 職位: '局長', 課: '', 部: '' }),
    aStaffRow('100002', { 職位: '部長', 課: '', 所属長: '100001' }),
    aStaffRow('100010', { 課: '甲課', 所属長: '100002', 代決者: '100013' }),
    ...['100011', '100012', '100013'].map((number) => aStaffRow(number, { 課: '甲課', 所属長: '100010', 代決者: '' })),
    aStaffRow('100014', { 課: '乙課', 所属長: '100002', 代決者: '' }),
  ].map((row) => ({ ...row, ...differs[row['職員番号'] ?? ''] }));

const post = (role: string, number: string, differs: Row = {}): Row => ({
  所属コード: '甲課',
  役割: role,
  職員番号: number,
  種別: role === '代理' ? '代理' : '本務',
  開始: '2026-04-01',
  終了: '',
  ...differs,
});
const posts = [
  post('所属長', '100010'),
  post('代理', '100011'),
  post('代理', '100012', { 開始: '2026-05-01' }),
  post('所属長', '100014', { 種別: '事務取扱' }),
];

let ports: TestPorts;
const asked = (head = '100010', date = today): Promise<Acting | null> =>
  actingFor(ports.database.db, head, date, atFour);

async function away(...numbers: string[]): Promise<void> {
  const rows = numbers.map((number) => ({ 職員番号: number, 日付: today, 種別: '全日' }));
  expect((await runImport(ports, 'leave', csvOf(rows))).failed).toBeUndefined();
}

describe('who is asked for a head (P3)', () => {
  beforeEach(async () => {
    ports = await testPorts();
    for (const [kind, rows] of [
      ['staff', staff()],
      ['posts', posts],
    ] as const)
      expect((await runImport(ports, kind, rows)).failed).toBeUndefined();
  });

  test('is the head, then each 代理, then who holds the post as 事務取扱, then the 代決者, then upward, then nobody', async () => {
    const order: (Acting | null)[] = [];
    for (const number of ['100010', '100011', '100012', '100014', '100013', '100002', '100001']) {
      order.push(await asked());
      await away(number);
    }
    order.push(await asked());
    expect(order).toEqual([
      { staff: '100010', as: 'head' },
      { staff: '100011', as: 'deputy' },
      { staff: '100012', as: 'deputy' },
      { staff: '100014', as: 'deputy' },
      { staff: '100013', as: 'deputy' },
      { staff: '100002', as: 'division-head' },
      { staff: '100001', as: 'division-head' },
      null,
    ]);
  });

  test('is somebody else only at the minutes at which the head is away', async () => {
    await runImport(ports, 'leave', '職員番号,日付,種別,時間,開始\n100010,2026-11-18,時間,60,16:00\n');
    const at = (minute: number) => actingFor(ports.database.db, '100010', today, minute);
    expect(await at(atFour - 1)).toMatchObject({ staff: '100010' });
    expect(await at(atFour)).toMatchObject({ staff: '100011' });
    expect(await at(atFour + 60)).toMatchObject({ staff: '100010' });
  });

  test('is the deputy of a head who is 休職 or has left', async () => {
    await runImport(ports, 'staff', staff({ '100010': { 勤務区分: '休職' } }));
    expect(await asked()).toEqual({ staff: '100011', as: 'deputy' });
    await runImport(ports, 'staff', staff({ '100010': { 退職日: '2026-11-17' } }));
    expect(await asked()).toEqual({ staff: '100011', as: 'deputy' });
  });

  test('passes over a 代理 that is vacant, has ended or has not begun', async () => {
    const changed = [
      post('代理', '100011', { 終了: '2026-11-17' }),
      post('代理', '100012', { 開始: '2026-05-01', 終了: '2026-11-17' }),
      post('代理', '', { 開始: '2026-06-01' }),
      post('代理', '100013', { 開始: '2026-11-19' }),
    ];
    expect((await runImport(ports, 'posts', changed)).failed).toBeUndefined();
    await away('100010');
    expect(await asked()).toEqual({ staff: '100014', as: 'deputy' });
  });

  test('is found when a section of posts is written as code, path or name', async () => {
    await runImport(ports, 'sections', '所属コード,名称,局区,部,開始,終了\n0101,甲課,見本局,見本部,2020-04-01,\n');
    const written = ['0101', '見本局/見本部/甲課', '甲課'].map((text) => post('代理', '100011', { 所属コード: text }));
    for (const row of written)
      expect((await runImport(ports, 'posts', [row])).document).toMatchObject({ unchanged: 1 });
    await away('100010');
    expect(await asked()).toEqual({ staff: '100011', as: 'deputy' });
  });

  test('is nobody for a number the store never held', async () => {
    expect(await asked('999999')).toBeNull();
  });
});
