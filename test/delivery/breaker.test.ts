import { describe, expect, test } from 'vitest';
import { incomingOf } from '../../src/conversation/index.ts';
import { ledger } from '../../src/delivery/index.ts';
import { markUnreachable } from '../../src/people/index.ts';
import { senderOf, type TestService } from '../build/service.ts';
import { aadOf } from '../build/staff-member.ts';
import { refused, sent, throttled } from '../fakes/chat.ts';
import { at, numbers, plan, toyRegistry, toyService } from './toy-room.ts';

const gate = (service: TestService) => service.db.selectFrom('delivery_gate').selectAll().executeTakeFirstOrThrow();
const states = async ({ db }: TestService) => (await ledger(db)).totals;
const posts = (service: TestService) => service.ports.chat.calls.length;
const minute = 60_000;

async function blocked(people: number, statuses: number[] = [403, 404]): Promise<TestService> {
  const staff = numbers(people);
  const service = await toyService(staff);
  service.ports.chat.answer((_call, number) => refused(statuses[number % statuses.length] ?? 403));
  await plan(service.ports, staff);
  return service;
}

describe('answers 403 and 404', () => {
  test('make a person unreachable: nothing more is posted to them, while the others are served', async () => {
    const staff = numbers(6);
    const service = await toyService(staff);
    service.ports.chat.answer((call, number) => (call.conversation === 'chat-100003' ? refused(403) : sent(number)));
    await plan(service.ports, staff);
    await service.settle();
    for (const occasion of ['b', 'c', 'd']) {
      await plan(service.ports, staff, { occasion });
      await service.settle();
    }
    expect(service.ports.chat.calls.filter((call) => call.conversation === 'chat-100003')).toHaveLength(1);
    expect(await states(service)).toEqual({ sent: 20, refused: 1, pending: 3 });
    expect(await gate(service)).toMatchObject({ refused: 0, opened_at: null });
  });

  test('of 19 people in a row and one who is reached open nothing', async () => {
    const staff = numbers(40);
    const service = await toyService(staff);
    service.ports.chat.answer((_call, number) => (number % 20 === 0 ? sent(number) : refused(404)));
    await plan(service.ports, staff);
    await service.settle();
    expect(await states(service)).toEqual({ sent: 2, refused: 38 });
    expect(await service.db.selectFrom('refusal').selectAll().execute()).toEqual([]);
  });

  test('of 20 people in a row open the breaker: no more than what was under way is posted, and it is said in the log', async () => {
    const service = await blocked(120);
    await service.settle();
    expect(posts(service)).toBeGreaterThanOrEqual(20);
    expect(posts(service)).toBeLessThanOrEqual(50);
    const { refused: gone = 0, pending = 0 } = await states(service);
    expect([gone, pending]).toEqual([posts(service), 120 - posts(service)]);
    expect((await gate(service)).opened_at).toBeGreaterThanOrEqual(at('16:15'));
    expect(service.ports.logged.filter((line) => line.level === 'error')).toHaveLength(1);
  });
});

describe('the open breaker', () => {
  test('lets one person be tried each minute', async () => {
    const service = await blocked(120);
    await service.settle();
    const before = posts(service);
    for (const tried of [1, 2, 3]) {
      await service.ports.clock.advance(minute);
      expect(posts(service) - before).toBe(tried);
    }
    const people = service.ports.chat.calls.slice(before).map((call) => call.conversation);
    expect(new Set(people).size).toBe(3);
  });

  test('closes at the first accepted card: the refused are asked again, everybody is served, nobody twice', async () => {
    const service = await blocked(120);
    await service.settle();
    const inRun = posts(service);
    const accepted: string[] = [];
    service.ports.chat.answer((call, number) => {
      accepted.push(call.conversation);
      return sent(number);
    });
    await service.ports.clock.advance(minute);
    await service.settle();
    expect(await states(service)).toEqual({ sent: 120 });
    expect(new Set(accepted).size).toBe(120);
    expect(accepted).toHaveLength(120);
    expect(await gate(service)).toMatchObject({ refused: 0, opened_at: null, undone: inRun });
    const closed = await service.db
      .selectFrom('conversation')
      .select('aad_id')
      .where('unreachable_since', 'is not', null);
    expect(await closed.execute()).toEqual([]);
  });

  test('does not bring back what is of no use any more', async () => {
    const service = await blocked(60);
    await service.settle();
    service.ports.chat.answer((_call, number) => sent(number));
    service.ports.clock.moveTo(at('18:16'));
    await plan(service.ports, ['100060'], { occasion: 'later', until: at('20:00') });
    service.delivery.wake();
    await service.ports.clock.advance(minute);
    await service.settle();
    const { sent: late, refused: gone = 0, skipped = 0 } = await states(service);
    expect(late).toBe(1);
    expect(gone + skipped).toBe(60);
    expect((await gate(service)).opened_at).toBeNull();
  });

  test('stays open over a crash', async () => {
    const service = await blocked(80);
    await service.settle();
    const before = posts(service);
    await service.crash();
    service.delivery.wake();
    await service.ports.clock.advance(1000);
    expect((await gate(service)).opened_at).not.toBeNull();
    expect(posts(service) - before).toBeLessThanOrEqual(1);
  });

  test('is neither opened nor closed by answers that say nothing of the app', async () => {
    const service = await blocked(80);
    await service.settle();
    service.ports.chat.answer((_call, number) => (number % 2 === 0 ? throttled(null) : refused(400)));
    await service.ports.clock.advance(5 * minute);
    expect((await gate(service)).opened_at).not.toBeNull();
  });
});

test('a person who took the app away is not asked, and gets the next campaign after writing or installing again', async () => {
  const staff = numbers(3);
  const service = await toyService(staff);
  await markUnreachable(service.db, aadOf('100002'), 'uninstalled', at('16:00'));
  await plan(service.ports, staff);
  await service.settle();
  expect(await states(service)).toEqual({ sent: 2, pending: 1 });
  expect(service.ports.chat.calls.map((call) => call.conversation)).not.toContain('chat-100002');
  await incomingOf(service.ports, toyRegistry, service.delivery).installed(senderOf('100002'));
  await plan(service.ports, staff, { occasion: 'next' });
  await service.settle();
  const own = service.ports.chat.sends().filter((call) => call.conversation === 'chat-100002');
  expect(own).toHaveLength(2);
  expect((await ledger(service.db)).items.filter((item) => item.rule === 'toy' && item.state !== 'sent')).toEqual([]);
});
