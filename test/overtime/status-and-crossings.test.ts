import { describe, expect, test } from 'vitest';
import { aLedger, hoursFile } from './ledger.ts';

const ofPerson = (staff: string, ...lines: string[]) => hoursFile(...lines.map((line) => `${staff},${line}`));

describe('overtime status', () => {
  test('lists everybody in service in the month by 職員番号, and whoever has minutes in it', async () => {
    const ledger = await aLedger([
      { staff: '100003' },
      { staff: '100001' },
      { staff: '100002', left_on: '2021-09-30' },
      { staff: '100004', left_on: '2021-09-15' },
      { staff: '100005', hired_on: '2021-11-01', valid_from: '2021-11-01' },
    ]);
    await ledger.hours(hoursFile('100004,2021-10-01,平日,30'));
    const listed = async (month: string) => (await ledger.status(month)).map((one) => one.staff);
    expect(await listed('2021-09')).toEqual(['100001', '100002', '100003', '100004']);
    expect(await listed('2021-10')).toEqual(['100001', '100003', '100004']);
    expect(await listed('2021-11')).toEqual(['100001', '100003', '100005']);
  });

  test('refuses a number the roster never held, and a month that is none', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    await expect(ledger.status('2021-10', { staff: '999999' })).rejects.toMatchObject({ code: 'unknown-staff' });
    await expect(ledger.status('2021-13')).rejects.toMatchObject({ code: 'usage' });
    await expect(ledger.status('2021-10', { asOf: '15 October' })).rejects.toMatchObject({ code: 'usage' });
  });

  test('--as-of counts days until then, from files imported until then, as they stood then', async () => {
    const ledger = await aLedger([{ staff: '100001' }, { staff: '100002' }]);
    const { clock } = ledger.ports;
    clock.moveTo('2021-10-10T09:00:00+09:00');
    await ledger.hours(ofPerson('100001', '2021-10-01,平日,100', '2021-10-20,平日,10'));
    clock.moveTo('2021-10-12T09:00:00+09:00');
    await ledger.hours(ofPerson('100001', '2021-10-01,平日,70'), { replace: true });
    clock.moveTo('2021-11-02T09:00:00+09:00');
    const minutes = async (asOf?: string) => {
      const [one] = await ledger.status('2021-10', { staff: '100001', ...(asOf ? { asOf } : {}) });
      return one?.minutes;
    };
    expect(await minutes('2021-10-09')).toBe(0);
    expect(await minutes('2021-10-10T08:59:00+09:00')).toBe(0);
    expect(await minutes('2021-10-10T09:00:00+09:00')).toBe(100);
    expect(await minutes('2021-10-10')).toBe(100);
    expect(await minutes('2021-10-12')).toBe(70);
    expect(await minutes('2021-10-20')).toBe(80);
    expect(await minutes()).toBe(80);
  });

  test('a transfer on the 1st and one within the month both put minutes where they were worked', async () => {
    const moved = { unit: '異動先課', section_id: '見本局/見本部/異動先課' };
    const ledger = await aLedger([
      { staff: '100001' },
      { staff: '100001', valid_from: '2021-10-01', ...moved },
      { staff: '100002' },
      { staff: '100002', valid_from: '2021-10-11', ...moved },
    ]);
    const days = ['2021-09-30,平日,1', '2021-10-01,平日,2', '2021-10-10,平日,4', '2021-10-11,平日,8'];
    await ledger.hours(hoursFile(...['100001', '100002'].flatMap((staff) => days.map((day) => `${staff},${day}`))));
    const shares = (await ledger.status('2021-10')).map((one) => one.shares.map((share) => share.minutes));
    expect(shares).toEqual([[14], [8, 6]]);
  });

  test('the policy judged is that of the last day of the month', async () => {
    const policy = `organisation: 見本市
overtime: { ledgerFrom: 2021-04, profiles: [{ month: [{ from: 2021-04-01, value: 4200 }, { from: 2021-11-01, value: 3600 }], stages: { month: [2700] } }] }
`;
    const ledger = await aLedger([{ staff: '100001' }], policy);
    await ledger.hours(ofPerson('100001', '2021-10-01,平日,3700', '2021-11-01,平日,3700'));
    expect(await ledger.status('2021-10')).toMatchObject([{ passed: [], headroom: { 'month-70': 500 } }]);
    expect(await ledger.status('2021-11')).toMatchObject([{ passed: ['month-60'], headroom: { 'month-60': 0 } }]);
  });
});

describe('overtime crossings', () => {
  test('says what came since that import: the highest stage of a family, once a month or a 年度', async () => {
    const ledger = await aLedger([{ staff: '100001' }, { staff: '100002' }]);
    const base = await ledger.hours(ofPerson('100001', '2021-10-01,平日,2600'));
    await ledger.hours(hoursFile('100001,2021-10-04,平日,101', '100002,2021-10-01,平日,2100'));
    const crossing = { staff: '100001', profile: '協定', month: '2021-10', stage: 'month-45', from: 2600, to: 2701 };
    expect(await ledger.crossings(base.digest)).toEqual([crossing]);
    const more = await ledger.hours(ofPerson('100001', '2021-10-05,平日,2000'));
    expect(await ledger.crossings(base.digest)).toEqual([{ ...crossing, stage: 'month-70', to: 4701 }]);
    expect(await ledger.crossings(more.digest)).toEqual([]);
  });

  test('a late file moves the months behind it: year, months45 and averages', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    const months = [5, 6, 7, 8, 9].map((month) => `2021-0${month}-01,平日,2701`);
    const base = await ledger.hours(ofPerson('100001', ...months, '2021-10-01,平日,4800'));
    await ledger.hours(ofPerson('100001', '2021-04-01,平日,5100'));
    expect(await ledger.crossings(base.digest)).toEqual([
      { staff: '100001', profile: '協定', month: '2021-04', stage: 'month-70', from: 0, to: 5100 },
      { staff: '100001', profile: '協定', month: '2021-10', stage: 'year-360', from: 18305, to: 23405 },
      { staff: '100001', profile: '協定', month: '2021-10', stage: 'months45-7', from: 6, to: 7 },
    ]);
  });

  test('a correction downward is told with the stage that is no longer reached', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    const base = await ledger.hours(ofPerson('100001', '2021-10-01,平日,2701'));
    await ledger.hours(ofPerson('100001', '2021-10-01,平日,-1'));
    expect(await ledger.crossings(base.digest)).toEqual([
      { staff: '100001', profile: '協定', month: '2021-10', stage: 'month-45', from: 2701, to: 2700 },
    ]);
  });

  test('an average is told for each month in which it is reached', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    const base = await ledger.hours(ofPerson('100001', '2021-08-01,平日,4000'));
    await ledger.hours(ofPerson('100001', '2021-09-01,平日,5601', '2021-10-01,平日,4000'));
    const averages = (await ledger.crossings(base.digest)).filter((one) => one.stage.startsWith('average'));
    expect(averages).toEqual([
      { staff: '100001', profile: '協定', month: '2021-09', stage: 'average-80', from: 2000, to: 4800 },
      { staff: '100001', profile: '協定', month: '2021-10', stage: 'average-80', from: 1333, to: 4800 },
    ]);
  });

  test('a year is told once, also where the policy changes within it', async () => {
    const policy = `organisation: 見本市
overtime: { ledgerFrom: 2021-04, profiles: [{ month: [{ from: 2021-04-01, value: 4200 }, { from: 2021-07-01, value: 4100 }], stages: { month: [2700] } }] }
`;
    const ledger = await aLedger([{ staff: '100001' }], policy);
    const base = await ledger.hours(ofPerson('100001', '2021-06-01,平日,60', '2021-08-01,平日,60'));
    await ledger.hours(ofPerson('100001', '2021-05-01,平日,22000'));
    const years = (await ledger.crossings(base.digest)).filter((one) => one.stage.startsWith('year'));
    expect(years).toMatchObject([{ month: '2021-05', stage: 'year-360', from: 0, to: 22000 }]);
  });

  test('under workplace a crossing names the 事業場', async () => {
    const policy = 'organisation: 見本市\novertime: { ledgerFrom: 2021-04, transfer: workplace }\n';
    const moved = { valid_from: '2021-10-01', workplace: '区役所' };
    const ledger = await aLedger(
      [
        { staff: '100001', workplace: '本庁' },
        { staff: '100001', ...moved },
      ],
      policy,
    );
    const base = await ledger.hours(ofPerson('100001', '2021-09-01,平日,2000'));
    await ledger.hours(ofPerson('100001', '2021-09-02,平日,701', '2021-10-02,平日,2200'));
    expect(await ledger.crossings(base.digest)).toEqual([
      {
        staff: '100001',
        profile: '協定',
        month: '2021-09',
        workplace: '本庁',
        stage: 'month-45',
        from: 2000,
        to: 2701,
      },
      { staff: '100001', profile: '協定', month: '2021-10', workplace: '区役所', stage: 'month-36', from: 0, to: 2200 },
    ]);
  });

  test('refuses a digest of no import', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    await expect(ledger.crossings('abc')).rejects.toMatchObject({ code: 'unknown-digest' });
  });
});
