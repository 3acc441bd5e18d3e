import { expect, test } from 'vitest';
import { sharedTime } from '../../src/delivery/gate/shared-time.ts';
import type { Ports } from '../../src/ports/room.ts';
import { testPorts } from '../build/ports.ts';

/** A store whose clock is `ahead` of this service's, and whose answers take as long each way as the test says. */
async function store() {
  const ports = await testPorts();
  let elapsed = 0;
  const clock = { ...ports.clock, elapsed: () => elapsed };
  const way = { there: 0, back: 0, ahead: 5000 };
  const sharedElapsed = async () => {
    elapsed += way.there;
    const told = elapsed + way.ahead;
    elapsed += way.back;
    return told;
  };
  const among: Ports = { ...ports, clock, database: { ...ports.database, sharedElapsed } };
  const ahead = async () => {
    const { shared, local } = await sharedTime(among, ports.database.db);
    return shared - local;
  };
  return { way, ahead };
}

test('an answer that was long on its way back does not shift the time that services share', async () => {
  const { way, ahead } = await store();
  Object.assign(way, { there: 1, back: 1 });
  expect(await ahead()).toBe(5000);
  Object.assign(way, { there: 1, back: 60 });
  expect(await ahead()).toBe(5000);
});

test('a better sight is taken for a worse one', async () => {
  const { way, ahead } = await store();
  Object.assign(way, { there: 0, back: 40 });
  expect(await ahead()).toBe(4980);
  Object.assign(way, { there: 1, back: 1 });
  expect(await ahead()).toBe(5000);
});

test('a clock that was set is followed at once, however good the sight before', async () => {
  const { way, ahead } = await store();
  Object.assign(way, { there: 1, back: 1 });
  expect(await ahead()).toBe(5000);
  Object.assign(way, { ahead: -3_600_000, there: 5, back: 5 });
  expect(await ahead()).toBe(-3_600_000);
});
