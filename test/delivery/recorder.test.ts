import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import { StoreUnavailable } from '../../src/ports/database.ts';
import { numbers, plan, toyService } from './toy-room.ts';

const staff = numbers(60);

/** Sixty cards at 50 a second; `fails` says of each transaction, counted from 1, what it fails with once its work is done. */
async function sixtyCards(fails: (transaction: number) => Error | null) {
  const service = await toyService(staff, { pace: 50 });
  await plan(service.ports, staff);
  const { database } = service.ports;
  const whole = database.transaction;
  let made = 0;
  database.transaction = (work) =>
    whole(async (db) => {
      made += 1;
      const error = fails(made);
      const result = await work(db);
      if (error) throw error;
      return result;
    });
  await service.crash();
  await service.settle();
  return { service, made: () => made };
}

describe('what came of calls that go out steadily', () => {
  test('is committed with the next claim: one transaction for about seven calls, where there were two', async () => {
    const { service, made } = await sixtyCards(() => null);
    expect((await ledger(service.db)).totals).toEqual({ sent: staff.length });
    expect(made()).toBeLessThanOrEqual(Math.ceil(staff.length / 7) + 2);
  });

  test('is recorded for each message by itself: the activity that Teams named for it, or none where it named none', async () => {
    const service = await toyService(staff, { pace: 50 });
    const named = (number: number) => (number % 5 === 0 ? null : `activity-${number}`);
    service.ports.chat.answer((_call, number) => ({ kind: 'sent', activityId: named(number), status: 201 }));
    await plan(service.ports, staff);
    await service.settle();
    const stored = await service.db
      .selectFrom('message')
      .innerJoin('conversation', 'conversation.aad_id', 'message.aad_id')
      .select(['conversation_id', 'activity_id', 'state', 'shown_revision', 'settled_at'])
      .execute();
    const calls = service.ports.chat.calls.map(({ conversation }, index) => [conversation, named(index + 1)] as const);
    expect(new Map(stored.map((row) => [row.conversation_id, row.activity_id]))).toEqual(new Map(calls));
    expect(stored.every((row) => row.state === 'sent' && row.shown_revision === 0 && row.settled_at !== null)).toBe(
      true,
    );
  });

  test.each([
    ['the store goes away', () => new StoreUnavailable('gone')],
    ['something else is wrong', () => new Error('wrong')],
  ])('is recorded all the same, and posted once, where such a transaction fails because %s', async (_why, error) => {
    const { service } = await sixtyCards((transaction) => (transaction === 3 ? error() : null));
    expect((await ledger(service.db)).totals).toEqual({ sent: staff.length });
    expect(new Set(service.ports.chat.calls.map((call) => call.conversation)).size).toBe(staff.length);
    expect(service.ports.chat.calls).toHaveLength(staff.length);
    const open = await service.db.selectFrom('attempt').select('id').where('ended_at', 'is', null).execute();
    expect(open).toEqual([]);
  });
});
