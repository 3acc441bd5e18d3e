import { expect, test, vi } from 'vitest';
import { NodeSqlite } from '../../src/adapters/database/node-sqlite.ts';
import { takePress } from '../../src/delivery/index.ts';
import { registry } from '../../src/rooms.ts';
import { senderOf } from '../build/service.ts';
import { answer, itemOf, runTo, startWednesday } from '../build/wednesday.ts';

test('a press on C01 asks the store for each thing once: at most 10 statements with begin and commit', async () => {
  const service = await startWednesday();
  await runTo(service, '16:15');
  await answer(service, '100001', { answer: 'leave' });
  const { id, revision } = await itemOf(service, '100001');
  const press = { sender: senderOf('100001'), verb: 'no-overtime-day.answer', activityId: null, replyToId: null };
  const asked = vi.spyOn(NodeSqlite.prototype, 'prepare');
  const data = { i: id, r: revision, answer: 'unsure' };
  const { changed } = await takePress(service.ports, registry, { ...press, data });
  const statements = asked.mock.calls.map(([text]) => text);
  asked.mockRestore();
  expect(changed).toBe(true);
  const reads = statements.filter((text) => text.startsWith('select'));
  expect([...new Set(reads)], 'the same question twice').toEqual(reads);
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(10);
  expect(reads.length, 'they were counted').toBeGreaterThan(3);
});

test('presses that share a commit read the policy once', async () => {
  const service = await startWednesday();
  await runTo(service, '16:15');
  const staff = ['100001', '100002'];
  const items = await Promise.all(staff.map((one) => itemOf(service, one)));
  const asked = vi.spyOn(NodeSqlite.prototype, 'prepare');
  const taken = await Promise.all(
    items.map(({ id, revision, staff }) => {
      const press = { sender: senderOf(staff), verb: 'no-overtime-day.answer', activityId: null, replyToId: null };
      return takePress(service.ports, registry, { ...press, data: { i: id, r: revision, answer: 'leave' } });
    }),
  );
  const statements = asked.mock.calls.map(([text]) => text);
  asked.mockRestore();
  expect(taken.map(({ changed }) => changed)).toEqual([true, true]);
  expect(statements.filter((text) => text === 'commit')).toHaveLength(1);
  expect(statements.filter((text) => text.includes('from "policy_version"'))).toHaveLength(1);
});
