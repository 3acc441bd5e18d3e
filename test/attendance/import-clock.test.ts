import { describe, expect, test } from 'vitest';
import { attendanceOn, clockOn, lastLeft, stillAtWork } from '../../src/attendance/index.ts';
import { importsRevision } from '../../src/people/index.ts';
import { problemsOf } from '../people/import-command.ts';
import { countsOf, DAY, take, withStaff } from './take.ts';

const header = '職員番号,日付,出勤,退勤\n';
type Ports = Awaited<ReturnType<typeof withStaff>>;
const clock = (ports: Ports, lines: string, options = {}) => take(ports, 'clock', header + lines, options);
const heldOn = async (ports: Ports, date = DAY) =>
  (await clockOn(ports.database.db, date, date)).flatMap(({ staff, clock }) =>
    clock.map(({ start, end }) => `${staff} ${start}-${end ?? ''}`),
  );

describe('import clock', () => {
  test('keeps several entries a day, past midnight as minutes of the day they began, and who is still there', async () => {
    const ports = await withStaff();
    const lines = `100001,2026/11/18,8:25,12:00\n100001,${DAY},12:55,25:30\n100002,令和8年11月18日（水）,08:30,\n`;
    const result = await clock(ports, lines);
    expect([result.failed, countsOf(result)]).toEqual([undefined, '+3 ~0 -0 =0']);
    expect(await heldOn(ports)).toEqual(['100001 505-720', '100001 775-1530', '100002 510-']);
    expect(await heldOn(ports, '2026-11-19')).toEqual([]);
  });

  test('a later file replaces the person-days it names and no others', async () => {
    const ports = await withStaff();
    await clock(
      ports,
      `100001,${DAY},08:25,12:00\n100001,${DAY},13:00,\n100002,${DAY},08:30,\n100001,2026-11-17,08:30,17:20\n`,
    );
    expect(countsOf(await clock(ports, `100001,${DAY},08:25,20:10\n`))).toBe('+0 ~1 -0 =0');
    expect(await heldOn(ports)).toEqual(['100001 505-1210', '100002 510-']);
    expect(await heldOn(ports, '2026-11-17')).toEqual(['100001 510-1040']);
  });

  test('the same file twice changes nothing, leaves no second trace, and does not say that plans have to be made anew', async () => {
    const ports = await withStaff();
    const { db } = ports.database;
    const before = await importsRevision(db);
    const lines = `100001,${DAY},13:00,\n100001,${DAY},08:25,12:00\n`;
    await clock(ports, lines);
    expect(countsOf(await clock(ports, lines))).toBe('+0 ~0 -0 =2');
    const files = await db.selectFrom('import_file').select(['kind', 'added']).where('kind', '=', 'clock').execute();
    expect(files).toEqual([{ kind: 'clock', added: 2 }]);
    expect(await importsRevision(db)).toBe(before);
  });

  test('an earlier file taken in again brings its state back', async () => {
    const ports = await withStaff();
    const first = `100001,${DAY},08:30,17:20\n`;
    await clock(ports, first);
    await clock(ports, `100001,${DAY},08:30,21:40\n`);
    expect(countsOf(await clock(ports, first))).toBe('+0 ~1 -0 =0');
    expect(await heldOn(ports)).toEqual(['100001 510-1040']);
  });

  test('a dry run counts and writes nothing', async () => {
    const ports = await withStaff();
    const result = await clock(ports, `100001,${DAY},08:30,\n`, { dryRun: true });
    expect([countsOf(result), result.document]).toEqual(['+1 ~0 -0 =0', expect.objectContaining({ dryRun: true })]);
    expect(await heldOn(ports)).toEqual([]);
  });

  test('refuses a file whole, and names for every wrong cell its place and what was expected', async () => {
    const ports = await withStaff();
    const wrong: [line: string, place: string, expected: string][] = [
      [`999999,${DAY},08:30,17:15`, '職員番号 999999', '取込済み'],
      [`,${DAY},08:30,17:15`, '職員番号 ', '職員番号を書いて'],
      ['100001,2026-11-31,08:30,17:15', '日付 2026-11-31', '日付はありません'],
      ['100001,2026-11-18(木),08:30,17:15', '日付 2026-11-18(木)', '水曜日'],
      ['100001,,08:30,17:15', '日付 ', '日付を書いて'],
      [`100001,${DAY},,17:15`, '出勤 ', '時刻'],
      [`100001,${DAY},8時半,17:15`, '出勤 8時半', 'HH:MM'],
      [`100001,${DAY},08:60,17:15`, '出勤 08:60', 'HH:MM'],
      [`100001,${DAY},08:30,48:00`, '退勤 48:00', '47:59'],
      [`100001,${DAY},08:30,01:30`, '退勤 01:30', '25:30'],
      [`100002,${DAY},08:30,17:15,1`, ' 5個', '4個'],
    ];
    const result = await clock(ports, `${wrong.map(([line]) => line).join('\n')}\n100003,${DAY},08:30,17:15\n`);
    expect(result.failed).toMatchObject({ code: 'import-problems', where: expect.stringMatching(/:2$/) });
    expect(problemsOf(result).places).toEqual(wrong.map(([, place], at) => `${at + 2} ${place}`));
    const { problems } = result.document as { problems: { expected: string }[] };
    for (const [at, [, , expected]] of wrong.entries()) expect(problems[at]?.expected).toContain(expected);
    expect(await heldOn(ports)).toEqual([]);
  });

  test('refuses rows of one day that cannot all be true, whatever their order in the file', async () => {
    const ports = await withStaff();
    const clashes: [first: string, second: string, expected: string][] = [
      ['08:30,17:15', '08:30,17:15', '行目と同じ'],
      ['08:30,17:15', '08:30,', '行目と同じ'],
      ['08:30,17:15', '12:00,13:00', '行目と時間が重なって'],
      ['08:30,12:01', '12:00,13:00', '重なって'],
      ['08:30,', '13:00,17:15', '退勤が空です'],
    ];
    for (const turned of [false, true]) {
      const days = clashes.map(([first, second], at) => {
        const rows = [first, second].map((times) => `100001,2026-11-${10 + at},${times}\n`);
        return (turned ? rows.reverse() : rows).join('');
      });
      const result = await clock(ports, days.join(''));
      const { problems } = result.document as { problems: { line: number; expected: string }[] };
      expect(problems.map(({ line }) => Math.floor(line / 2))).toEqual([1, 2, 3, 4, 5]);
      for (const [at, [, , expected]] of clashes.entries()) expect(problems[at]?.expected).toContain(expected);
      expect(await heldOn(ports, '2026-11-10')).toEqual([]);
    }
  });

  test('entries that touch are no clash, nor are those of two people or two days', async () => {
    const ports = await withStaff();
    const lines = [
      `100001,${DAY},08:30,12:00`,
      `100001,${DAY},12:00,17:15`,
      `100002,${DAY},08:30,`,
      '100001,2026-11-19,08:30,',
    ];
    expect(countsOf(await clock(ports, `${lines.join('\n')}\n`))).toBe('+4 ~0 -0 =0');
  });

  test('refuses a column that says more than who and when', async () => {
    const ports = await withStaff();
    const result = await take(ports, 'clock', `職員番号,日付,出勤,退勤,備考\n100001,${DAY},08:30,,通院\n`);
    expect(problemsOf(result).places).toEqual(['1 備考 備考']);
  });

  test('takes in Shift_JIS, tabs and columns in any order', async () => {
    const ports = await withStaff();
    const kanji = {
      退: [0x91, 0xde],
      勤: [0x8b, 0xce],
      出: [0x8f, 0x6f],
      日: [0x93, 0xfa],
      付: [0x95, 0x74],
      職: [0x90, 0x45],
      員: [0x88, 0xf5],
      番: [0x94, 0xd4],
      号: [0x8d, 0x86],
    };
    const bytes = [...`退勤\t出勤\t日付\t職員番号\r\n17:20\t08:30\t${DAY}\t100001\r\n`].flatMap(
      (sign) => kanji[sign as keyof typeof kanji] ?? [sign.charCodeAt(0)],
    );
    expect(countsOf(await take(ports, 'clock', Uint8Array.from(bytes)))).toBe('+1 ~0 -0 =0');
    expect(await heldOn(ports)).toEqual(['100001 510-1040']);
  });
});

test('what the store holds answers who is at work and when somebody left', async () => {
  const ports = await withStaff();
  await clock(ports, `100001,2026-11-17,08:30,25:30\n100001,${DAY},10:00,\n100002,${DAY},08:30,17:20\n`);
  const facts = await attendanceOn(ports.database.db, DAY);
  expect(stillAtWork(facts('100001'), 1170)).toEqual({ atWork: true, evidence: 'clock', minute: 600 });
  expect(stillAtWork(facts('100001'), 60)).toMatchObject({ atWork: true, minute: 510 - 1440 });
  expect(stillAtWork(facts('100002'), 1170)).toEqual({ atWork: false, why: 'left', minute: 1040 });
  expect(stillAtWork(facts('100003'), 1170)).toEqual({ atWork: false, why: 'not-at-work' });
  expect([lastLeft(facts('100001').before.clock), lastLeft(facts('100001').clock)]).toEqual([1530, null]);
});
