import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import { occasionsRoom } from '../../src/occasions/index.ts';
import { emergencyPeriodsOf, pausesRoom } from '../../src/pauses/index.ts';
import { staffMemberOn } from '../../src/people/index.ts';
import { registry } from '../../src/rooms.ts';
import { aStaffMember } from '../build/staff-member.ts';
import { clock, read, runTo, SECTION, startWednesday, storedCard, WEDNESDAY } from '../build/wednesday.ts';
import { sent } from '../fakes/chat.ts';
import { emergency, modes, newest, openEmergency, putSections, say, start, statesOf } from './evening.ts';

const HEAD = '200001';
const HR = '300001';
const POLICY = `organisation: 見本市\nroles: { hr: ["${HR}"] }\n`;
const fullDay = { kind: '全日', category: '年次', minutes: null, start_minute: null, import_id: 'test' } as const;
const THURSDAY = '2026-11-19';
const until = (time: string, date = WEDNESDAY) => `${date}T${time}`;

describe('災害モード of a head', () => {
  test('before the Wednesday card: the section gets none, each with the reason, and the others get theirs', async () => {
    const service = await startWednesday({ now: `${WEDNESDAY}T16:00:00+09:00` });
    await openEmergency(service, HEAD);
    expect(read(await start(service, HEAD, until('20:00')))).toContain('災害モード中です');
    await runTo(service, '16:20');
    const mine = ['100001', '100002', '100003', '100004', HEAD].map((staff) => [staff, 'skipped(emergency)']);
    expect(await statesOf(service)).toEqual({ ...Object.fromEntries(mine), '300001': 'open' });
    const occasions = occasionsRoom(() => registry.rules).cli?.[0];
    const listed = await occasions?.run(service.ports, [], { from: WEDNESDAY, to: WEDNESDAY, staff: '100001' });
    const row = { rule: 'no-overtime-day', date: WEDNESDAY, staff: '100001', why: 'emergency' };
    expect(listed?.document).toMatchObject({ skipped: expect.arrayContaining([row]) });
    await runTo(service, '17:20');
    expect(await statesOf(service, 'no-overtime-day.summary')).toMatchObject({ [HEAD]: 'skipped(emergency)' });
  });

  test('in the middle of a sending stops what has not left and says how many had; the books balance', async () => {
    const staff = [
      ...SECTION.slice(0, 2),
      ...Array.from({ length: 40 }, (_none, at) => `${101001 + at}`).map((number) => ({ staff: number, head: HEAD })),
    ];
    const service = await startWednesday({ staff, pace: 5 });
    await openEmergency(service, HEAD);
    let pressed: ReturnType<typeof start> | null = null;
    const before = service.ports.chat.sends().length;
    service.ports.chat.answer((_call, number) => {
      if (number === before + 12) pressed = start(service, HEAD, until('20:00'));
      return sent(number);
    });
    await runTo(service, '16:15');
    const answer = await (pressed as ReturnType<typeof start> | null);
    await service.settle();
    const [mode] = await modes(service);
    const { items } = await ledger(service.db);
    const cards = items.filter((item) => item.rule === 'no-overtime-day' && item.staff !== HR);
    const count = (state: string) => cards.filter((item) => item.state === state).length;
    expect(cards).toHaveLength(41);
    expect(count('sent') + count('cancelled')).toBe(41);
    expect(count('cancelled')).toBeGreaterThan(20);
    expect(mode).toMatchObject({ stopped: count('cancelled'), had_left: count('sent') });
    expect(new Set(cards.filter((item) => item.state === 'cancelled').map((item) => item.why))).toEqual(
      new Set(['emergency']),
    );
    expect(answer && read(answer)).toContain(
      `送信前に止めた案内 ${count('cancelled')}件、止める前に送信済みの案内 ${count('sent')}件`,
    );
    await runTo(service, '18:20');
    expect(
      (await ledger(service.db)).items.filter((item) => item.rule === 'no-overtime-day' && item.state === 'sent'),
    ).toHaveLength(count('sent') + 1);
  });

  test('ends by itself; the next working morning who started it reads how many cards it stopped', async () => {
    const service = await startWednesday({ now: `${WEDNESDAY}T16:00:00+09:00` });
    await openEmergency(service, HEAD);
    await start(service, HEAD, until('20:00'));
    await runTo(service, '20:05');
    expect((await modes(service))[0]).toMatchObject({
      ended_by: null,
      ended_at: Date.parse(`${WEDNESDAY}T20:00:00+09:00`),
      told_at: null,
    });
    clock(service, '08:29', THURSDAY);
    await runTo(service, '08:44', THURSDAY);
    expect(await statesOf(service, 'pauses.emergency-ended')).toEqual({});
    await runTo(service, '09:00', THURSDAY);
    const card = storedCard(service, await newest(service, HEAD, 'pauses.emergency-ended'));
    expect(card).toContain('終了予定のとおり終わりました（11月18日（水） 20:00）');
    expect(card).toContain('止めた案内\n5件');
    await runTo(service, '09:30', THURSDAY);
    expect(
      service.ports.chat.sends().filter((call) => call.message.summary === '災害モードが終わりました'),
    ).toHaveLength(1);
  });

  test('waits with the closing card for somebody on leave, and not longer than a fortnight', async () => {
    const service = await startWednesday({ now: `${WEDNESDAY}T16:00:00+09:00` });
    await openEmergency(service, HEAD);
    await start(service, HEAD, until('20:00'));
    const away = ['2026-11-19', '2026-11-20', '2026-12-02'].map((date) => ({ ...fullDay, staff: HEAD, date }));
    await service.db.insertInto('leave_day').values(away).execute();
    const at = async (iso: string) => {
      clock(service, iso.slice(11), iso.slice(0, 10));
      await pausesRoom(() => registry).everyMinute?.(service.ports, service.ports.clock.now());
      return statesOf(service, 'pauses.emergency-ended');
    };
    for (const iso of ['2026-11-18T20:30', '2026-11-19T09:00', '2026-11-20T09:00', '2026-11-21T09:00'])
      expect(await at(iso), iso).toEqual({});
    await service.db
      .insertInto('leave_day')
      .values({ ...fullDay, staff: HEAD, date: '2026-11-24' })
      .execute();
    expect(await at('2026-11-24T09:00')).toEqual({});
    expect(await at('2026-12-02T21:00')).toEqual({ [HEAD]: 'skipped(absent)' });
  });

  test('is seen with its counts, extended and ended from the card; both ends stand in the audit', async () => {
    const service = await startWednesday({ now: `${WEDNESDAY}T16:00:00+09:00` });
    await openEmergency(service, HEAD);
    await start(service, HEAD, until('18:00'));
    const id = (await modes(service))[0]?.id ?? '';
    expect(read(await emergency(service, HEAD, { answer: 'extend', mode: id, longer: until('20:00') }))).toContain(
      '20:00まで（風水害・土砂災害）',
    );
    clock(service, '19:00');
    expect(read(await emergency(service, HEAD, { answer: 'end', mode: id, longer: until('20:00') }))).toContain(
      '災害モードの開始',
    );
    expect((await modes(service))[0]).toMatchObject({
      ended_by: HEAD,
      ended_at: Date.parse(`${WEDNESDAY}T19:00:00+09:00`),
    });
    const audit = await service.db.selectFrom('audit').select(['action', 'subject', 'detail']).orderBy('seq').execute();
    expect(audit.map((line) => line.action)).toEqual(['start-emergency', 'extend-emergency', 'end-emergency']);
    expect(JSON.stringify(audit)).not.toMatch(/模擬|架空|200001/);
  });

  test('is nobody else’s: a clerk’s word is not understood, another section and more than a day are refused in words', async () => {
    const service = await startWednesday();
    await say(service, '100001', '災害モード');
    expect(await statesOf(service, 'pauses.emergency')).toEqual({});
    await putSections(service, ['見本局/見本部/見本課']);
    await openEmergency(service, HEAD);
    expect(read(await start(service, HEAD, until('20:00'), '見本局/見本部'))).toContain(
      'あなたの役割では変えられません',
    );
    expect(read(await start(service, HEAD, until('20:00', THURSDAY)))).toContain('開始から24時間まで');
    expect(
      read(await emergency(service, HEAD, { answer: 'start', section: '見本局/見本部/見本課', reason: 'storm' })),
    ).toContain('入力が足りない');
    expect(await modes(service)).toEqual([]);
    await start(service, HEAD, until('20:00'));
    expect(read(await start(service, HEAD, until('20:00')))).toContain('すでに災害モード中です');
    expect(await modes(service)).toHaveLength(1);
  });

  test('a press on an older drawing starts nothing twice, and what is no button of ours does nothing', async () => {
    const service = await startWednesday();
    await openEmergency(service, HEAD);
    await start(service, HEAD, until('20:00'));
    const stale = { r: 0, answer: 'start', section: '見本局/見本部/見本課', reason: 'fire', until: until('21:00') };
    expect(read(await emergency(service, HEAD, stale))).toContain('表示が古くなっていました');
    for (const said of [
      {},
      { answer: 'start', until: '20:00' },
      { answer: 'end' },
      { answer: 'start', section: 'x'.repeat(999), reason: 'storm', until: until('20:00') },
    ])
      expect(read(await emergency(service, HEAD, said))).toContain('入力が足りない');
    expect(await modes(service)).toHaveLength(1);
  });
});

describe('災害モード of HR', () => {
  test('is written by name; a name that is no section, or several, is answered with what to write', async () => {
    const other = aStaffMember({
      staff: '400001',
      bureau: '別局',
      division: '別部',
      unit: '見本課',
      section_id: '別局/別部/見本課',
    });
    const service = await startWednesday({ policy: POLICY, staff: [...SECTION, other] });
    await putSections(service, ['見本局/見本部/見本課', '別局/別部/見本課']);
    await openEmergency(service, HR);
    expect(read(await start(service, HR, until('20:00'), 'ない課'))).toContain('所属が見つかりません');
    const several = read(await start(service, HR, until('20:00'), '見本課'));
    expect(several).toContain('所属が一つに決まりません');
    expect(several).toContain('別局/別部/見本課');
    expect(read(await start(service, HR, until('16:00', '2026-11-25'), '見本局'))).toContain('見本局');
    await runTo(service, '16:20');
    const states = await statesOf(service);
    expect(Object.values(states).filter((state) => state === 'skipped(emergency)')).toHaveLength(6);
    expect(states['400001']).toBe('open');
    await openEmergency(service, HEAD);
    const id = (await modes(service))[0]?.id ?? '';
    expect(read(await emergency(service, HEAD, { answer: 'end', mode: id }))).toContain(
      'あなたの役割では変えられません',
    );
  });

  test('extends a head’s mode past its first day', async () => {
    const service = await startWednesday({ policy: POLICY });
    await openEmergency(service, HEAD);
    await start(service, HEAD, until('16:00', THURSDAY));
    const id = (await modes(service))[0]?.id ?? '';
    expect(
      read(await emergency(service, HEAD, { answer: 'extend', mode: id, longer: until('17:00', THURSDAY) })),
    ).toContain('24時間まで');
    await openEmergency(service, HR);
    await emergency(service, HR, { answer: 'extend', mode: id, longer: until('16:00', '2026-11-21') });
    expect((await modes(service))[0]).toMatchObject({
      extended_by: HR,
      ends_at: Date.parse('2026-11-21T16:00:00+09:00'),
    });
  });
});

test('candidate minutes are asked of the door by person and time', async () => {
  const service = await startWednesday();
  await openEmergency(service, HEAD);
  await start(service, HEAD, until('20:00'));
  const clerk = await staffMemberOn(service.db, '100001', WEDNESDAY);
  const above = await staffMemberOn(service.db, '300001', WEDNESDAY);
  const day = [Date.parse(`${WEDNESDAY}T00:00:00+09:00`), Date.parse(`${THURSDAY}T00:00:00+09:00`)] as const;
  const end = Date.parse(`${WEDNESDAY}T20:00:00+09:00`);
  expect(clerk && (await emergencyPeriodsOf(service.db, clerk, ...day))).toMatchObject([{ to: end }]);
  expect(above && (await emergencyPeriodsOf(service.db, above, ...day))).toEqual([]);
});
