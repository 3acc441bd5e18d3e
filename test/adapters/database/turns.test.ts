import { expect, test } from 'vitest';
import { unlimited } from '../../../src/adapters/database/limit.ts';
import { Turns } from '../../../src/adapters/database/turns.ts';

/** Work that says when it began and ends when it is told to. */
function pieceOf(began: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = async () => {
    began.push(name);
    await promise;
    return name;
  };
  return { work, end: resolve };
}

test('what somebody waits for goes before what nobody waits for, but for one in between', async () => {
  const turns = new Turns();
  const began: string[] = [];
  const names = ['import', 'plan 1', 'plan 2', 'press 1', 'press 2', 'press 3'];
  const pieces = names.map((name) => pieceOf(began, name));
  const done = pieces.map(({ work }, at) =>
    names[at]?.startsWith('press') ? turns.first(unlimited, work) : turns.next(unlimited, work),
  );
  for (const { end } of pieces) end();
  expect(await Promise.all(done)).toEqual(names);
  expect(began).toEqual(['import', 'press 1', 'plan 1', 'press 2', 'plan 2', 'press 3']);
});

test('one that throws, and one that waits no longer, give their turn to the next', async () => {
  const turns = new Turns();
  const refused = turns.next(unlimited, () => Promise.reject(new Error('refused')));
  const impatient = { check: () => {}, race: () => Promise.reject(new Error('too late')) };
  const gone = turns.first(impatient, async () => 'never done');
  const next = turns.next(unlimited, async () => 'done');
  await expect(refused).rejects.toThrow('refused');
  await expect(gone).rejects.toThrow('too late');
  expect(await next).toBe('done');
});

test('one that gave up its turn comes behind what somebody waits for, and before all that nobody waits for', async () => {
  const turns = new Turns();
  const began: string[] = [];
  const giving = turns.next(unlimited, async () => {
    began.push(turns.isHurried ? 'gives way' : 'has no reason to');
  });
  const plan = turns.next(unlimited, async () => void began.push('plan'));
  const press = turns.first(unlimited, async () => void began.push('press'));
  const again = giving.then(() => turns.again(unlimited, async () => void began.push('has its turn')));
  await Promise.all([plan, press, again]);
  expect(began).toEqual(['gives way', 'press', 'has its turn', 'plan']);
  expect(turns.isHurried).toBe(false);
});
