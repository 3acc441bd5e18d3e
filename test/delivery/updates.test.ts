import { describe, expect, test } from 'vitest';
import { changeItems, takePress } from '../../src/delivery/index.ts';
import type { SendResult } from '../../src/ports/chat.ts';
import { senderOf, type TestService } from '../build/service.ts';
import { refused, sent, unclear } from '../fakes/chat.ts';
import { numbers, plan, shown, toyRegistry, toyService } from './toy-room.ts';

async function sentCards(staff: string[]): Promise<TestService> {
  const service = await toyService(staff);
  await plan(service.ports, staff);
  await service.settle();
  await service.ports.clock.advance(5000);
  return service;
}

async function say(service: TestService, staff: string, word: string, revision = 0) {
  const { id } = await service.db.selectFrom('item').select('id').where('staff', '=', staff).executeTakeFirstOrThrow();
  const press = { sender: senderOf(staff), verb: 'toy.say', data: { i: id, r: revision, word } };
  return takePress(service.ports, toyRegistry, { ...press, activityId: null, replyToId: null });
}

const waiting = ({ db }: TestService) => db.selectFrom('message_update').select(['message_id', 'state']).execute();
const updatesShown = ({ ports }: TestService) => ports.chat.updates().map((call) => shown(call.message));

/** Holds the answers of a test back until it lets them go, in the order of the requests. */
function gate() {
  const open: ((result: SendResult) => void)[] = [];
  return {
    answer: () => new Promise<SendResult>((resolve) => open.push(resolve)),
    letGo: (result: SendResult) => open.shift()?.(result),
  };
}

describe('after a press', () => {
  test('the stored message is updated, by its own activity id', async () => {
    const service = await sentCards(['100001']);
    await say(service, '100001', 'yes');
    await service.settle();
    expect(service.ports.chat.updates().map((call) => [call.activity, shown(call.message)])).toEqual([
      ['activity-1', 'revision 1'],
    ]);
    expect(await waiting(service)).toEqual([]);
  });

  test('at most one update waits for each message, and the latest revision wins', async () => {
    const service = await sentCards(['100001']);
    for (const word of ['one', 'two', 'three']) await say(service, '100001', word);
    expect(await waiting(service)).toHaveLength(1);
    await service.settle();
    expect(updatesShown(service)).toEqual(['revision 3']);
  });

  test('an update that waits keeps its place when the card changes again', async () => {
    const service = await sentCards(['100001', '100002']);
    await say(service, '100001', 'one');
    await service.ports.clock.advance(1);
    await say(service, '100002', 'one');
    await service.ports.clock.advance(1);
    await say(service, '100001', 'two', 1);
    expect(service.ports.chat.updates(), 'all wait').toEqual([]);
    await service.settle();
    expect(service.ports.chat.updates().map((call) => [call.conversation, shown(call.message)])).toEqual([
      ['chat-100001', 'revision 2'],
      ['chat-100002', 'revision 1'],
    ]);
  });

  test('that changes nothing no update goes', async () => {
    const service = await sentCards(['100001']);
    await say(service, '100001', 'yes');
    await service.settle();
    const again = await say(service, '100001', 'yes', 1);
    await service.settle();
    expect(again.changed).toBe(false);
    expect(updatesShown(service)).toEqual(['revision 1']);
  });

  test('a press during an update has another one follow', async () => {
    const service = await sentCards(['100001']);
    const held = gate();
    service.ports.chat.answer(held.answer);
    await say(service, '100001', 'one');
    service.delivery.wake();
    await service.ports.clock.still();
    expect(updatesShown(service)).toEqual(['revision 1']);
    await say(service, '100001', 'two', 1);
    service.ports.chat.answer((_call, number) => sent(number));
    held.letGo(sent(1));
    await service.settle();
    expect(updatesShown(service)).toEqual(['revision 1', 'revision 2']);
    expect(await waiting(service)).toEqual([]);
  });

  test('a press during an update that comes to nothing has another one follow all the same', async () => {
    const service = await sentCards(['100001']);
    const held = gate();
    service.ports.chat.answer(held.answer);
    await say(service, '100001', 'one');
    service.delivery.wake();
    await service.ports.clock.still();
    await say(service, '100001', 'two', 1);
    service.ports.chat.answer((_call, number) => sent(number));
    held.letGo(refused(413));
    await service.settle();
    expect(updatesShown(service)).toEqual(['revision 1', 'revision 2']);
    expect(await waiting(service)).toEqual([]);
  });

  test('a slow update is never overtaken by the one after it', async () => {
    const service = await sentCards(['100001']);
    const held = gate();
    service.ports.chat.answer(held.answer);
    await say(service, '100001', 'one');
    service.delivery.wake();
    await service.ports.clock.still();
    await say(service, '100001', 'two', 1);
    service.delivery.wake();
    await service.ports.clock.advance(8000);
    expect(updatesShown(service)).toEqual(['revision 1']);
    service.ports.chat.answer((_call, number) => sent(number));
    held.letGo(sent(1));
    await service.settle();
    expect(updatesShown(service)).toEqual(['revision 1', 'revision 2']);
  });

  test('an update lost in a crash is made again', async () => {
    const service = await sentCards(['100001']);
    service.ports.chat.answer(gate().answer);
    await say(service, '100001', 'one');
    service.delivery.wake();
    await service.ports.clock.still();
    await service.crash();
    service.ports.chat.answer((_call, number) => sent(number));
    await service.ports.clock.advance(2000);
    await service.settle();
    expect(updatesShown(service)).toEqual(['revision 1', 'revision 1']);
    expect(await waiting(service)).toEqual([]);
  });
});

test('a card that changes while it is being sent is updated right after', async () => {
  const service = await toyService(['100001']);
  const held = gate();
  service.ports.chat.answer(held.answer);
  await plan(service.ports, ['100001']);
  service.delivery.wake();
  await service.ports.clock.still();
  const { id } = await service.db.selectFrom('item').select('id').executeTakeFirstOrThrow();
  await changeItems(service.db, [id], service.ports.clock.now());
  service.ports.chat.answer((_call, number) => sent(number));
  held.letGo(sent(1));
  await service.settle();
  expect(service.ports.chat.calls.map((call) => `${call.kind} ${shown(call.message)}`)).toEqual([
    'send revision 0',
    'update revision 1',
  ]);
});

test('updates go after time-bound sends and before those that may wait', async () => {
  const [first = [], urgent = [], later = []] = [numbers(8), numbers(16).slice(8), numbers(24).slice(16)];
  const service = await toyService([...first, ...urgent, ...later], { pace: 10 });
  await plan(service.ports, first);
  await service.settle();
  await service.ports.clock.advance(5000);
  const before = service.ports.chat.calls.length;
  await plan(service.ports, later, { occasion: 'later', priority: 3 });
  for (const staff of first) await say(service, staff, 'yes');
  await plan(service.ports, urgent, { occasion: 'urgent', priority: 1 });
  await service.settle();
  const calls = service.ports.chat.calls.slice(before);
  const moments = (staff: string[]) =>
    calls.filter((call) => staff.includes(call.conversation.slice('chat-'.length))).map((call) => call.at);
  expect(calls).toHaveLength(24);
  expect(Math.max(...moments(urgent))).toBeLessThanOrEqual(Math.min(...moments(first)));
  expect(Math.max(...moments(first))).toBeLessThanOrEqual(Math.min(...moments(later)));
});

describe('an update that fails', () => {
  test('unclearly is tried again, but not for ever', async () => {
    const service = await sentCards(['100001']);
    service.ports.chat.answer(() => unclear);
    await say(service, '100001', 'yes');
    await service.settle();
    expect(service.ports.chat.updates()).toHaveLength(5);
    expect(await waiting(service)).toEqual([]);
  });

  test('for good is given up, and the delivery still stands as sent', async () => {
    const service = await sentCards(['100001']);
    service.ports.chat.answer(() => refused(404));
    await say(service, '100001', 'yes');
    await service.settle();
    expect(service.ports.chat.updates()).toHaveLength(1);
    const message = await service.db.selectFrom('message').selectAll().executeTakeFirstOrThrow();
    expect(message).toMatchObject({ state: 'sent', shown_revision: 0 });
  });

  test('because the app is gone marks the person unreachable', async () => {
    const service = await sentCards(['100001']);
    service.ports.chat.answer(() => refused(403));
    await say(service, '100001', 'yes');
    await service.settle();
    await plan(service.ports, ['100001'], { occasion: 'next' });
    await service.settle();
    expect(service.ports.chat.calls).toHaveLength(2);
  });

  test('because the app is gone is the last call: no later change of the person’s cards is sent there', async () => {
    const service = await sentCards(['100001']);
    service.ports.chat.answer(() => refused(403));
    await say(service, '100001', 'yes');
    await service.settle();
    await say(service, '100001', 'no');
    await service.settle();
    expect(service.ports.chat.updates()).toHaveLength(1);
    expect(await waiting(service)).toEqual([]);
  });
});

test('what changed while nobody knew whether a card had arrived is brought to it when a look at it proves that it did', async () => {
  const service = await toyService(['100001']);
  service.ports.chat.answer(() => unclear);
  await plan(service.ports, ['100001']);
  await service.settle();
  service.ports.chat.answer((_call, number) => sent(number));
  const { id } = await service.db.selectFrom('item').select('id').executeTakeFirstOrThrow();
  await changeItems(service.db, [id], service.ports.clock.now());
  expect(await waiting(service)).toEqual([]);
  const look = { verb: 'delivery.refresh', data: { i: id, r: 0 }, activityId: null, replyToId: 'activity-9' };
  await takePress(service.ports, toyRegistry, { ...look, sender: senderOf('100001') });
  await service.settle();
  expect(service.ports.chat.updates().map((call) => [call.activity, shown(call.message)])).toEqual([
    ['activity-9', 'revision 1'],
  ]);
  await takePress(service.ports, toyRegistry, { ...look, sender: senderOf('100001') });
  expect(await waiting(service)).toEqual([]);
});
