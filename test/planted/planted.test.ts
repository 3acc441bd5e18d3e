import { expect, test } from 'vitest';
import { faults, inCi } from './faults.ts';
import { timesThere, tryFault } from './plant.ts';

const long = process.env['KAERU_LONG'] === '1';

test('there are at least thirty faults, each with a name of its own, ten of them for every run', () => {
  expect(faults.length).toBeGreaterThanOrEqual(30);
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  expect(inCi.length).toBe(10);
});

test.each(faults.map((fault) => [fault.name, fault] as const))(
  'the text of “%s” stands in its file, once',
  (_, fault) => {
    expect(new Set(timesThere(fault)), `${fault.file}: write this fault anew`).toEqual(new Set([1]));
    expect(fault.new).not.toBe(fault.old);
  },
);

/** What was said of each fault that was caught. */
const said = new Map<string, string>();

test.each((long ? faults : inCi).map((fault) => [fault.name, fault] as const))(
  '“%s” is caught',
  async (_, fault) => {
    const found = await tryFault(fault);
    said.set(fault.name, found.said);
    expect(found.caught, found.said.slice(-1500)).toBe(true);
  },
  300_000,
);

test('a caught fault is caught again by the seed that is printed, with the same bytes', async () => {
  const fault = faults.find(({ name, caughtBy }) => 'seed' in caughtBy && said.has(name));
  const found = fault && said.get(fault.name);
  if (!fault || found === undefined) throw new Error('The simulation catches at least one fault.');
  const { seed } = JSON.parse(found) as { seed: number };
  const again = await tryFault({ ...fault, caughtBy: { ...fault.caughtBy, seed } });
  expect(again.caught).toBe(true);
  expect(again.said).toBe(found);
}, 300_000);
