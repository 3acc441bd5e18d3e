import { describe, expect, test } from 'vitest';
import { leaveOf, leaveOn } from '../../src/people/index.ts';
import { aStaffRow } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { problemsOf, runImport } from './import-command.ts';

async function withStaff(): Promise<TestPorts> {
  const ports = await testPorts();
  await runImport(ports, 'staff', [aStaffRow('100001'), aStaffRow('100002')]);
  return ports;
}

const header = '職員番号,日付,種別,時間,開始,区分\n';
const take = (ports: TestPorts, lines: string, options = {}) => runImport(ports, 'leave', header + lines, options);
const heldOf = async (ports: TestPorts, staff: string, date = '2026-11-18') =>
  (await leaveOf(ports.database.db, staff, date)).map((day) => [day.kind, day.minutes, day.start_minute, day.category]);

describe('import leave', () => {
  test('keeps kind, minutes, beginning and 区分, which is 年次 where it is empty or no column', async () => {
    const ports = await withStaff();
    await take(ports, '100001,2026/11/18,時間,90,16:00,\n100002,令和8年11月18日（水）,全日,,,出張\n');
    expect(await heldOf(ports, '100001')).toEqual([['時間', 90, 960, '年次']]);
    expect(await heldOf(ports, '100002')).toEqual([['全日', null, null, '出張']]);
    await runImport(ports, 'leave', '職員番号,日付,種別\n100001,2026-11-19,午後\n');
    expect(await heldOf(ports, '100001', '2026-11-19')).toEqual([['午後', null, null, '年次']]);
    expect([...(await leaveOn(ports.database.db, '2026-11-18')).keys()].sort()).toEqual(['100001', '100002']);
  });

  test('several rows of one day stand together; a later file replaces the days it names and no others', async () => {
    const ports = await withStaff();
    await take(ports, '100001,2026-11-18,午前,,,\n100001,2026-11-18,時間,60,16:00,\n100001,2026-11-19,全日,,,\n');
    expect(await heldOf(ports, '100001')).toHaveLength(2);
    const again = await take(ports, '100001,2026-11-18,全日,,,その他\n');
    expect(again.document).toMatchObject({ rows: 1, changed: 1 });
    expect(await heldOf(ports, '100001')).toEqual([['全日', null, null, 'その他']]);
    expect(await heldOf(ports, '100001', '2026-11-19')).toHaveLength(1);
  });

  test('取消 empties the day, and is no problem where nothing was held', async () => {
    const ports = await withStaff();
    await take(ports, '100001,2026-11-18,全日,,,\n');
    const cancelled = await take(ports, '100001,2026-11-18,取消,,,\n100002,2026-11-18,取消,,,\n');
    expect(cancelled.document).toMatchObject({ withdrawn: 1, unchanged: 1 });
    expect(await heldOf(ports, '100001')).toEqual([]);
  });

  test('the same file a second time changes nothing, and a dry run writes nothing', async () => {
    const ports = await withStaff();
    const lines = '100001,2026-11-18,午前,,,\n100001,2026-11-18,時間,60,16:00,\n';
    expect((await take(ports, lines, { dryRun: true })).document).toMatchObject({ added: 2, dryRun: true });
    expect(await heldOf(ports, '100001')).toEqual([]);
    await take(ports, lines);
    expect((await take(ports, lines)).document).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  });

  test.each(['その他（通院）', 'その他(看護)', 'その他：通院', 'その他 入院のため'])(
    'nothing of the reason in 「%s」 is ever held',
    async (category) => {
      const ports = await withStaff();
      await take(ports, `100001,2026-11-18,全日,,,${category}\n`);
      const held = await heldOf(ports, '100001');
      expect(held).toEqual([['全日', null, null, 'その他']]);
      const { db } = ports.database;
      const written = [
        await db.selectFrom('leave_day').selectAll().execute(),
        await db.selectFrom('import_file').selectAll().execute(),
        await db.selectFrom('audit').selectAll().execute(),
        ports.logged,
      ];
      expect(JSON.stringify(written)).not.toMatch(/通院|看護|入院/);
    },
  );

  test.each([
    ['999999,2026-11-18,全日,,,', '2 職員番号 999999', '取込済み'],
    ['100001,2026-11-31,全日,,,', '2 日付 2026-11-31', '日付'],
    ['100001,2026-11-18,半日,,,', '2 種別 半日', '午前'],
    ['100001,2026-11-18,時間,,,', '2 時間 ', '分'],
    ['100001,2026-11-18,時間,1.5,,', '2 時間 1.5', '整数'],
    ['100001,2026-11-18,時間,60,16時,', '2 開始 16時', 'HH:MM'],
    ['100001,2026-11-18,全日,,,病気', '2 区分 病気', '年次'],
  ])('%s refuses the file', async (line, place, expected) => {
    const ports = await withStaff();
    const result = await take(ports, `${line}\n100002,2026-11-18,全日,,,\n`);
    expect(problemsOf(result).places).toEqual([place]);
    expect(problemsOf(result).sentences).toContain(expected);
    expect(await heldOf(ports, '100002')).toEqual([]);
  });
});

describe('import leave --balances', () => {
  const balances = (ports: TestPorts, lines: string) =>
    runImport(ports, 'leave', `職員番号,年度,付与,繰越\n${lines}`, { balances: true });

  test('days, hours and minutes are kept apart, by person and year', async () => {
    const ports = await withStaff();
    await balances(ports, '100001,2026,20,12日3時間30分\n100002,令和8年度,15日,0\n');
    const held = await ports.database.db.selectFrom('leave_balance').selectAll().orderBy('staff').execute();
    expect(held).toMatchObject([
      { staff: '100001', year: 2026, granted_days: 20, granted_minutes: 0, carried_days: 12, carried_minutes: 210 },
      { staff: '100002', year: 2026, granted_days: 15, granted_minutes: 0, carried_days: 0, carried_minutes: 0 },
    ]);
    expect((await balances(ports, '100001,2026,20,12日3時間30分\n')).document).toMatchObject({ unchanged: 1 });
    expect((await balances(ports, '100001,2026,20,11日\n')).document).toMatchObject({ changed: 1 });
  });

  test.each(['20日半', '', '12.5', '3時間12日'])('「%s」 is no length', async (text) => {
    const ports = await withStaff();
    expect(problemsOf(await balances(ports, `100001,2026,${text},0\n`)).sentences).toContain('12日3時間30分');
  });
});
