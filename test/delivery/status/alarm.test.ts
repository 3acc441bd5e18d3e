import { describe, expect, test } from 'vitest';
import { deliveryRoom, isBreakerOpen, reachFiguresOf, registryOf } from '../../../src/delivery/index.ts';
import { statusCommand } from '../../../src/delivery/status/show-status.ts';
import type { TestService } from '../../build/service.ts';
import { itemOf, storedCard } from '../../build/wednesday.ts';
import { refused, sent } from '../../fakes/chat.ts';
import { numbers, plan, toyRoom, toyService } from '../toy-room.ts';

const minute = 60_000;
const registry = registryOf([deliveryRoom, toyRoom]);
const policy = 'organisation: 見本市\nroles: { hr: ["100001"], ict: ["100002"] }\n';

/** Everybody is refused, 100001 (人事課) and 100002 (ICT) among them. */
async function refusedCity(): Promise<TestService> {
  const staff = numbers(36);
  const service = await toyService(staff, { registry, rooms: [deliveryRoom], policy });
  service.ports.chat.answer(() => refused(403));
  await plan(service.ports, staff);
  await service.settle();
  return service;
}

async function acceptAgain(service: TestService): Promise<void> {
  service.ports.chat.answer((_call, number) => sent(number));
  await service.ports.clock.advance(minute);
  await service.settle();
  await deliveryRoom.everyMinute?.(service.ports, service.ports.clock.now());
  service.delivery.wake();
  await service.settle();
}

const alarmOf = (service: TestService, staff: string) => itemOf(service, staff, 'delivery.alarm');
const stored = async (service: TestService, staff: string) => storedCard(service, await alarmOf(service, staff));

describe('the alarm', () => {
  test('is planned once for each of 人事課 and ICT, and nobody else, while nothing can arrive', async () => {
    const service = await refusedCity();
    const items = service.db.selectFrom('item').select(['staff', 'card']).where('rule', '=', 'delivery.alarm');
    expect(await items.orderBy('staff').execute()).toEqual([
      { staff: '100001', card: 'delivery-alarm' },
      { staff: '100002', card: 'delivery-alarm' },
    ]);
    expect(await stored(service, '100001')).toBe('');
    expect(await isBreakerOpen(service.db)).toBe(true);
  });

  test('arrives when Teams accepts again, and says since when it was so, until when, and for how many it is undone', async () => {
    const service = await refusedCity();
    const { undone } = await closeAndRead(service);
    for (const staff of ['100001', '100002']) {
      const card = await stored(service, staff);
      expect(card).toContain('Teamsへの送信が再開しました');
      expect(card).toContain('断られ始めた時刻\n11月18日（水） 16:15');
      expect(card).toMatch(/再開した時刻\n11月18日（水） 16:1[67]/);
      expect(card).toContain(`未配信を取り消した方\n${undone}人`);
    }
    const states = await service.db.selectFrom('message').select('state').distinct().execute();
    expect(states).toEqual([{ state: 'sent' }]);
  });

  test('that was itself the card that got through is updated to say that it is over', async () => {
    const service = await refusedCity();
    await service.db
      .updateTable('message')
      .set({ state: 'cancelled' })
      .where('state', '=', 'pending')
      .where('staff', '>', '100002')
      .execute();
    await service.db.updateTable('message').set({ why: null }).where('state', '=', 'pending').execute();
    service.ports.chat.answer((_call, number) => sent(number));
    await service.ports.clock.advance(minute);
    await service.settle();
    const first = service.ports.chat.calls.find((call) =>
      JSON.stringify(call.message.card).includes('Teamsから送信を断られています'),
    );
    expect(first?.kind).toBe('send');
    await deliveryRoom.everyMinute?.(service.ports, service.ports.clock.now());
    service.delivery.wake();
    await service.ports.clock.advance(2000);
    await service.settle();
    for (const staff of ['100001', '100002'])
      expect(await stored(service, staff)).toContain('Teamsへの送信が再開しました');
  });

  test('keeps what it said when a second one has begun', async () => {
    const service = await refusedCity();
    const { undone } = await closeAndRead(service);
    service.ports.chat.answer(() => refused(404));
    service.ports.clock.moveTo('2026-11-18T16:40:00+09:00');
    await plan(service.ports, numbers(36), { occasion: 'second' });
    service.delivery.wake();
    await service.settle();
    expect(await isBreakerOpen(service.db)).toBe(true);
    await deliveryRoom.everyMinute?.(service.ports, service.ports.clock.now());
    const alarms = service.db.selectFrom('item').select(['occasion', 'note']).where('rule', '=', 'delivery.alarm');
    const notes = await alarms.where('staff', '=', '100001').orderBy('occasion').execute();
    expect(notes.map(({ note }) => note)).toEqual([expect.stringContaining(`"undone":${undone}`), null]);
  });
});

describe('operation', () => {
  test('sees the open breaker and who cannot be reached, and that it is over', async () => {
    const service = await refusedCity();
    const figures = reachFiguresOf(service.ports);
    const open = await figures();
    expect(open).toMatchObject({ breakerOpen: true, chatOpenings: {} });
    expect(open.unreachablePeople).toBeGreaterThanOrEqual(20);
    const { document } = await statusCommand.run(service.ports, [], {});
    expect(document).toMatchObject({ breaker: { open: true, since: '2026-11-18T16:15:00+09:00' } });
    await acceptAgain(service);
    await service.ports.clock.advance(minute);
    expect(await figures()).toEqual({ breakerOpen: false, unreachablePeople: 0, chatOpenings: {} });
  });
});

async function closeAndRead(service: TestService): Promise<{ undone: number }> {
  await acceptAgain(service);
  const gate = await service.db.selectFrom('delivery_gate').select('undone').executeTakeFirstOrThrow();
  expect(gate.undone).toBeGreaterThanOrEqual(20);
  return gate;
}
