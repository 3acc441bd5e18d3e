import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import { StoreUnavailable } from '../../src/ports/database.ts';
import { sent } from '../fakes/chat.ts';
import { plan, toyService } from './toy-room.ts';

describe('while the store does not answer', () => {
  test('what was posted is recorded as soon as it does, and posted once', async () => {
    const service = await toyService(['100001']);
    const { database, clock, chat } = service.ports;
    let down = false;
    const whole = database.transaction;
    database.transaction = (work) => (down ? Promise.reject(new StoreUnavailable('down')) : whole(work));
    await service.crash();
    chat.answer((_call, number) => {
      down = true;
      return sent(number);
    });
    await plan(service.ports, ['100001']);
    service.delivery.wake();
    await clock.advance(90_000);
    expect((await ledger(service.db)).totals).toEqual({ sending: 1 });
    down = false;
    await service.settle();
    expect(chat.calls).toHaveLength(1);
    expect((await ledger(service.db)).totals).toEqual({ sent: 1 });
  });
});
