import { describe, expect, test } from 'vitest';
import { inShiftJis } from '../end-to-end/shift-jis.ts';
import { aLedger, hoursFile } from './ledger.ts';

const person = { staff: '100001' };
const ofOctober = hoursFile('100001,2021-10-15,平日,120', '100001,2021-10-15,週休日,60', '100001,2021-10-18,平日,30');

describe('import hours', () => {
  test('takes a file in, adds its rows up, and changes nothing the second time, with --replace too', async () => {
    const ledger = await aLedger([person]);
    expect(await ledger.hours(ofOctober)).toMatchObject({
      rows: 3,
      added: 3,
      unchanged: 0,
      problems: [],
      dryRun: false,
    });
    expect(await ledger.hours(ofOctober)).toMatchObject({ rows: 3, added: 0, unchanged: 3, problemsTotal: 0 });
    expect(await ledger.hours(ofOctober, { replace: true })).toMatchObject({ added: 0, withdrawn: 0, unchanged: 3 });
    expect(await ledger.status('2021-10')).toMatchObject([{ minutes: 210 }]);
  });

  test('refuses another file with a day already held, whole, and lists every such day', async () => {
    const ledger = await aLedger([person, { staff: '100002' }]);
    await ledger.hours(ofOctober);
    const other = hoursFile('100002,2021-10-15,平日,60', '100001,2021-10-18,平日,31', '100001,2021-10-15,平日,1');
    const refused = await ledger.hours(other);
    expect(refused).toMatchObject({ added: 0, problemsTotal: 2 });
    expect(refused.problems.map(({ line, column, read }) => [line, column, read])).toEqual([
      [3, '日付', '100001 2021-10-18'],
      [4, '日付', '100001 2021-10-15'],
    ]);
    expect(await ledger.status('2021-10', { staff: '100002' })).toMatchObject([{ minutes: 0 }]);
  });

  test('takes negative corrections of held days, down to 0 and not below', async () => {
    const ledger = await aLedger([person]);
    await ledger.hours(ofOctober);
    expect(await ledger.hours(hoursFile('100001,2021-10-15,平日,−100', '100001,2021-10-15,平日,-20'))).toMatchObject({
      added: 2,
      problemsTotal: 0,
    });
    expect(await ledger.status('2021-10')).toMatchObject([{ minutes: 90 }]);
    const below = await ledger.hours(hoursFile('100001,2021-10-15,平日,-1'));
    expect(below.problems).toMatchObject([{ line: 2, column: '分', read: '-1' }]);
    expect(await ledger.status('2021-10')).toMatchObject([{ minutes: 90 }]);
  });

  test('refuses a correction beside a positive row of the same held day', async () => {
    const ledger = await aLedger([person]);
    await ledger.hours(ofOctober);
    const mixed = await ledger.hours(hoursFile('100001,2021-10-15,平日,-10', '100001,2021-10-15,休日,10'));
    expect(mixed.problems).toMatchObject([{ line: 2, read: '100001 2021-10-15' }]);
  });

  test('refuses a total below 0 within a file that nothing is held for', async () => {
    const ledger = await aLedger([person]);
    const report = await ledger.hours(hoursFile('100001,2021-10-15,平日,10', '100001,2021-10-15,平日,-11'));
    expect(report.problems).toMatchObject([{ line: 3, column: '分' }]);
  });

  test('does not let minutes of one class or flag stand in for those of another', async () => {
    const ledger = await aLedger([person]);
    const header = '職員番号,日付,区分,分,災害等\n';
    await ledger.hours(`${header}100001,2021-10-15,平日,60,33条\n`);
    expect(await ledger.hours(`${header}100001,2021-10-15,平日,-60,\n`)).toMatchObject({ problemsTotal: 1 });
    expect(await ledger.hours(`${header}100001,2021-10-15,週休日,-60,33条\n`)).toMatchObject({ problemsTotal: 1 });
    expect(await ledger.hours(`${header}100001,2021-10-15,平日,-60,33条\n`)).toMatchObject({ problemsTotal: 0 });
  });

  test('counts 週休日 and 週休日振替他週 as one class', async () => {
    const ledger = await aLedger([person]);
    await ledger.hours(hoursFile('100001,2021-10-16,週休日,60'));
    expect(await ledger.hours(hoursFile('100001,2021-10-16,週休日振替他週,-60'))).toMatchObject({ problemsTotal: 0 });
  });

  test('--replace withdraws the earlier rows of exactly the days in the file and keeps them', async () => {
    const ledger = await aLedger([person]);
    await ledger.hours(ofOctober);
    const replaced = await ledger.hours(hoursFile('100001,2021-10-15,平日,5'), { replace: true });
    expect(replaced).toMatchObject({ added: 1, withdrawn: 2 });
    expect(await ledger.status('2021-10')).toMatchObject([{ minutes: 35 }]);
    const rows = await ledger.ports.database.db.selectFrom('hours_row').select(['minutes', 'withdrawn_no']).execute();
    expect(
      rows
        .filter((row) => row.withdrawn_no !== null)
        .map((row) => row.minutes)
        .sort(),
    ).toEqual([120, 60]);
  });

  test('a file that was replaced changes nothing when it comes again', async () => {
    const ledger = await aLedger([person]);
    await ledger.hours(ofOctober);
    await ledger.hours(hoursFile('100001,2021-10-15,平日,5'), { replace: true });
    expect(await ledger.hours(ofOctober, { replace: true })).toMatchObject({ added: 0, withdrawn: 0, unchanged: 3 });
    expect(await ledger.status('2021-10')).toMatchObject([{ minutes: 35 }]);
  });

  test('--dry-run says what would be done and does nothing', async () => {
    const ledger = await aLedger([person]);
    expect(await ledger.hours(ofOctober, { dryRun: true })).toMatchObject({ added: 3, dryRun: true });
    expect(await ledger.status('2021-10')).toMatchObject([{ minutes: 0 }]);
    expect(await ledger.hours(ofOctober)).toMatchObject({ added: 3 });
  });

  test('files out of order are counted in their own months', async () => {
    const ledger = await aLedger([person]);
    await ledger.hours(hoursFile('100001,2021-10-15,平日,2701'));
    await ledger.hours(hoursFile('100001,2021-04-15,平日,2701'));
    expect(await ledger.status('2021-10')).toMatchObject([{ year: 5402, months45: 2 }]);
    expect(await ledger.status('2021-04')).toMatchObject([{ year: 2701, months45: 1 }]);
  });

  test('names every wrong cell with line, column, what was read and what was expected; nothing is taken', async () => {
    const ledger = await aLedger([person]);
    const report = await ledger.hours(
      [
        '職員番号,日付,区分,分,災害等,事由,所属',
        '999999,2021-10-15,平日,60,,,',
        '100001,2021-02-30,平日,60,,,',
        '100001,2021-10-15,平日夜,60,,,',
        '100001,2021-10-15,平日,1.5,,,',
        '100001,2021-10-15,平日,60,34条,,',
        '100001,2021-10-15,平日,60,,出張,',
        '100001,2021-10-15,平日,60,,,どこにもない課',
        '100001,2021-10-15,平日,60,,',
        '100001,2021-10-15,平日,60,33条,選挙,',
      ].join('\n'),
    );
    const places = report.problems.map(({ line, column, read }) => `${line} ${column} ${read}`);
    expect(places).toEqual([
      '2 職員番号 999999',
      '3 日付 2021-02-30',
      '4 区分 平日夜',
      '5 分 1.5',
      '6 災害等 34条',
      '7 事由 出張',
      '8 所属 どこにもない課',
      '9  6個',
    ]);
    expect(report).toMatchObject({ rows: 9, added: 0, problemsTotal: 8 });
    expect(await ledger.status('2021-10')).toMatchObject([{ minutes: 0 }]);
  });

  test('a column of another kind refuses the file', async () => {
    const ledger = await aLedger([person]);
    const report = await ledger.hours('職員番号,日付,区分,分,理由\n100001,2021-10-15,平日,60,残務\n');
    expect(report.problems).toMatchObject([{ line: 1, column: '理由' }]);
  });

  test('lists 100 problems of many and counts them all', async () => {
    const ledger = await aLedger([person]);
    const lines = Array.from({ length: 5000 }, () => '100001,2021-10-15,平日,x');
    const report = await ledger.hours(hoursFile(...lines));
    expect(report.problemsTotal).toBe(5000);
    expect(report.problems.map((problem) => problem.line)).toEqual(Array.from({ length: 100 }, (_, at) => at + 2));
  });

  test('reads 和暦, full width and Shift_JIS, columns in any order and quoted cells', async () => {
    const ledger = await aLedger([person]);
    const text =
      '分,区分,"職員番号",日付\r\n"60",平日,100001,令和3年10月15日（金）\r\n６０,平日,１００００１,2021/10/16\r\n';
    expect(await ledger.hours(inShiftJis(text))).toMatchObject({ added: 2, problemsTotal: 0 });
    expect(await ledger.status('2021-10')).toMatchObject([{ minutes: 120 }]);
  });

  test('an empty file and a header alone change nothing', async () => {
    const ledger = await aLedger([person]);
    expect(await ledger.hours('')).toMatchObject({ rows: 0, problemsTotal: 1 });
    expect(await ledger.hours(hoursFile())).toMatchObject({ rows: 0, added: 0, problemsTotal: 0 });
  });

  test('所属 names where the minutes were worked, by code, path or unique name', async () => {
    const ledger = await aLedger([
      person,
      { staff: '100002', bureau: '見本局', division: '', unit: '応援課', section_id: '0042' },
    ]);
    const section = { id: '0042', code: '0042', bureau: '見本局', division: '', unit: '応援課', path: '見本局/応援課' };
    const open = { valid_from: null, valid_to: null, appointer: null, schedule_item: null, successor_code: null };
    await ledger.ports.database.db
      .insertInto('section')
      .values({ ...section, ...open, import_id: 'test' })
      .execute();
    const lines = ['0042', '見本局/応援課', '応援課', ''].map(
      (name, at) => `100001,2021-10-0${at + 1},平日,${60 + at},${name}`,
    );
    await ledger.hours(['職員番号,日付,区分,分,所属', ...lines].join('\n'));
    expect(await ledger.status('2021-10', { staff: '100001' })).toMatchObject([
      {
        shares: [
          { section: '見本局/応援課', minutes: 183 },
          { section: '見本局/見本部/見本課', minutes: 63 },
        ],
      },
    ]);
  });
});
