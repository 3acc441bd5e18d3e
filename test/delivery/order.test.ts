import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOrder, rowOf, type Waiting } from '../../src/delivery/waiting.ts';
import type { MessageTable } from '../../src/ports/tables.ts';
import type { TestService } from '../build/service.ts';
import { at, numbers, plan, toyService } from './toy-room.ts';

const soon = 10 * 60_000;
/** What is claimed while the tests still plan. */
const claimedBefore = 3;

function message(id: number, priority: number, until: number): MessageTable {
  return {
    ...{ id: `m${id}`, staff: String(id), aad_id: `a${id}`, priority, due_at: id, last_useful_at: until },
    ...{ state: 'pending', why: null, attempts: 0, owner: null, activity_id: null, created_at: 0, settled_at: null },
    ...{ shown_revision: null, resends_left: 0, carries: 0, counts: 0, counted_week: null },
  };
}

/** What stands in front of what: replies, cards about to expire, time-bound cards, updates, what may wait. */
function rankOf(waiting: Waiting): number {
  if (waiting.kind === 'create') return 5;
  if (waiting.kind === 'update') return 3;
  const { priority, last_useful_at: until } = waiting.message;
  if (priority === 0) return 0;
  if (until <= soon) return 1;
  return priority < 2 ? 2 : 4;
}

const card = fc.record({ priority: fc.constantFrom(0, 1, 3), until: fc.integer({ min: 1, max: 3 * soon }) });

test('whatever waits, the order is: replies, about to expire by their end, time-bound, updates, the rest; nobody twice', () => {
  fc.assert(
    fc.property(fc.array(card, { maxLength: 30 }), fc.nat(5), (cards, updates) => {
      const sends = cards
        .map(({ priority, until }, index) => message(index, priority, until))
        .sort((a, b) => a.priority - b.priority || a.due_at - b.due_at);
      const hurried = sends
        .filter((one) => one.last_useful_at <= soon)
        .sort((a, b) => a.last_useful_at - b.last_useful_at);
      const stored = Array.from({ length: updates }, (_none, index) => message(100 + index, 1, 9 * soon));
      const ordered = inOrder(sends, hurried, stored, []);
      expect(new Set(ordered.map(rowOf)).size).toBe(cards.length + updates);
      const ranks = ordered.map(rankOf);
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      const ends = ordered.flatMap((one) =>
        rankOf(one) === 1 && one.kind === 'send' ? [one.message.last_useful_at] : [],
      );
      expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    }),
  );
});

describe('what goes first', () => {
  const people = (service: TestService) => service.ports.chat.sends().map((call) => call.conversation.slice(5));

  test('a notice about to expire goes before cards with hours left, and before a notice that can wait', async () => {
    const staff = numbers(90);
    const service = await toyService(staff, { pace: 20 });
    await plan(service.ports, staff.slice(0, 70));
    await plan(service.ports, staff.slice(70, 80), { occasion: 'can-wait', priority: 3, until: at('23:59') });
    await plan(service.ports, staff.slice(80), { occasion: 'ends', priority: 3, until: at('16:20') });
    await service.settle();
    expect(people(service)).toHaveLength(90);
    const last = Math.max(...staff.slice(80).map((one) => people(service).indexOf(one)));
    expect(last).toBeLessThan(10 + claimedBefore);
    expect(people(service).slice(-10).sort()).toEqual(staff.slice(70, 80));
  });

  test('a reply that comes in the middle of a broadcast is behind no more than what was claimed already', async () => {
    const staff = numbers(60);
    const service = await toyService(staff, { pace: 20 });
    await plan(service.ports, staff.slice(1), { priority: 3, until: at('23:59') });
    service.delivery.wake();
    await service.ports.clock.advance(1000);
    const before = people(service).length;
    await plan(service.ports, ['100001'], { occasion: 'reply', priority: 0 });
    await service.settle();
    expect(people(service).indexOf('100001') - before).toBeLessThanOrEqual(claimedBefore);
  });
});

test('a call that has not left when Teams asks for a pause is taken back, and its attempt with it', async () => {
  const staff = numbers(20);
  const service = await toyService(staff, { pace: 20 });
  let told = false;
  service.ports.chat.answer((_call, number) => {
    if (told) return { kind: 'sent', activityId: `activity-${number}`, status: 201 };
    told = true;
    return { kind: 'throttled', why: 'throttled', retryAfter: 600_000, status: 429 };
  });
  await plan(service.ports, staff);
  service.delivery.wake();
  await service.ports.clock.advance(1000);
  const attempts = await service.db.selectFrom('attempt').select('id').execute();
  expect(attempts).toHaveLength(service.ports.chat.calls.length);
  const states = await service.db.selectFrom('message').select(['state', 'attempts']).execute();
  expect(states.filter((row) => row.state !== 'pending')).toEqual([]);
  expect(states.reduce((sum, row) => sum + row.attempts, 0)).toBe(1);
  await service.settle();
  expect(new Set(people(service)).size).toBe(20);

  function people({ ports }: TestService) {
    return ports.chat.sends().map((call) => call.conversation);
  }
});
