import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { changeItems, type Delivery, ledger, startDelivery } from '../../src/delivery/index.ts';
import { occasionsOf } from '../../src/occasions/index.ts';
import type { News } from '../../src/ports/database.ts';
import type { OccasionRule, Ports } from '../../src/ports/room.ts';
import { type TestPorts, testServicePorts } from '../build/service.ts';
import { never, refused, sent, throttled } from '../fakes/chat.ts';
import { at, DATE, numbers, plan, shown, toyRegistry } from './toy-room.ts';

/** Claims that wait for their moment in one service: a kill makes them unknown although nobody was asked. */
const claimedAhead = 8;

/** Several services on one store, as on PostgreSQL: one shared time, and owners whose lock falls free when they die. */
interface City {
  ports: TestPorts;
  services: Replica[];
  settle(): Promise<void>;
  /** One more service of the same city. */
  join(): Promise<Replica>;
}

interface Replica {
  owner: string;
  delivery: Delivery;
  ports: Ports;
  /** It dies where it stands. */
  kill(): void;
  /** It stops as on SIGTERM. */
  stop(): Promise<void>;
}

/** `commits`: how long the store takes for each of them, in milliseconds. */
async function cityOf(count: number, staff: string[], pace = 45, commits = 0): Promise<City> {
  const ports = await testServicePorts({
    now: `${DATE}T16:15:00+09:00`,
    pace,
    staff: staff.map((one) => ({ staff: one })),
  });
  const { clock } = ports;
  const transaction: typeof ports.database.transaction = async (work, patience) => {
    if (commits > 0) await clock.wait(commits);
    return ports.database.transaction(work, patience);
  };
  const database = { ...ports.database, transaction, sharedElapsed: async () => clock.elapsed() };
  const living = new Set<string>();
  const heard = new Map<string, Parameters<News['hear']>[0][]>();
  const services: Replica[] = [];
  let born = 0;
  const join = async () => {
    born += 1;
    const owner = `service-${born}`;
    living.add(owner);
    const life = { over: false };
    const own = mortal({ ...ports, database }, life);
    const deadAmong = async (owners: string[]) => owners.filter((one) => !living.has(one));
    const hears: Parameters<News['hear']>[0][] = [];
    heard.set(owner, hears);
    const news: News = {
      hear: (listener) => void hears.push(listener),
      tell: (text) => {
        for (const listener of [...heard.values()].flat()) listener(text);
      },
    };
    const delivery = await startDelivery(own, toyRegistry, { owner, deadAmong, news });
    const leave = () => {
      living.delete(owner);
      heard.delete(owner);
      services.splice(services.indexOf(replica), 1);
    };
    const replica: Replica = {
      owner,
      delivery,
      ports: own,
      kill: () => {
        life.over = true;
        leave();
      },
      stop: async () => {
        await clock.until(delivery.stop());
        leave();
      },
    };
    onTestFinished(() => {
      life.over = true;
    });
    services.push(replica);
    return replica;
  };
  for (let started = 0; started < count; started += 1) await join();
  const settle = async () => {
    for (const { delivery } of services) await clock.until(delivery.settled());
  };
  return { ports, services, settle, join };
}

/** After its death nothing a service waited for ever comes back. */
function mortal(ports: TestPorts, life: { over: boolean }): Ports {
  const lived = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    return life.over ? new Promise<T>(() => {}) : result;
  };
  const { clock, chat, database } = ports;
  return {
    ...ports,
    clock: { ...clock, wait: (milliseconds, signal) => lived(clock.wait(milliseconds, signal)) },
    chat: {
      ...chat,
      send: (target, message) => lived(chat.send(target, message)),
      update: (target, activity, message) => lived(chat.update(target, activity, message)),
    },
    database: { ...database, transaction: (work) => lived(database.transaction(work)) },
  };
}

const wakeAll = (city: City) => {
  for (const { delivery } of city.services) delivery.wake();
};
const totals = async ({ ports }: City) => (await ledger(ports.database.db)).totals;
const reached = ({ ports }: City) => ports.chat.sends().map((call) => call.conversation);

/** A send to all of them, whose 30th call is told to wait for 6 s: when that was, and when each call was made. */
async function pausedOnce(city: City, staff: string[]): Promise<{ pause: number; times: number[] }> {
  let pause = Number.NaN;
  city.ports.chat.answer((call, number) => {
    if (number !== 30) return sent(number);
    pause = call.at;
    return throttled(6000);
  });
  await plan(city.ports, staff);
  wakeAll(city);
  await city.settle();
  return { pause, times: city.ports.chat.calls.map((call) => call.at) };
}

describe.each([2, 4])('%i services on one store', (count) => {
  test('send one card to each person, and share the work', async () => {
    const staff = numbers(60);
    const city = await cityOf(count, staff);
    city.ports.chat.answer(async (_call, number) => {
      await city.ports.clock.wait(200);
      return sent(number);
    });
    await plan(city.ports, staff);
    wakeAll(city);
    await city.settle();
    expect(await totals(city)).toEqual({ sent: 60 });
    expect(reached(city).sort()).toEqual(staff.map((one) => `chat-${one}`));
    const owners = await city.ports.database.db.selectFrom('message').select('owner').distinct().execute();
    expect(owners).toHaveLength(count);
  });

  test('keep to one pace together, and to one pause after a Retry-After', async () => {
    const staff = numbers(80);
    const city = await cityOf(count, staff, 20);
    const { pause, times } = await pausedOnce(city, staff);
    for (const from of times)
      expect(times.filter((time) => time >= from && time < from + 1000).length).toBeLessThanOrEqual(25);
    expect(times.filter((time) => time > pause + 50 && time < pause + 6000)).toEqual([]);
    expect(await totals(city)).toEqual({ sent: 80 });
  });

  test('hold what all of them have claimed as soon as one is told to pause, however long the store takes', async () => {
    const staff = numbers(80);
    const city = await cityOf(count, staff, 45, 120);
    const { pause, times } = await pausedOnce(city, staff);
    expect(times.filter((time) => time > pause && time < pause + 6000)).toEqual([]);
    expect(await totals(city)).toEqual({ sent: 80 });
  });

  test('try a call without Retry-After again from one service alone, not sooner than it allows', async () => {
    const staff = numbers(10);
    const city = await cityOf(count, staff);
    const tried: number[] = [];
    city.ports.chat.answer((call, number) => {
      if (call.conversation !== 'chat-100003') return sent(number);
      tried.push(call.at);
      return tried.length < 4 ? throttled(null) : sent(number);
    });
    await plan(city.ports, staff);
    wakeAll(city);
    await city.settle();
    expect(tried).toHaveLength(4);
    for (const [index, time] of tried.slice(1).entries())
      expect(time - (tried[index] ?? 0)).toBeGreaterThanOrEqual(2000);
  });

  test('open one breaker together', async () => {
    const staff = numbers(180);
    const city = await cityOf(count, staff);
    city.ports.chat.answer(() => refused(403));
    await plan(city.ports, staff);
    wakeAll(city);
    await city.settle();
    expect(city.ports.chat.calls.length).toBeLessThanOrEqual(20 + 30 * count);
    const before = city.ports.chat.calls.length;
    await city.ports.clock.advance(5 * 60_000);
    expect(city.ports.chat.calls.length - before).toBeLessThanOrEqual(5);
  });

  test('never have two updates of one message under way, and the last one shows the latest', async () => {
    const city = await cityOf(count, ['100001']);
    await plan(city.ports, ['100001']);
    wakeAll(city);
    await city.settle();
    const { db } = city.ports.database;
    const { id } = await db.selectFrom('item').select('id').executeTakeFirstOrThrow();
    let under = 0;
    let most = 0;
    city.ports.chat.answer(async (_call, number) => {
      under += 1;
      most = Math.max(most, under);
      await city.ports.clock.wait(700);
      under -= 1;
      return sent(number);
    });
    for (let change = 1; change <= 6; change += 1) {
      await city.ports.database.transaction((trx) => changeItems(trx, [id], city.ports.clock.now()));
      wakeAll(city);
      await city.ports.clock.advance(300);
    }
    await city.settle();
    expect(most).toBe(1);
    expect(shown(city.ports.chat.updates().at(-1)?.message)).toBe('revision 6');
    expect(await db.selectFrom('message_update').selectAll().execute()).toEqual([]);
  });
});

describe('a service that dies', () => {
  test('leaves unknown what it had under way; another one says so within 45 s and sends the rest', async () => {
    const staff = numbers(60);
    const city = await cityOf(1, staff, 60);
    const [first] = city.services;
    let dying = true;
    city.ports.chat.answer((_call, number) => (dying ? never : sent(number)));
    await plan(city.ports, staff);
    first?.delivery.wake();
    await city.ports.clock.advance(150);
    dying = false;
    await city.join();
    first?.kill();
    const accepted = reached(city).length;
    expect(accepted).toBeGreaterThan(4);
    const died = city.ports.clock.elapsed();
    for (let left = 60; left > 0 && (await totals(city))['unknown'] === undefined; left -= 1)
      await city.ports.clock.advance(1000);
    expect(city.ports.clock.elapsed() - died).toBeLessThanOrEqual(45_000);
    await city.settle();
    const { unknown = 0, sent: arrived = 0 } = await totals(city);
    expect(unknown + arrived).toBe(60);
    expect(unknown).toBeGreaterThanOrEqual(accepted);
    expect(unknown).toBeLessThanOrEqual(accepted + claimedAhead);
    expect(new Set(reached(city)).size).toBe(accepted + arrived);
  });

  test('does not end the claims of the living, however long their answers take', async () => {
    const city = await cityOf(2, numbers(20));
    city.ports.chat.answer(async (_call, number) => {
      await city.ports.clock.wait(9000);
      return sent(number);
    });
    await plan(city.ports, numbers(20));
    wakeAll(city);
    await city.ports.clock.advance(2000);
    await city.join();
    await city.settle();
    expect(await totals(city)).toEqual({ sent: 20 });
  });

  test('and any number of deaths and births leave nobody with two cards and nobody lost', async () => {
    const staff = numbers(25);
    const step = fc.record({ after: fc.nat(900), what: fc.constantFrom('kill', 'stop', 'join', 'rest') });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
        const city = await cityOf(2, staff, 25);
        city.ports.chat.answer(async (_call, number) => {
          await city.ports.clock.wait(number % 4 === 0 ? 600 : 30);
          return sent(number);
        });
        await plan(city.ports, staff);
        for (const { after, what } of steps) {
          wakeAll(city);
          await city.ports.clock.advance(after);
          const one = city.services[after % Math.max(1, city.services.length)];
          if (what === 'kill') one?.kill();
          if (what === 'stop') await one?.stop();
          if (what === 'join' || city.services.length === 0) await city.join();
          const { items } = await ledger(city.ports.database.db);
          expect(items).toHaveLength(25);
        }
        await city.ports.clock.advance(30_000);
        await city.settle();
        const sends = reached(city);
        expect(new Set(sends).size).toBe(sends.length);
        const kills = steps.filter((one) => one.what === 'kill').length;
        expect(sends.length).toBeGreaterThanOrEqual(25 - claimedAhead * kills);
        const { sent: done = 0, unknown = 0, ...other } = await totals(city);
        expect(other).toEqual({});
        expect(done + unknown).toBe(25);
        expect(sends.length).toBeGreaterThanOrEqual(done);
      }),
      { numRuns: 4 },
    );
  });
});

test('eight services that see the same minutes fire each occasion once', async () => {
  const staff = numbers(3);
  const ports = await testServicePorts({ now: `${DATE}T16:00:00+09:00`, staff: staff.map((one) => ({ staff: one })) });
  let decided = 0;
  const rule: OccasionRule = {
    name: 'toy',
    card: 'toy',
    priority: 1,
    urgency: 'ping',
    contact: 'time-bound',
    pages: 'people',
    minutes: async (_ports, _db, date) => {
      if (date !== DATE) return [];
      decided += 1;
      return staff.map((_one, index) => ({ at: at(`16:1${index}`), usefulUntil: at('18:00') }));
    },
    decide: async () => async () => {
      decided += 1;
      return staff.flatMap((one, index) => [{ staff: one, at: at(`16:1${index}`), lastUsefulAt: at('18:00') }]);
    },
  };
  const eight = Array.from({ length: 8 }, () => occasionsOf(ports, [rule], { wake: () => {} }));
  for (let minute = at('16:01'); minute <= at('16:20'); minute += 60_000) {
    ports.clock.moveTo(minute);
    await Promise.all(eight.map((one) => one.runMinute(minute)));
  }
  const { db } = ports.database;
  expect(await db.selectFrom('item').select('staff').execute()).toHaveLength(3);
  const occasions = await db.selectFrom('occasion').select(['planned', 'skipped']).execute();
  expect(occasions).toEqual(Array.from({ length: 3 }, () => ({ planned: 1, skipped: 0 })));
  expect(decided).toBeLessThanOrEqual(8 * 5);
});
