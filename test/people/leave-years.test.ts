import { expect, test } from 'vitest';
import { aStaffRow } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { problemsOf, runImport } from './import-command.ts';

async function take(ports: TestPorts, ...lines: string[]) {
  const file = `職員番号,年度,付与,繰越\n${lines.join('\n')}\n`;
  return runImport(ports, 'leave', file, { balances: true });
}

async function withStaff(): Promise<TestPorts> {
  const ports = await testPorts();
  await runImport(ports, 'staff', [aStaffRow('100001'), aStaffRow('100002')]);
  return ports;
}

const held = ({ database: { db } }: TestPorts) =>
  db.selectFrom('leave_balance').select(['staff', 'year', 'granted_days', 'carried_days']).orderBy('year').execute();

test('a 年度 may be written in each of these ways', async () => {
  const ports = await withStaff();
  const written = ['2026', '２０２６', '2026年度', '令和8年度', '令和8年', '令和8', '令和８', 'R8'];
  for (const [at, year] of written.entries()) {
    expect((await take(ports, `100001,${year},20,${at}`)).failed, year).toBeUndefined();
    const expected = [{ staff: '100001', year: 2026, granted_days: 20, carried_days: at }];
    expect(await held(ports), year).toEqual(expected);
  }
});

test('令和元年度 is the one that begins in 2019', async () => {
  const ports = await withStaff();
  await take(ports, '100001,令和元年度,20,0');
  expect(await held(ports)).toMatchObject([{ year: 2019 }]);
});

test('what is no 年度 refuses the whole file', async () => {
  const ports = await withStaff();
  for (const year of ['', '令和0年度', '26', '0026', '2026-04-01', '昭和60年度']) {
    const result = await take(ports, '100001,2025,20,0', `100002,${year},20,0`);
    expect(problemsOf(result).places).toEqual([`3 年度 ${year}`]);
    expect(problemsOf(result).sentences).toContain('令和8年度');
  }
  expect(await held(ports)).toEqual([]);
});

test('other years and other people stay; the same year again is changed; twice in one file is refused', async () => {
  const ports = await withStaff();
  await take(ports, '100001,2025,20,10', '100002,2026,20,10');
  const again = await take(ports, '100001,2026,20,20', '100002,2026,20,11');
  expect(again.document).toMatchObject({ added: 1, changed: 1 });
  expect(await held(ports)).toHaveLength(3);
  const twice = await take(ports, '100001,2026,20,20', '100001,令和8年度,20,20');
  expect(problemsOf(twice).places).toEqual(['3 年度 2026']);
  expect((await take(ports, '100001,2026,20,20')).document).toMatchObject({ unchanged: 1 });
});
