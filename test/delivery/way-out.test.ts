import { expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import type { SendResult } from '../../src/ports/chat.ts';
import { sent } from '../fakes/chat.ts';
import { numbers, plan, toyService } from './toy-room.ts';

const notSent: SendResult = { kind: 'throttled', why: 'not-sent:ECONNREFUSED', retryAfter: null, status: null };

test('while nothing leaves the house few requests are tried, and when it opens everybody is served within a minute or so', async () => {
  const staff = numbers(200);
  const service = await toyService(staff);
  service.ports.chat.answer(() => notSent);
  await plan(service.ports, staff);
  service.delivery.wake();
  await service.ports.clock.advance(30 * 60_000);
  const tried = service.ports.chat.calls.length;
  expect(tried).toBeGreaterThan(30);
  expect(tried).toBeLessThan(300);
  service.ports.chat.answer((_call, number) => sent(number));
  const opened = service.ports.clock.elapsed();
  await service.settle();
  expect((await ledger(service.db)).totals).toEqual({ sent: 200 });
  expect(service.ports.clock.elapsed() - opened).toBeLessThan(90_000);
});

test('a few requests that could not leave hold nobody else up', async () => {
  const staff = numbers(40);
  const service = await toyService(staff);
  service.ports.chat.answer((_call, number) => (number <= 5 ? notSent : sent(number)));
  await plan(service.ports, staff);
  service.delivery.wake();
  await service.ports.clock.advance(1500);
  expect((await ledger(service.db)).totals['sent']).toBeGreaterThanOrEqual(30);
});
