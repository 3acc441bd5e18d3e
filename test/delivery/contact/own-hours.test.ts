import { expect, test } from 'vitest';
import { incomingOf } from '../../../src/conversation/index.ts';
import { reachable } from '../../../src/conversation/take-message.ts';
import { deliveryRoom, ledger } from '../../../src/delivery/index.ts';
import { senderOf, type TestService } from '../../build/service.ts';
import { sent, throttled } from '../../fakes/chat.ts';
import { plan, toyRegistry, toyService } from '../toy-room.ts';

const ANNE = '100001';
const FRIDAY = Date.parse('2026-11-20T16:00:00+09:00');
const inTwoWeeks = FRIDAY + 14 * 24 * 3_600_000;

/** Somebody whose app is gone on Friday, when a notice that may wait for days is due. */
async function goneOnFriday(options: Parameters<typeof toyService>[1] = {}): Promise<TestService> {
  const service = await toyService([ANNE], { installed: [], now: '2026-11-20T16:00:00+09:00', ...options });
  await plan(service.ports, [ANNE], { contact: 'counted', date: '2026-11-20', dueAt: FRIDAY, until: inTwoWeeks });
  await service.settle();
  return service;
}

async function isBack({ ports, delivery }: TestService, iso: string): Promise<void> {
  ports.clock.moveTo(iso);
  await ports.database.transaction((db) => reachable(db, senderOf(ANNE), ports.clock.now()));
  delivery.wake();
}

/** A minute comes, and what it lets go is sent. */
async function minute(service: TestService, iso: string): Promise<number> {
  service.ports.clock.moveTo(iso);
  await deliveryRoom.everyMinute?.(service.ports, service.ports.clock.now());
  service.delivery.wake();
  await service.settle();
  return service.ports.chat.sends().length;
}

const stateOf = async ({ db }: TestService) => (await ledger(db)).items.map(({ state, why }) => `${state} ${why}`);

test('who installs the app at night gets a notice that waited in the first working hour, not on Sunday nor on a holiday', async () => {
  const service = await goneOnFriday();
  await isBack(service, '2026-11-21T00:10:00+09:00');
  await service.settle();
  expect(await stateOf(service)).toEqual(['pending hours']);
  expect(await minute(service, '2026-11-22T10:00:00+09:00')).toBe(0);
  expect(await minute(service, '2026-11-23T10:00:00+09:00')).toBe(0);
  expect(await minute(service, '2026-11-24T08:29:00+09:00')).toBe(0);
  expect(await minute(service, '2026-11-24T08:30:00+09:00')).toBe(1);
});

test('who is on leave when the hour comes gets it on coming back', async () => {
  const service = await goneOnFriday({ leave: [{ staff: ANNE, date: '2026-11-24', kind: '全日' }] });
  await isBack(service, '2026-11-24T09:00:00+09:00');
  await service.settle();
  expect(await minute(service, '2026-11-24T15:00:00+09:00')).toBe(0);
  expect(await minute(service, '2026-11-25T09:00:00+09:00')).toBe(1);
});

test('somebody with hours of their own gets it in these', async () => {
  const hours = { start_minute: 11 * 60, end_minute: 19 * 60 + 45 };
  const service = await toyService([], {
    staff: [{ staff: ANNE, ...hours }],
    installed: [],
    now: '2026-11-20T16:00:00+09:00',
  });
  await plan(service.ports, [ANNE], { contact: 'counted', date: '2026-11-20', dueAt: FRIDAY, until: inTwoWeeks });
  await isBack(service, '2026-11-24T10:00:00+09:00');
  await service.settle();
  expect(await minute(service, '2026-11-24T10:59:00+09:00')).toBe(0);
  expect(await minute(service, '2026-11-24T11:00:00+09:00')).toBe(1);
});

test('a notice that Teams did not take until the evening goes the next working day, and nothing is asked of Teams meanwhile', async () => {
  const service = await toyService([ANNE], { now: '2026-11-24T17:30:00+09:00' });
  service.ports.chat.answer(() => throttled(null));
  const dueAt = service.ports.clock.now();
  await plan(service.ports, [ANNE], { contact: 'counted', date: '2026-11-24', dueAt, until: inTwoWeeks });
  service.delivery.wake();
  await service.ports.clock.advance(500);
  service.ports.clock.moveTo('2026-11-24T21:00:00+09:00');
  service.ports.chat.answer((_call, number) => sent(number));
  await service.ports.clock.advance(30_000);
  const asked = service.ports.chat.calls.length;
  expect(await stateOf(service)).toEqual(['pending hours']);
  await minute(service, '2026-11-25T03:00:00+09:00');
  expect(service.ports.chat.calls).toHaveLength(asked);
  await minute(service, '2026-11-25T08:30:00+09:00');
  expect(await stateOf(service)).toEqual(['sent undefined']);
});

test('what is time-bound, awaited or a reply never waits for hours', async () => {
  const service = await toyService([ANNE], { installed: [], now: '2026-11-20T16:00:00+09:00' });
  for (const contact of ['time-bound', 'awaited', 'reply', 'urgent'] as const)
    await plan(service.ports, [ANNE], { occasion: contact, contact, dueAt: FRIDAY, until: inTwoWeeks });
  await isBack(service, '2026-11-21T00:10:00+09:00');
  await service.settle();
  expect(service.ports.chat.sends()).toHaveLength(4);
});

test('who takes the app away again while it waits is not called until they are back', async () => {
  const service = await goneOnFriday();
  await isBack(service, '2026-11-21T00:10:00+09:00');
  await service.settle();
  await incomingOf(service.ports, toyRegistry, service.delivery).removed({ ...senderOf(ANNE), personal: true });
  expect(await minute(service, '2026-11-24T08:30:00+09:00')).toBe(0);
  await isBack(service, '2026-11-24T08:40:00+09:00');
  expect(await minute(service, '2026-11-24T08:40:00+09:00')).toBe(1);
});
