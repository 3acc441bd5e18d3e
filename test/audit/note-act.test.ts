import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { noteAct } from '../../src/audit/index.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';

const look = (actor: string) => ({ actor, action: 'view-names', subject: 'summary', detail: { people: 2 } });
const lines = ({ database }: TestPorts) => database.db.selectFrom('audit').selectAll().orderBy('seq').execute();

const note = (ports: TestPorts, actor: string) => ports.database.transaction((db) => noteAct(ports, db, look(actor)));

test('each line carries the hash of the one before, and its own over all that it says', async () => {
  const ports = await testPorts();
  for (const actor of ['200001', '200002', '200001']) await note(ports, actor);
  const chain = await lines(ports);
  expect(chain.map((line) => line.seq)).toEqual([1, 2, 3]);
  chain.forEach((line, index) => {
    const { hash, ...said } = line;
    expect(line.previous).toBe(chain[index - 1]?.hash ?? '');
    const told = { seq: said.seq, at: said.at, actor: said.actor, action: said.action, subject: said.subject };
    const whole = JSON.stringify({ ...told, detail: said.detail, previous: said.previous });
    expect(hash).toBe(createHash('sha256').update(whole).digest('hex'));
  });
});

test('a changed line no longer fits its hash, nor a removed one the line after it', async () => {
  const ports = await testPorts();
  for (const actor of ['200001', '200002', '200003']) await note(ports, actor);
  const [first, second, third] = await lines(ports);
  expect(third?.previous).toBe(second?.hash);
  expect(third?.previous).not.toBe(first?.hash);
  const forged = { ...second, detail: '{"people":0}' };
  const { hash, ...said } = forged;
  expect(createHash('sha256').update(JSON.stringify(said)).digest('hex')).not.toBe(hash);
});

test('people stand in it as keyed hashes only, the same person as the same one', async () => {
  const ports = await testPorts();
  for (const actor of ['200001', '200002', '200001']) await note(ports, actor);
  const chain = await lines(ports);
  expect(JSON.stringify(chain)).not.toContain('20000');
  expect(chain[0]?.actor).toBe(chain[2]?.actor);
  expect(chain[0]?.actor).not.toBe(chain[1]?.actor);
});

test('an act whose transaction fails leaves no line', async () => {
  const ports = await testPorts();
  const failed = ports.database.transaction(async (db) => {
    await noteAct(ports, db, look('200001'));
    throw new Error('The act did not happen.');
  });
  await expect(failed).rejects.toThrow('The act did not happen.');
  expect(await lines(ports)).toEqual([]);
});

test('acts at the same time make one chain without a gap or a fork', async () => {
  const ports = await testPorts();
  await Promise.all(Array.from({ length: 20 }, (_none, index) => note(ports, String(200001 + index))));
  const chain = await lines(ports);
  expect(chain.map((line) => line.seq)).toEqual(Array.from({ length: 20 }, (_none, index) => index + 1));
  expect(chain.slice(1).every((line, index) => line.previous === chain[index]?.hash)).toBe(true);
});
