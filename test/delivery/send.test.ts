import { describe, expect, test } from 'vitest';
import { incomingOf } from '../../src/conversation/index.ts';
import { changeItems, ledger } from '../../src/delivery/index.ts';
import { senderOf, type TestService } from '../build/service.ts';
import { never, refused, sent, throttled, unclear } from '../fakes/chat.ts';
import { at, numbers, plan, shown, toyRegistry, toyService } from './toy-room.ts';

const states = async ({ db }: TestService) => (await ledger(db)).totals;
const conversations = (service: TestService) => service.ports.chat.calls.map((call) => call.conversation);
const of = (staff: string[]) => staff.map((number) => `chat-${number}`);

describe('a campaign', () => {
  test('reaches everybody once', async () => {
    const staff = numbers(40);
    const service = await toyService(staff);
    expect(await plan(service.ports, staff)).toEqual({ planned: 40, skipped: 0 });
    await service.settle();
    expect(conversations(service).sort()).toEqual(of(staff));
    expect(await states(service)).toEqual({ sent: 40 });
  });

  test('planned twice is planned once', async () => {
    const staff = numbers(8);
    const service = await toyService(staff);
    await plan(service.ports, staff.slice(0, 6));
    await service.settle();
    expect(await plan(service.ports, staff)).toEqual({ planned: 2, skipped: 0 });
    await service.settle();
    expect(conversations(service).sort()).toEqual(of(staff));
  });

  test('is never sent late: what has passed its last useful minute is skipped as expired', async () => {
    const service = await toyService(['100001', '100002']);
    await plan(service.ports, ['100001'], { until: at('16:15') });
    await plan(service.ports, ['100002'], { occasion: 'b', until: at('16:16') });
    service.ports.clock.moveTo(at('16:16'));
    await service.settle();
    expect(service.ports.chat.calls).toEqual([]);
    const { items } = await ledger(service.db);
    expect(items.map(({ state, why, attempts }) => ({ state, why, attempts }))).toEqual([
      { state: 'skipped', why: 'expired', attempts: 0 },
      { state: 'skipped', why: 'expired', attempts: 0 },
    ]);
  });

  test('that began when the clock was an hour fast goes on where it is set right, and nobody gets it twice', async () => {
    const staff = numbers(40);
    const service = await toyService(staff);
    const { chat, clock } = service.ports;
    chat.answer(async (_call, number) => {
      if (number === 5) clock.moveTo(at('15:15'));
      return sent(number);
    });
    await plan(service.ports, staff);
    await service.settle();
    expect(conversations(service).sort()).toEqual(of(staff));
    clock.moveTo(at('16:15'));
    await service.settle();
    expect(conversations(service)).toHaveLength(40);
    expect(await states(service)).toEqual({ sent: 40 });
  });

  test('goes on where one card cannot be drawn, and says so in the ledger', async () => {
    const staff = numbers(5);
    const service = await toyService(staff);
    await plan(service.ports, staff);
    await service.db.updateTable('item').set({ note: 'undrawable' }).where('staff', '=', '100003').execute();
    await service.settle();
    expect(await states(service)).toEqual({ sent: 4, refused: 1 });
    expect(conversations(service).sort()).toEqual(of(staff.filter((number) => number !== '100003')));
    const broken = (await ledger(service.db)).items.find((item) => item.staff === '100003');
    expect(broken).toMatchObject({ state: 'refused', why: 'undrawable' });
  });
});

describe('the intent to send', () => {
  test('is committed before the request leaves', async () => {
    const staff = numbers(12);
    const service = await toyService(staff);
    const seen: string[] = [];
    service.ports.chat.answer(async (call, number) => {
      const rows = await service.db
        .selectFrom('message')
        .innerJoin('attempt', 'attempt.message_id', 'message.id')
        .select(['message.state', 'message.attempts', 'attempt.ended_at', 'attempt.kind'])
        .where('message.staff', '=', call.conversation.slice('chat-'.length))
        .execute();
      seen.push(...rows.map((row) => `${row.state} ${row.attempts} ${row.kind} ${row.ended_at}`));
      return sent(number);
    });
    await plan(service.ports, staff);
    await service.settle();
    expect(seen).toEqual(staff.map(() => 'sending 1 send null'));
  });

  test('becomes unknown after a crash, and is never sent again by itself', async () => {
    const staff = numbers(50);
    const service = await toyService(staff);
    service.ports.chat.answer((_call, number) => (number > 10 ? never : sent(number)));
    await plan(service.ports, staff);
    service.delivery.wake();
    await service.ports.clock.advance(500);
    const before = service.ports.chat.calls.length;
    expect(before).toBeGreaterThan(10);
    await service.crash();
    service.ports.chat.answer((_call, number) => sent(number));
    await service.settle();
    const { sent: arrived = 0, unknown = 0 } = await states(service);
    expect(arrived + unknown).toBe(50);
    expect(new Set(conversations(service)).size).toBe(conversations(service).length);
    expect(conversations(service)).toHaveLength(arrived + before - 10);
    const claimedAhead = unknown - (before - 10);
    expect(claimedAhead).toBeGreaterThanOrEqual(0);
    expect(claimedAhead).toBeLessThanOrEqual(8);
    expect(unknown).toBeLessThanOrEqual(30);
    const open = await service.db.selectFrom('attempt').selectAll().where('ended_at', 'is', null).execute();
    expect(open).toEqual([]);
  });

  test('is one attempt row for each request, with what came of it', async () => {
    const staff = numbers(20);
    const service = await toyService(staff);
    service.ports.chat.answer((_call, number) => (number % 3 === 0 ? throttled(500) : sent(number)));
    await plan(service.ports, staff);
    await service.settle();
    const attempts = await service.db.selectFrom('attempt').select('outcome').execute();
    expect(attempts).toHaveLength(service.ports.chat.calls.length);
    expect(attempts.filter((row) => row.outcome === 'sent')).toHaveLength(20);
    const { items } = await ledger(service.db);
    expect(items.reduce((sum, item) => sum + item.attempts, 0)).toBe(attempts.length);
  });
});

describe('an answer that may have been an acceptance', () => {
  test('leaves the message unknown, and it is not sent again', async () => {
    const service = await toyService(['100001']);
    service.ports.chat.answer(() => unclear);
    await plan(service.ports, ['100001']);
    await service.settle();
    await service.ports.clock.advance(3_600_000);
    await service.settle();
    expect(service.ports.chat.calls).toHaveLength(1);
    expect((await ledger(service.db)).items[0]).toMatchObject({ state: 'unknown', why: 'timeout', attempts: 1 });
  });

  test('is settled by a press: the card has arrived', async () => {
    const service = await toyService(['100001']);
    service.ports.chat.answer(() => unclear);
    await plan(service.ports, ['100001']);
    await service.settle();
    const item = await service.db.selectFrom('item').select('id').executeTakeFirstOrThrow();
    service.ports.chat.answer((_call, number) => sent(number));
    const incoming = incomingOf(service.ports, toyRegistry, service.delivery);
    const press = { sender: senderOf('100001'), verb: 'toy.say', data: { i: item.id, r: 0, word: 'yes' } };
    await incoming.press({ ...press, activityId: 'a1', replyToId: 'shown-1' });
    await service.settle();
    expect(await states(service)).toEqual({ sent: 1 });
    expect(service.ports.chat.sends()).toHaveLength(1);
    expect(service.ports.chat.updates().map((call) => [call.activity, shown(call.message)])).toEqual([
      ['shown-1', 'revision 1'],
    ]);
  });

  test('is settled by a refresh, which writes nothing else', async () => {
    const service = await toyService(['100001']);
    service.ports.chat.answer(() => unclear);
    await plan(service.ports, ['100001']);
    await service.settle();
    const item = await service.db.selectFrom('item').selectAll().executeTakeFirstOrThrow();
    const incoming = incomingOf(service.ports, toyRegistry, service.delivery);
    const press = { sender: senderOf('100001'), verb: 'delivery.refresh', data: { i: item.id, r: 0 } };
    await incoming.press({ ...press, activityId: 'a1', replyToId: 'shown-1' });
    await service.settle();
    expect(await states(service)).toEqual({ sent: 1 });
    expect(service.ports.chat.calls).toHaveLength(1);
    expect(await service.db.selectFrom('item').selectAll().executeTakeFirstOrThrow()).toEqual(item);
  });
});

describe('somebody who cannot be reached', () => {
  test('is not posted to until the app is installed, and then gets what is still of use', async () => {
    const service = await toyService(['100001', '100002'], { installed: ['100002'] });
    await plan(service.ports, ['100001', '100002']);
    await service.settle();
    expect(conversations(service)).toEqual(['chat-100002']);
    expect((await ledger(service.db)).items[0]).toMatchObject({
      staff: '100001',
      state: 'pending',
      why: 'unreachable',
    });
    await incomingOf(service.ports, toyRegistry, service.delivery).installed(senderOf('100001'));
    await service.settle();
    const toys = (await ledger(service.db)).items.filter((item) => item.rule === 'toy');
    expect(toys.map((item) => item.state)).toEqual(['sent', 'sent']);
  });

  test('keeps the reason when the card has become useless meanwhile', async () => {
    const service = await toyService(['100001'], { installed: [] });
    await plan(service.ports, ['100001']);
    service.ports.clock.moveTo(at('18:15'));
    await service.settle();
    expect((await ledger(service.db)).items[0]).toMatchObject({ state: 'skipped', why: 'unreachable', attempts: 0 });
  });

  test.each([403, 404])('is known from status %d: nothing else is posted to that chat', async (status) => {
    const service = await toyService(['100001', '100002']);
    service.ports.chat.answer((call, number) => (call.conversation === 'chat-100001' ? refused(status) : sent(number)));
    await plan(service.ports, ['100001', '100002']);
    await plan(service.ports, ['100001', '100002'], { occasion: 'second' });
    await service.settle();
    await plan(service.ports, ['100001', '100002'], { occasion: 'third' });
    await service.settle();
    expect(conversations(service).filter((chat) => chat === 'chat-100001')).toHaveLength(1);
    expect(await states(service)).toEqual({ sent: 3, refused: 1, pending: 2 });
  });

  test('who uninstalls the app gets nothing that was waiting', async () => {
    const service = await toyService(['100001']);
    await incomingOf(service.ports, toyRegistry, service.delivery).removed(senderOf('100001'));
    await plan(service.ports, ['100001']);
    await service.settle();
    expect(service.ports.chat.calls).toEqual([]);
  });
});

test('the totals are the sum of the items at every request, whatever the answers', async () => {
  const staff = numbers(30);
  const service = await toyService(staff, { installed: staff.slice(0, 27) });
  const answers = [sent(1), throttled(300), unclear, refused(403), refused(413), throttled(null)];
  const wrong: object[] = [];
  service.ports.chat.answer(async (_call, number) => {
    const { items, totals } = await ledger(service.db);
    const sum = Object.values(totals).reduce((a, b) => a + b, 0);
    if (items.length !== 31 || sum !== 31) wrong.push(totals);
    return answers[number % answers.length] ?? unclear;
  });
  await plan(service.ports, ['100001'], { occasion: 'late', until: at('16:00') });
  await plan(service.ports, staff);
  await service.settle();
  expect(wrong).toEqual([]);
  const { items } = await ledger(service.db);
  expect(items).toHaveLength(31);
  for (const item of items) expect(item.state === 'sent' || item.why !== undefined).toBe(true);
  const ids = await service.db.selectFrom('item').select('id').execute();
  await changeItems(
    service.db,
    ids.map((row) => row.id),
    service.ports.clock.now(),
  );
  expect((await ledger(service.db)).items).toHaveLength(31);
});
