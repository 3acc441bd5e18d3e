import { describe, expect, test } from 'vitest';
import { drawOwnHours } from '../../src/overtime/own-hours/draw-own-hours.ts';
import { gatherOwnHours } from '../../src/overtime/own-hours/gather-own-hours.ts';
import { whatIfVerb } from '../../src/overtime/own-hours/take-what-if.ts';
import type { Language } from '../../src/ports/cards.ts';
import type { ItemTable } from '../../src/ports/tables.ts';
import { aLedger, hoursFile, type TestLedger } from './ledger.ts';

const today = '2021-10-18';

async function ownHours(
  ledger: TestLedger,
  differs: { staff?: string; language?: Language; more?: number | null } = {},
) {
  const asked = { staff: '100001', today, language: 'ja' as const, more: null, ...differs };
  const own = await gatherOwnHours(ledger.ports, ledger.ports.database.db, asked);
  if (own === null) throw new Error('The roster holds this number.');
  return own;
}

const anItem = (staff: string): ItemTable => ({
  id: 'item',
  rule: 'overtime.own-hours',
  occasion: 'one',
  date: today,
  staff,
  card: 'own-hours',
  due_at: 0,
  last_useful_at: 0,
  urgency: 'ping',
  priority: 0,
  state: 'open',
  why: null,
  note: null,
  about: null,
  revision: 1,
  policy_version: 1,
  created_at: 0,
});

describe('残業', () => {
  test('shows the figures of the ledger, with the month’s end at the pace of the days on record', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    await ledger.hours(
      hoursFile('100001,2021-09-10,平日,600', '100001,2021-10-08,平日,300', '100001,2021-10-11,平日,300'),
    );
    const own = await ownHours(ledger);
    const [status] = await ledger.status('2021-10');
    // Working days of October 2021: 7 up to the 11th, 14 after it.
    expect(own).toMatchObject({ month: 10, through: '2021-10-11', manager: false, health: 600 });
    expect(own.sets).toMatchObject([{ name: '協定', minutes: 600, year: 1200, headroom: status?.headroom }]);
    expect(own.sets[0]?.outlook?.monthEnd).toBe(600 + Math.floor((600 * 14) / 7));
  });

  test('takes days of leave out of what is still to be worked', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    await ledger.hours(hoursFile('100001,2021-10-11,平日,700'));
    const leave = {
      staff: '100001',
      kind: '全日' as const,
      minutes: null,
      start_minute: null,
      category: '年次' as const,
    };
    const days = ['2021-10-25', '2021-10-26', '2021-10-27'].map((date) => ({ ...leave, date, import_id: 'test' }));
    await ledger.ports.database.db.insertInto('leave_day').values(days).execute();
    expect((await ownHours(ledger)).sets[0]?.outlook?.monthEnd).toBe(700 + Math.floor((700 * 11) / 7));
  });

  test('reckons with hours more without storing anything', async () => {
    const ledger = await aLedger([{ staff: '100001' }]);
    await ledger.hours(hoursFile('100001,2021-10-11,平日,3001'));
    expect((await ownHours(ledger, { more: 15 })).whatIf).toEqual({ hours: 15, passes: [] });
    expect((await ownHours(ledger, { more: 20 })).whatIf).toEqual({ hours: 20, passes: ['month-70'] });
    expect(await ledger.status('2021-10')).toMatchObject([{ minutes: 3001 }]);
  });

  test('a press tries only what the card offers', async () => {
    const { ports } = await aLedger([{ staff: '100001' }]);
    const press = (data: Record<string, unknown>) => {
      const reader = { staff: '100001', language: 'ja' as const };
      const item = anItem('100001');
      return whatIfVerb.take(ports, ports.database.db, { item, reader, person: null, revision: 1, data, at: 0 });
    };
    expect(await press({ answer: 'what-if', hours: '20' })).toEqual({ changed: false, view: { figure: 20 } });
    for (const hours of ['21', '-5', '', 'many', undefined])
      expect(await press({ answer: 'what-if', hours })).toEqual({ changed: false, note: 'incomplete' });
  });

  test('the card tells each profile apart, and says what is not on record', async () => {
    const policy = `organisation: 見本市
overtime: { ledgerFrom: 2021-09, profiles: [{ name: 協定 }, { name: 法定, applies: all, monthAt: reached, month: 6000, year: 43200 }] }
`;
    const ledger = await aLedger([{ staff: '100001' }], policy);
    await ledger.hours(hoursFile('100001,2021-10-11,平日,61'));
    const { db } = ledger.ports.database;
    const text = JSON.stringify(
      await drawOwnHours(ledger.ports, db, anItem('100001'), { staff: '100001', language: 'ja' }, {}),
    );
    for (const part of ['協定', '法定', '1時間01分', 'あと68時間59分', '2021年8月以前の記録なし', '月100時間まで'])
      expect(text).toContain(part);
  });

  test('a shared terminal and a 管理職 see no outlook, the terminal no figures at all', async () => {
    const ledger = await aLedger([
      { staff: '100001', terminal: '共用' },
      { staff: '100002', manager: 1 },
    ]);
    await ledger.hours(hoursFile('100001,2021-10-11,平日,661', '100002,2021-10-11,平日,661'));
    const { db } = ledger.ports.database;
    const draw = (staff: string) => drawOwnHours(ledger.ports, db, anItem(staff), { staff, language: 'ja' }, {});
    expect(JSON.stringify(await draw('100001'))).not.toContain('11時間01分');
    const manager = JSON.stringify(await draw('100002'));
    expect(manager).toContain('管理職の時間（今月）');
    expect(manager).not.toContain('今月末の見込み');
  });
});
