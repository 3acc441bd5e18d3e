import { expect, test } from 'vitest';
import { auditRoom, noteAct } from '../../src/audit/index.ts';
import type { Db } from '../../src/ports/database.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';

const look = (actor: string) => ({ actor, action: 'view-names', subject: 'summary', detail: { people: 2 } });
const lines = ({ database }: TestPorts) => database.db.selectFrom('audit').selectAll().orderBy('seq').execute();

async function chainOf(...actors: string[]): Promise<TestPorts> {
  const ports = await testPorts();
  for (const actor of actors) await ports.database.transaction((db) => noteAct(ports, db, look(actor)));
  return ports;
}

function verify(ports: TestPorts) {
  const command = auditRoom.cli?.find((one) => one.name === 'audit verify');
  if (!command) throw new Error('There is no command audit verify.');
  return command.run(ports, [], {});
}

test('each line carries the hash of the one before', async () => {
  const chain = await lines(await chainOf('200001', '200002', '200001'));
  expect(chain.map((line) => line.seq)).toEqual([1, 2, 3]);
  expect(chain.map((line) => line.previous)).toEqual(['', chain[0]?.hash, chain[1]?.hash]);
  expect(new Set(chain.map((line) => line.hash)).size).toBe(3);
});

test('an untouched chain verifies, an empty one too', async () => {
  expect(await verify(await chainOf())).toMatchObject({ document: { ok: true, lines: 0 } });
  const result = await verify(await chainOf('200001', '200002', '200003'));
  expect(result).toMatchObject({ document: { ok: true, lines: 3 } });
  expect(result.failed).toBeUndefined();
});

const forgeries: [what: string, seq: number, forge: (db: Db) => Promise<unknown>][] = [
  [
    'a detail changed',
    2,
    (db) => db.updateTable('audit').set({ detail: '{"people":0}' }).where('seq', '=', 2).execute(),
  ],
  ['another actor', 1, (db) => db.updateTable('audit').set({ actor: 'x' }).where('seq', '=', 1).execute()],
  ['another time', 3, (db) => db.updateTable('audit').set({ at: 1 }).where('seq', '=', 3).execute()],
  ['a line gone', 2, (db) => db.deleteFrom('audit').where('seq', '=', 2).execute()],
  ['the first line gone', 1, (db) => db.deleteFrom('audit').where('seq', '=', 1).execute()],
  ['a hash changed', 2, (db) => db.updateTable('audit').set({ hash: 'x' }).where('seq', '=', 2).execute()],
];

test.each(forgeries)('%s is found, at line %d', async (_what, seq, forge) => {
  const ports = await chainOf('200001', '200002', '200003');
  await forge(ports.database.db);
  expect(await verify(ports)).toMatchObject({
    document: { ok: false, broken: { seq } },
    failed: { code: 'audit-broken', where: `audit:${seq}` },
  });
});

test('people stand in it as keyed hashes only, the same person as the same one', async () => {
  const chain = await lines(await chainOf('200001', '200002', '200001'));
  expect(JSON.stringify(chain)).not.toContain('20000');
  expect(chain[0]?.actor).toBe(chain[2]?.actor);
  expect(chain[0]?.actor).not.toBe(chain[1]?.actor);
});

test('an act whose transaction fails leaves no line', async () => {
  const ports = await chainOf();
  const failed = ports.database.transaction(async (db) => {
    await noteAct(ports, db, look('200001'));
    throw new Error('The act did not happen.');
  });
  await expect(failed).rejects.toThrow('The act did not happen.');
  expect(await lines(ports)).toEqual([]);
});

test('acts at the same time make one chain without a gap or a fork', async () => {
  const ports = await chainOf();
  const note = (index: number) => ports.database.transaction((db) => noteAct(ports, db, look(String(200001 + index))));
  await Promise.all(Array.from({ length: 20 }, (_none, index) => note(index)));
  expect(await verify(ports)).toMatchObject({ document: { ok: true, lines: 20 } });
});
