import { expect, test } from 'vitest';
import { noOvertimeDayRoom } from '../../src/no-overtime-day/index.ts';
import { policyRoom } from '../../src/policy/index.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';

const at = (iso: string) => Date.parse(iso);
const expire = (ports: TestPorts, iso: string) => policyRoom.everyMinute?.(ports, at(iso));
const count = (ports: TestPorts, iso: string) => noOvertimeDayRoom.everyMinute?.(ports, at(iso));

/** One answer and its free text of 2026-09-02, a Wednesday. */
async function answered(): Promise<TestPorts> {
  const ports = await testPorts();
  const { db } = ports.database;
  const given = at('2026-09-02T16:20:00+09:00');
  const answer = { staff: '200001', date: '2026-09-02', answer: 'stay', reason: 'other', until_minute: 1110 } as const;
  await db
    .insertInto('no_overtime_answer')
    .values({ item_id: 'a', ...answer, answered_at: given })
    .execute();
  await db.insertInto('no_overtime_note').values({ item_id: 'a', note: '書類の締切', written_at: given }).execute();
  return ports;
}

const left = async ({ database: { db } }: TestPorts) => ({
  answers: (await db.selectFrom('no_overtime_answer').selectAll().execute()).length,
  notes: (await db.selectFrom('no_overtime_note').selectAll().execute()).length,
});

test('the free text of an answer is kept through its 31st day and no longer, the answer through its 93rd', async () => {
  const ports = await answered();
  await expire(ports, '2026-10-03T03:15:00+09:00');
  expect(await left(ports)).toEqual({ answers: 1, notes: 1 });
  await expire(ports, '2026-10-04T03:15:00+09:00');
  expect(await left(ports)).toEqual({ answers: 1, notes: 0 });
  await expire(ports, '2026-12-04T03:15:00+09:00');
  expect(await left(ports)).toEqual({ answers: 1, notes: 0 });
  await expire(ports, '2026-12-05T03:15:00+09:00');
  expect(await left(ports)).toEqual({ answers: 0, notes: 0 });
});

test('nothing is deleted before 03:15, and only once a day', async () => {
  const ports = await answered();
  await expire(ports, '2027-01-01T03:14:00+09:00');
  expect(await left(ports)).toEqual({ answers: 1, notes: 1 });
  await expire(ports, '2027-01-01T03:15:00+09:00');
  const row = { item_id: 'b', note: '古い文', written_at: at('2026-01-01T00:00:00+09:00') };
  await ports.database.db.insertInto('no_overtime_note').values(row).execute();
  await expire(ports, '2027-01-01T03:16:00+09:00');
  expect(await left(ports)).toEqual({ answers: 0, notes: 1 });
  await expire(ports, '2027-01-02T08:00:00+09:00');
  expect(await left(ports)).toEqual({ answers: 0, notes: 0 });
});

test('the policy’s own days take the place of a class’s', async () => {
  const ports = await answered();
  const yaml = 'organisation: 見本市\nretention: { answer-text: 5 }\n';
  const version = { version: 1, digest: 'x', yaml, applied_at: 0, applied_by: 'test' };
  await ports.database.db.insertInto('policy_version').values(version).execute();
  await expire(ports, '2026-09-08T03:15:00+09:00');
  expect(await left(ports)).toEqual({ answers: 1, notes: 0 });
});

test('counts of a day are kept at 03:00 of the next, once, and stay when the answers go', async () => {
  const ports = await answered();
  const counts = () => ports.database.db.selectFrom('no_overtime_count').selectAll().execute();
  await count(ports, '2026-09-02T03:00:00+09:00');
  expect(await counts()).toEqual([]);
  await count(ports, '2026-09-03T03:00:00+09:00');
  await count(ports, '2026-09-04T03:00:00+09:00');
  await expire(ports, '2027-01-01T03:15:00+09:00');
  expect(await left(ports)).toEqual({ answers: 0, notes: 0 });
  expect(await counts()).toEqual([{ date: '2026-09-02', section_id: '', answer: 'stay', people: 1 }]);
});
