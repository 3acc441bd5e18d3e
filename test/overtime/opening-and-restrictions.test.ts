import { describe, expect, test } from 'vitest';
import { aLedger, hoursFile } from './ledger.ts';

const policy = 'organisation: 見本市\novertime: { ledgerFrom: 2021-08 }\n';
const opening = (...lines: string[]) => ['職員番号,年月,分', ...lines, ''].join('\n');

describe('import hours --opening', () => {
  test('loads months before the ledger, which then are known', async () => {
    const ledger = await aLedger([{ staff: '100001' }], policy);
    await ledger.hours(hoursFile('100001,2021-08-15,平日,100', '100001,2021-09-15,平日,100'));
    expect(await ledger.status('2021-09')).toMatchObject([
      { year: null, months45: null, averages: { 2: 100, 3: null } },
    ]);
    const months = ['令和3年4月,2701', '2021/5,60', '2021-06,60', '2021-07,60'].map((line) => `100001,${line}`);
    expect(await ledger.hours(opening(...months), { opening: true })).toMatchObject({ rows: 4, added: 4 });
    expect(await ledger.status('2021-09')).toMatchObject([
      { year: 3081, months45: 1, averages: { 2: 100, 3: 86, 6: 513 } },
    ]);
  });

  test('twice changes nothing; another file with a month held needs --replace; rows add up', async () => {
    const ledger = await aLedger([{ staff: '100001' }], policy);
    const first = opening('100001,2021-07,60', '100001,2021-07,40');
    await ledger.hours(first, { opening: true });
    expect(await ledger.hours(first, { opening: true })).toMatchObject({ added: 0, unchanged: 2 });
    const second = opening('100001,2021-07,50');
    const refused = await ledger.hours(second, { opening: true });
    expect(refused.problems).toMatchObject([{ line: 2, column: '年月', read: '2021-07' }]);
    expect(await ledger.hours(second, { opening: true, replace: true })).toMatchObject({ added: 1, withdrawn: 2 });
    await ledger.hours(hoursFile('100001,2021-08-15,平日,10'));
    expect(await ledger.status('2021-08')).toMatchObject([{ averages: { 2: 30 } }]);
  });

  test('refuses negative minutes, unknown people, no month, and what would count twice', async () => {
    const ledger = await aLedger([{ staff: '100001' }], policy);
    await ledger.hours(hoursFile('100001,2021-08-15,平日,10'));
    const lines = ['100001,2021-07,-1', '999999,2021-07,1', '100001,2021-13,1', '100001,2021-08,1'];
    const report = await ledger.hours(opening(...lines), { opening: true });
    expect(report.problems.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '2 分',
      '3 職員番号',
      '4 年月',
      '5 年月',
    ]);
    await ledger.hours(opening('100001,2021-07,5'), { opening: true });
    expect(await ledger.hours(hoursFile('100001,2021-07-01,平日,5'))).toMatchObject({ problemsTotal: 1, added: 0 });
  });
});

const restrictions = (...lines: string[]) => ['職員番号,制限,開始,終了', ...lines, ''].join('\n');

describe('import restrictions', () => {
  test('narrows the room of the days it holds for, and nothing afterwards', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    await ledger.hours(hoursFile('100001,2021-09-15,平日,100', '100001,2021-10-15,平日,100'));
    const file = restrictions('100001,月24年150,2021-09-01,2021-09-30', '100001,時間外不可,2021-11-01,');
    expect(await ledger.restrictions(file)).toMatchObject({ added: 2, problemsTotal: 0 });
    const room = async (month: string) => (await ledger.status(month))[0]?.headroom.restriction;
    expect([await room('2021-09'), await room('2021-10'), await room('2021-11')]).toEqual([1340, undefined, 0]);
  });

  test('twice changes nothing, another end changes the row', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    await ledger.restrictions(restrictions('100001,要相談,2021-09-01,'));
    expect(await ledger.restrictions(restrictions('100001,要相談,2021-09-01,'))).toMatchObject({
      added: 0,
      unchanged: 1,
    });
    expect(await ledger.restrictions(restrictions('100001,要相談,2021-09-01,2021-12-31'))).toMatchObject({
      changed: 1,
    });
  });

  test('a reason is refused, with every wrong row named', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    const reason = await ledger.restrictions('職員番号,制限,開始,終了,理由\n100001,要相談,2021-09-01,,育児\n');
    expect(reason.problems).toMatchObject([{ line: 1, column: '理由' }]);
    const wrong = restrictions(
      '999999,要相談,2021-09-01,',
      '100001,残業禁止,2021-09-01,',
      '100001,要相談,2021-09-01,2021-08-31',
      '100001,深夜不可,2021-09-01,',
      '100001,深夜不可,2021-09-01,2021-12-31',
    );
    const report = await ledger.restrictions(wrong);
    expect(report.problems.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '2 職員番号',
      '3 制限',
      '4 終了',
      '6 制限',
    ]);
    expect(await ledger.ports.database.db.selectFrom('restriction').selectAll().execute()).toEqual([]);
  });
});
