import { describe, expect, test } from 'vitest';
import { attendanceOn, isAfterTheFact, ordersOn, stillAtWork } from '../../src/attendance/index.ts';
import { formatTimeOfDay, isoAt } from '../../src/calendar/index.ts';
import { problemsOf } from '../people/import-command.ts';
import { countsOf, DAY, take, withStaff } from './take.ts';

const header = '職員番号,日付,申請日時,開始,終了,状態\n';
type Ports = Awaited<ReturnType<typeof withStaff>>;
const orders = (ports: Ports, lines: string[], options = {}) =>
  take(ports, 'orders', `${header}${lines.join('\n')}\n`, options);
const row = (status: string, times = '17:15,20:30', applied = `${DAY} 15:00`, staff = '100001') =>
  `${staff},${DAY},${applied},${times},${status}`;
const standing = async (ports: Ports) =>
  (await ordersOn(ports.database.db, DAY, DAY)).flatMap(({ staff, orders }) =>
    orders.map(
      (one) =>
        `${staff} ${formatTimeOfDay(one.start)}-${formatTimeOfDay(one.end)} ${one.status} ${isoAt(one.appliedAt, 'Asia/Tokyo').slice(11, 16)}`,
    ),
  );
const told = ({ database: { db } }: Ports) =>
  db.selectFrom('overtime_order').select(['seq', 'status']).orderBy('staff').orderBy('seq').execute();

describe('import orders', () => {
  test('keeps what was told of an application, in order, and knows how it stands', async () => {
    const ports = await withStaff();
    expect(countsOf(await orders(ports, [row('申請')]))).toBe('+1 ~0 -0 =0');
    expect(await standing(ports)).toEqual(['100001 17:15-20:30 申請 15:00']);
    expect(countsOf(await orders(ports, [row('命令', '17:15,20:00')]))).toBe('+0 ~1 -0 =0');
    expect(await standing(ports)).toEqual(['100001 17:15-20:00 命令 15:00']);
    expect(countsOf(await orders(ports, [row('取消', '17:15,20:00')]))).toBe('+0 ~0 -1 =0');
    expect(await standing(ports)).toEqual(['100001 17:15-20:00 取消 15:00']);
    expect(await told(ports)).toEqual([
      { seq: 1, status: '申請' },
      { seq: 2, status: '命令' },
      { seq: 3, status: '取消' },
    ]);
  });

  test('the same file twice changes nothing, whether it holds one state of an application or all of them', async () => {
    const ports = await withStaff();
    const files = [
      [row('申請')],
      [row('取消'), row('命令'), row('申請')],
      [
        row('申請', '07:00,08:30'),
        row('命令', '07:00,08:30', `${DAY} 16:30`),
        row('取消', '07:00,08:30', `${DAY} 17:00`),
      ],
    ];
    for (const file of files) {
      const first = await orders(ports, file);
      expect(first.failed).toBeUndefined();
      const held = await told(ports);
      expect(countsOf(await orders(ports, file))).toBe(`+0 ~0 -0 =${file.length}`);
      expect(await told(ports)).toEqual(held);
    }
    expect((await standing(ports)).map((one) => one.split(' ')[2])).toEqual(['取消', '取消']);
  });

  test('a state that comes back is told anew: a 命令 after its 取消', async () => {
    const ports = await withStaff();
    for (const status of ['命令', '取消', '命令']) await orders(ports, [row(status)]);
    expect(await standing(ports)).toEqual(['100001 17:15-20:30 命令 15:00']);
    expect((await told(ports)).map((one) => one.status)).toEqual(['命令', '取消', '命令']);
  });

  test('two blocks of one application and two applications of one day stand beside each other', async () => {
    const ports = await withStaff();
    await orders(ports, [row('命令', '07:00,08:30'), row('命令'), row('申請', '20:30,22:00', `${DAY} 18:10`)]);
    expect(await standing(ports)).toEqual([
      '100001 07:00-08:30 命令 15:00',
      '100001 17:15-20:30 命令 15:00',
      '100001 20:30-22:00 申請 18:10',
    ]);
  });

  test('an application made after the work had begun can be told from one made before', async () => {
    const ports = await withStaff();
    await orders(ports, [
      row('申請', '17:15,20:30', `${DAY} 17:15`),
      row('申請', '18:00,19:00', '2026-11-19 08:40', '100002'),
    ]);
    const startsAt = { '100001': `${DAY}T17:15:00+09:00`, '100002': `${DAY}T18:00:00+09:00` };
    const late = (await ordersOn(ports.database.db, DAY, DAY)).flatMap(({ staff, orders }) =>
      orders.map((one) => isAfterTheFact(one, Date.parse(startsAt[staff as keyof typeof startsAt]))),
    );
    expect(late).toEqual([false, true]);
  });

  test('reads 申請日時 as cities write it', async () => {
    const ports = await withStaff();
    const written = ['2026-11-18 15:00', '2026/11/18 15:00:59', '令和8年11月18日(水) 15:00', '2026-11-18T15:00'];
    for (const applied of [...written, '2026-11-18T06:00:00Z', '２０２６－１１－１８　１５：００']) {
      await orders(ports, [row('申請', '17:15,20:30', applied)]);
      expect(await standing(ports), applied).toEqual(['100001 17:15-20:30 申請 15:00']);
    }
  });

  test('refuses a file whole, and names for every wrong cell its place and what was expected', async () => {
    const ports = await withStaff();
    const wrong: [line: string, place: string, expected: string][] = [
      [row('申請', '17:15,20:30', ''), '申請日時 ', '2026-11-18 16:20'],
      [row('申請', '17:15,20:30', DAY), `申請日時 ${DAY}`, '日付と時刻'],
      [row('申請', '17:15,20:30', `${DAY} 25:00`), `申請日時 ${DAY} 25:00`, '日付と時刻'],
      [row('申請', '17:15,20:30', '2026-11-31 15:00'), '申請日時 2026-11-31 15:00', '日付と時刻'],
      [row('承認'), '状態 承認', '申請、命令、取消'],
      [row(''), '状態 ', '申請、命令、取消'],
      [row('申請', ',20:30'), '開始 ', '17:15'],
      [row('申請', '17:15,'), '終了 ', '17:15'],
      [row('申請', '17:15,17:15'), '終了 17:15', '25:30'],
      [row('申請', '17:15,01:00'), '終了 01:00', '25:30'],
      [row('申請', '17:15,20:30', undefined, '999999'), '職員番号 999999', '取込済み'],
    ];
    const good = row('申請', '17:15,18:00', undefined, '100002');
    const result = await orders(ports, [...wrong.map(([line]) => line), good]);
    expect(problemsOf(result).places).toEqual(wrong.map(([, place], at) => `${at + 2} ${place}`));
    const { problems } = result.document as { problems: { expected: string }[] };
    for (const [at, [, , expected]] of wrong.entries()) expect(problems[at]?.expected).toContain(expected);
    expect(await standing(ports)).toEqual([]);
  });

  test('refuses the same state of one application twice', async () => {
    const ports = await withStaff();
    const result = await orders(ports, [row('命令'), row('命令', '17:15,21:00')]);
    expect(problemsOf(result).places).toEqual(['3 申請日時 命令']);
  });

  test('a dry run counts and writes nothing', async () => {
    const ports = await withStaff();
    expect(countsOf(await orders(ports, [row('申請')], { dryRun: true }))).toBe('+1 ~0 -0 =0');
    expect(await standing(ports)).toEqual([]);
  });

  test('what the store holds is evidence of being at work until it is cancelled', async () => {
    const ports = await withStaff();
    const at = async () => stillAtWork((await attendanceOn(ports.database.db, DAY))('100001'), 1170);
    await orders(ports, [row('命令')]);
    expect(await at()).toEqual({ atWork: true, evidence: 'order', minute: 1230 });
    await orders(ports, [row('取消')]);
    expect(await at()).toEqual({ atWork: false, why: 'not-at-work' });
  });
});
