import { describe, expect, test } from 'vitest';
import { reachable } from '../../../src/conversation/take-message.ts';
import { ledger, startDelivery } from '../../../src/delivery/index.ts';
import { senderOf, type TestService } from '../../build/service.ts';
import { never, refused, sent, throttled, unclear } from '../../fakes/chat.ts';
import { plan, toyRegistry, toyService } from '../toy-room.ts';

const ANNE = '100001';
const SUNDAY = Date.parse('2026-11-22T23:00:00+09:00');

/** Notices of this week, one after the other, each delivered before the next. */
async function notices(service: TestService, from: number, to: number, more: Parameters<typeof plan>[2] = {}) {
  for (let n = from; n <= to; n += 1) {
    const until = SUNDAY + 20 * 24 * 3_600_000;
    await plan(service.ports, [ANNE], {
      occasion: `notice ${n}`,
      contact: 'counted',
      date: `2026-10-${n + 9}`,
      until,
      dueAt: service.ports.clock.now(),
      ...more,
    });
    await service.settle();
  }
}

const stateOf = async ({ db }: TestService) =>
  (await ledger(db)).items.map(({ state, why }) => (why === undefined ? state : `${state} ${why}`));

describe('the contact budget', () => {
  test('of five pings a week: the sixth notice waits for the next ping, and no request is made for it', async () => {
    const service = await toyService([ANNE]);
    await notices(service, 1, 6);
    expect(service.ports.chat.calls).toHaveLength(5);
    expect(await stateOf(service)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'pending budget']);
    const item = await service.db.selectFrom('item').selectAll().where('occasion', '=', 'notice 6').executeTakeFirst();
    expect(item?.urgency).toBe('digest');
  });

  test('is the policy’s, counted anew from Monday', async () => {
    const policy = 'organisation: 見本市\ncontactBudget: { pingsPerWeek: 2 }\n';
    const service = await toyService([ANNE], { policy });
    await notices(service, 1, 3);
    expect(service.ports.chat.sends()).toHaveLength(2);
    service.ports.clock.moveTo('2026-11-22T23:59:00+09:00');
    await notices(service, 4, 4);
    expect(service.ports.chat.sends()).toHaveLength(2);
    service.ports.clock.moveTo('2026-11-23T00:01:00+09:00');
    await notices(service, 5, 5);
    expect(service.ports.chat.sends()).toHaveLength(3);
    expect(await stateOf(service)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
  });

  test('is not asked for what is time-bound, awaited, a reply or urgent, and these use nothing of it', async () => {
    const service = await toyService([ANNE]);
    for (const contact of ['time-bound', 'awaited', 'reply', 'urgent'] as const)
      for (let n = 1; n <= 3; n += 1) {
        await plan(service.ports, [ANNE], { occasion: `${contact} ${n}`, contact, date: `2026-09-1${n}` });
        await service.settle();
      }
    await notices(service, 1, 5);
    expect(service.ports.chat.sends()).toHaveLength(17);
  });

  test('does not count what reached nobody: refused, too late, taken back, or waiting', async () => {
    const service = await toyService([ANNE]);
    service.ports.chat.answer(() => refused(413));
    await notices(service, 1, 4);
    service.ports.chat.answer((_call, number) => sent(number));
    await notices(service, 5, 5, { until: service.ports.clock.now() });
    await notices(service, 6, 10);
    expect(await stateOf(service)).toEqual([
      ...Array.from({ length: 4 }, () => 'refused status-413'),
      'skipped expired',
      ...Array.from({ length: 5 }, () => 'sent'),
    ]);
  });

  test('counts what may have reached the person: a card of which nobody knows', async () => {
    const service = await toyService([ANNE]);
    service.ports.chat.answer(() => unclear);
    await notices(service, 1, 5);
    service.ports.chat.answer((_call, number) => sent(number));
    await notices(service, 6, 6);
    expect((await stateOf(service)).at(-1)).toBe('pending budget');
  });

  test('counts a throttled card once, in the week in which it goes', async () => {
    const service = await toyService([ANNE]);
    await notices(service, 1, 4);
    service.ports.chat.answer(() => throttled(null));
    await plan(service.ports, [ANNE], {
      occasion: 'slow',
      contact: 'counted',
      date: '2026-10-01',
      until: SUNDAY + 9e8,
    });
    service.delivery.wake();
    await service.ports.clock.advance(500);
    service.ports.clock.moveTo('2026-11-24T09:00:00+09:00');
    service.ports.chat.answer((_call, number) => sent(number));
    await service.ports.clock.advance(30_000);
    const weeks = await service.db.selectFrom('message').select('counted_week').orderBy('counted_week').execute();
    expect(weeks.map((row) => row.counted_week)).toEqual([...Array(4).fill('2026-11-16'), '2026-11-23']);
  });

  test('holds over a crash and counts what it left unknown', async () => {
    const service = await toyService([ANNE]);
    await notices(service, 1, 4);
    service.ports.chat.answer(() => never);
    await plan(service.ports, [ANNE], { occasion: 'lost', contact: 'counted', date: '2026-10-01', until: SUNDAY });
    service.delivery.wake();
    await service.ports.clock.advance(3000);
    await service.crash();
    service.ports.chat.answer((_call, number) => sent(number));
    await notices(service, 6, 6);
    expect(await stateOf(service)).toContain('unknown interrupted');
    expect((await stateOf(service)).at(-1)).toBe('pending budget');
  });

  test('is counted once by services that share the store', async () => {
    const service = await toyService([ANNE]);
    const other = await startDelivery(service.ports, toyRegistry, {
      owner: 'other',
      deadAmong: async () => [],
      news: null,
    });
    for (let n = 1; n <= 8; n += 1)
      await plan(service.ports, [ANNE], {
        occasion: `n${n}`,
        contact: 'counted',
        date: `2026-10-1${n}`,
        until: SUNDAY,
      });
    other.wake();
    await service.settle();
    await service.ports.clock.until(other.settled());
    expect(service.ports.chat.sends()).toHaveLength(5);
    expect((await ledger(service.db)).totals).toEqual({ sent: 5, pending: 3 });
    const stopped = other.stop();
    await service.ports.clock.until(stopped);
  });

  test('is not lifted by writing to Kaeru, nor by a chat that opens again', async () => {
    const service = await toyService([ANNE]);
    await notices(service, 1, 6);
    await reachable(service.db, senderOf(ANNE), service.ports.clock.now());
    await service.settle();
    expect((await stateOf(service)).at(-1)).toBe('pending budget');
  });

  test('leaves out with its reason what no ping took along in time', async () => {
    const service = await toyService([ANNE]);
    await notices(service, 1, 5);
    await notices(service, 6, 6, { until: service.ports.clock.now() + 3_600_000 });
    service.ports.clock.moveTo(service.ports.clock.now() + 2 * 3_600_000);
    await notices(service, 7, 7, { contact: 'time-bound' });
    expect((await stateOf(service)).sort()).toEqual([...Array(6).fill('sent'), 'skipped budget']);
  });
});
