import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import { putStaff, type TestService } from '../build/service.ts';
import { clock, runTo, SECTION, startWednesday, WEDNESDAY } from '../build/wednesday.ts';

const at = (time: string, date = WEDNESDAY) => Date.parse(`${date}T${time}:00+09:00`);
const THURSDAY = '2026-11-19';

/** The service was down until this minute and then runs it alone. */
async function wakeAt(service: TestService, time: string, date = WEDNESDAY): Promise<void> {
  clock(service, time, date);
  await service.occasions.runMinute(at(time, date));
  await service.settle();
}

const occasions = async ({ db }: TestService) => {
  const rows = await db.selectFrom('occasion').selectAll().orderBy('minute').orderBy('rule').execute();
  return rows
    .filter((row) => row.rule.startsWith('no-overtime-day'))
    .map((row) => `${row.rule} ${row.date} ${row.state} ${row.planned}+${row.skipped}`);
};

describe('a minute', () => {
  test('fires what is due at it, once for everybody', async () => {
    const service = await startWednesday();
    await runTo(service, '16:15');
    expect(await occasions(service)).toEqual([`no-overtime-day ${WEDNESDAY} fired 6+0`]);
    expect(service.ports.chat.calls).toHaveLength(6);
  });

  test('before which nothing is due writes no occasion', async () => {
    const service = await startWednesday({ now: `${WEDNESDAY}T10:00:00+09:00` });
    await runTo(service, '16:14');
    expect(await occasions(service)).toEqual([]);
    expect((await ledger(service.db)).items).toEqual([]);
  });

  test('that was slept through is caught up while the card is of use', async () => {
    const service = await startWednesday();
    await wakeAt(service, '16:14');
    await wakeAt(service, '17:10');
    expect(await occasions(service)).toEqual([`no-overtime-day ${WEDNESDAY} caught-up 6+0`]);
    expect((await ledger(service.db)).totals).toEqual({ sent: 6 });
  });

  test('that was slept through altogether is named as missed, and everybody of it is skipped as expired', async () => {
    const service = await startWednesday();
    await wakeAt(service, '16:14');
    await wakeAt(service, '08:00', THURSDAY);
    expect(await occasions(service)).toEqual([
      `no-overtime-day ${WEDNESDAY} missed 0+6`,
      `no-overtime-day.summary ${WEDNESDAY} missed 0+2`,
    ]);
    expect(service.ports.chat.calls).toEqual([]);
    const { items } = await ledger(service.db);
    const wednesday = items.filter((item) => item.rule.startsWith('no-overtime-day'));
    expect(new Set(wednesday.map((item) => `${item.state} ${item.why}`))).toEqual(new Set(['skipped expired']));
  });

  test('of the last useful moment itself comes too late', async () => {
    const service = await startWednesday();
    await wakeAt(service, '16:14');
    await wakeAt(service, '18:15');
    expect((await occasions(service))[0]).toBe(`no-overtime-day ${WEDNESDAY} missed 0+6`);
  });

  test('caught up sends only what is still of use to each person', async () => {
    const early = { staff: '100009', head: '200001', end_minute: 960 };
    const service = await startWednesday({ staff: [...SECTION, early], now: `${WEDNESDAY}T14:00:00+09:00` });
    await wakeAt(service, '14:30');
    await wakeAt(service, '17:05');
    expect(await occasions(service)).toEqual([
      `no-overtime-day ${WEDNESDAY} missed 0+1`,
      `no-overtime-day ${WEDNESDAY} caught-up 6+0`,
    ]);
    expect(service.ports.chat.calls.map((call) => call.conversation)).not.toContain('chat-100009');
  });

  test('run again does nothing, nor does one that has passed', async () => {
    const service = await startWednesday();
    await runTo(service, '16:20');
    const before = [await occasions(service), await ledger(service.db)];
    for (const time of ['16:20', '16:15', '16:10', '16:15']) await wakeAt(service, time);
    expect([await occasions(service), await ledger(service.db)]).toEqual(before);
    expect(service.ports.chat.calls).toHaveLength(6);
  });

  test('run by two services at once fires once', async () => {
    const service = await startWednesday();
    const first = service.occasions;
    await wakeAt(service, '16:14');
    await service.crash();
    clock(service, '16:15');
    await Promise.all([first.runMinute(at('16:15')), service.occasions.runMinute(at('16:15'))]);
    await service.settle();
    expect(await occasions(service)).toEqual([`no-overtime-day ${WEDNESDAY} fired 6+0`]);
    expect(service.ports.chat.calls).toHaveLength(6);
  });
});

describe('when the clock goes back', () => {
  test.each(['15:00', '16:15'])('to %s nothing fires again on the way forward', async (time) => {
    const service = await startWednesday();
    await runTo(service, '17:20');
    const before = [await occasions(service), await ledger(service.db)];
    clock(service, time);
    await runTo(service, '17:20');
    expect([await occasions(service), await ledger(service.db)]).toEqual(before);
  });

  test('by a day and with a restart in between nothing fires again', async () => {
    const service = await startWednesday();
    await runTo(service, '17:20');
    const before = [await occasions(service), await ledger(service.db)];
    await service.crash();
    clock(service, '16:00', '2026-11-17');
    await wakeAt(service, '16:15', '2026-11-17');
    await service.crash();
    await wakeAt(service, '16:15');
    await wakeAt(service, '17:20');
    expect([await occasions(service), await ledger(service.db)]).toEqual(before);
  });
});

describe('somebody who is imported in the afternoon', () => {
  test('still gets the card that is of use', async () => {
    const service = await startWednesday();
    await runTo(service, '16:20');
    await putStaff(service.db, [{ staff: '100008', head: '200001' }], at('16:20'));
    await service.db
      .updateTable('conversation')
      .set({ aad_id: '00000000-0000-4000-8000-000000100008' })
      .where('aad_id', 'like', '%300001')
      .execute();
    await runTo(service, '16:22');
    const { items } = await ledger(service.db);
    expect(items.find((item) => item.staff === '100008')).toMatchObject({ rule: 'no-overtime-day', state: 'sent' });
    expect(await occasions(service)).toEqual([`no-overtime-day ${WEDNESDAY} fired 7+0`]);
    expect(items.filter((item) => item.rule === 'no-overtime-day')).toHaveLength(7);
  });

  test('gets no card whose use has passed', async () => {
    const service = await startWednesday();
    await runTo(service, '18:20');
    await putStaff(service.db, [{ staff: '100008', head: '200001' }], at('18:20'));
    const before = service.ports.chat.calls.length;
    await runTo(service, '18:22');
    expect(service.ports.chat.calls).toHaveLength(before);
  });

  test('changes nothing for those who have theirs, even with another own end', async () => {
    const service = await startWednesday();
    await runTo(service, '16:20');
    await service.db.updateTable('staff_row').set({ end_minute: 1080 }).where('staff', '=', '100001').execute();
    await putStaff(service.db, [{ staff: '100008' }], at('16:20'));
    await runTo(service, '17:05');
    const { items } = await ledger(service.db);
    expect(items.filter((item) => item.staff === '100001' && item.rule === 'no-overtime-day')).toHaveLength(1);
    expect(service.ports.chat.sends().filter((call) => call.conversation === 'chat-100001')).toHaveLength(1);
  });
});
