import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../../src/adapters/database/postgres.ts';
import { takePress } from '../../../src/delivery/index.ts';
import { oneMoment } from '../../../src/policy/index.ts';
import type { Database, Db } from '../../../src/ports/database.ts';
import { kept, type Slots } from '../../../src/ports/kept-query.ts';
import type { CardVerb } from '../../../src/ports/room.ts';
import { registry } from '../../../src/rooms.ts';
import { applyPolicyText, putStaff, senderOf, testServicePorts } from '../../build/service.ts';
import { SECTION, WEDNESDAY } from '../../build/wednesday.ts';
import { query, startPostgres, type TestPostgres } from '../../fakes/start-postgres.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const within = 20_000;

async function services(url: string) {
  const both = [await openPostgres(url), await openPostgres(url)] as const;
  onTestFinished(async () => void (await Promise.all(both.map((one) => one.close()))));
  return both;
}

const put = kept((db, is: Slots<{ key: string; value: string }>) =>
  db
    .insertInto('meta')
    .values({ key: is('key'), value: is('value') })
    .onConflict((held) => held.column('key').doUpdateSet({ value: sql<string>`meta.value || ${is('value')}` })),
);

/** Sessions that wait for a lock of the server. */
async function waiting(url: string): Promise<number> {
  const rows = await query(url, 'select distinct pid from pg_locks where not granted');
  return rows.length;
}

/** A use-case that names itself, and notes when its work is done. */
const press = (database: Database, name: string, order: string[], work = async () => {}) =>
  database.transaction(
    async () => {
      await work();
      order.push(name);
    },
    { within, beside: [name] },
  );

/** One that has begun, and stays in its transaction until it is let go. */
async function heldPress(database: Database, name: string, order: string[]) {
  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const done = press(database, name, order, () => {
    begun.resolve();
    return held.promise;
  });
  await begun.promise;
  return { done, letGo: held.resolve };
}

describe('two services', () => {
  test('write at the same time what has other names, and one after the other what shares a name', async () => {
    const url = await server.store();
    const [one, other] = await services(url);
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const order: string[] = [];
    const begun = Promise.withResolvers<void>();
    const slow = one.transaction(
      async (db) => {
        await put(db, { key: 'a', value: 'slow' });
        begun.resolve();
        await held;
        order.push('slow');
      },
      { within, beside: ['a', 'shared'] },
    );
    await begun.promise;
    await other.transaction((db) => put(db, { key: 'b', value: 'beside' }), { within, beside: ['b'] });
    const same = other.transaction(async () => void order.push('same'), { within, beside: ['c', 'shared'] });
    await expect.poll(() => waiting(url)).toBe(1);
    letGo();
    await Promise.all([slow, same]);
    expect(order).toEqual(['slow', 'same']);
  });

  test('a writer who names nothing has its turn before those who come behind it, whatever they name', async () => {
    const url = await server.store();
    const [one, other] = await services(url);
    const third = await openPostgres(url);
    onTestFinished(() => third.close());
    const order: string[] = [];
    const { done: first, letGo } = await heldPress(one, 'first', order);
    const alone = other.transaction(async () => void order.push('alone'));
    await expect.poll(() => waiting(url)).toBe(1);
    const late = press(third, 'late', order);
    await expect.poll(() => waiting(url)).toBe(2);
    letGo();
    await Promise.all([first, alone, late]);
    expect(order).toEqual(['first', 'alone', 'late']);
  });

  test('a writer who names nothing lets a press of its own service go first where another one writes, and then has its turn before the next', async () => {
    const url = await server.store();
    const [one, other] = await services(url);
    const order: string[] = [];
    const { done: elsewhere, letGo } = await heldPress(other, 'elsewhere', order);
    const alone = one.transaction(async () => void order.push('alone'));
    const before = press(one, 'before', order);
    const last = one.transaction(async () => void order.push('last'));
    await before;
    const behind = press(one, 'behind', order);
    await expect.poll(() => waiting(url)).toBe(1);
    expect(order).toEqual(['before']);
    letGo();
    await Promise.all([elsewhere, alone, behind, last]);
    expect(order).toEqual(['before', 'elsewhere', 'alone', 'behind', 'last']);
  });

  test('that wait for each other are both kept: the server takes one back, and it is done again alone', async () => {
    const url = await server.store();
    await query(url, `alter database ${new URL(url).pathname.slice(1)} set deadlock_timeout = '50ms'`);
    const both = await services(url);
    const met = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    let runs = 0;
    const work = (own: 0 | 1) => async (db: Db) => {
      runs += 1;
      await put(db, { key: `row ${own}`, value: `${own}` });
      met[own].resolve();
      await met[own === 0 ? 1 : 0].promise;
      await put(db, { key: `row ${1 - own}`, value: `${own}` });
    };
    await Promise.all([0, 1].map((n) => both[n as 0 | 1].transaction(work(n as 0 | 1), { within, beside: [`${n}`] })));
    expect(runs).toBe(3);
    const rows = await both[0].db.selectFrom('meta').select('value').orderBy('key').execute();
    for (const { value } of rows) expect([...value].sort().join('')).toBe('01');
  });
});

describe('use-cases of one service', () => {
  test('that name more than the server has locks for go one after the other, and every one of them is kept', async () => {
    const small = await startPostgres();
    onTestFinished(() => small.stop());
    const url = await small.store();
    await query(url, 'alter system set max_locks_per_transaction = 10');
    await small.down();
    await small.up();
    const [one] = await services(url);
    let runs = 0;
    const all = Array.from({ length: 256 }, (_, n) => ({ key: `row ${n}`, value: `${n}` }));
    const works = all.map((row) => {
      const work = async (db: Db) => {
        runs += 1;
        await put(db, row);
      };
      return one.transaction(work, { within, beside: Array.from({ length: 16 }, (_, at) => `${row.key} ${at}`) });
    });
    await Promise.all(works);
    expect(runs, 'none was begun before there was room').toBe(all.length);
    expect(await one.db.selectFrom('meta').selectAll().execute()).toEqual(expect.arrayContaining(all));
  });

  test('ask in one message what use-cases side by side ask at the same time, and hear the same error of the same statement', async () => {
    const url = await server.store();
    const [one] = await services(url);
    const rows = kept((db, is: Slots<{ key: string }>) =>
      db.selectFrom('meta').selectAll().where('key', '=', is('key')),
    );
    const wrong = kept((db) => db.selectFrom('meta').select(sql<number>`1 / (length(key) - length(key))`.as('n')));
    await put(one.db, { key: 'there', value: 'v' });
    const all = await Promise.allSettled(
      ['there', 'missing', 'wrong', 'there'].map((key, n) =>
        one.transaction(
          async (db) => {
            const found = await rows(db, { key });
            if (key === 'wrong') await wrong(db, {});
            await put(db, { key: `mine ${n}`, value: 'v' });
            return found.length;
          },
          { within, beside: [`${n}`] },
        ),
      ),
    );
    expect(all).toMatchObject([{ value: 1 }, { value: 0 }, { reason: { code: '22012' } }, { value: 1 }]);
    const kinds = await one.db.selectFrom('meta').select('key').where('key', 'like', 'mine%').orderBy('key').execute();
    expect(kinds.map((row) => row.key)).toEqual(['mine 0', 'mine 1', 'mine 3']);
  });
});

const staff = SECTION.filter((one) => one.staff < '200000').map((one) => one.staff);
const summaries = ['summary-a', 'summary-b'];
const answers = ['leave', 'unsure', 'off'];
const at = Date.parse(`${WEDNESDAY}T16:20:00+09:00`);

/** One of these people on the card last drawn (or an older one), at one of two services. */
interface RandomPress {
  service: 0 | 1;
  person: number;
  answer: string;
  old: boolean;
}

const presses = fc.array(
  fc.record({
    service: fc.constantFrom(0 as const, 1 as const),
    person: fc.integer({ min: 0, max: staff.length - 1 }),
    answer: fc.constantFrom(...answers),
    old: fc.boolean(),
  }),
  { minLength: 10, maxLength: 40 },
);

/**
 * Cards of C01 of four people of one head, and two summaries of theirs, which stand on the messages of the second and the third
 * person. Whether the second message arrived is not known before its person presses.
 */
async function laidOut(db: Db): Promise<void> {
  await sql`truncate item, message, message_item, message_update, no_overtime_answer`.execute(db);
  const ids = [...staff.map((one) => `item-${one}`), ...summaries];
  for (const [n, id] of ids.entries()) {
    const own = staff[n];
    const rule = own === undefined ? 'no-overtime-day.summary' : 'no-overtime-day';
    const who = own ?? `20000${n}`;
    const item = {
      id,
      rule,
      occasion: WEDNESDAY,
      date: WEDNESDAY,
      staff: who,
      card: 'c',
      due_at: at,
      urgency: 'ping' as const,
    };
    const about = own === undefined ? JSON.stringify({ heads: ['200001'] }) : null;
    const rest = { last_useful_at: at + 3_600_000, priority: 1, state: 'open' as const, why: null, note: null, about };
    await db
      .insertInto('item')
      .values({ ...item, ...rest, revision: 0, policy_version: 1, created_at: at })
      .execute();
    const message = {
      id: `message-${id}`,
      staff: who,
      aad_id: null,
      priority: 1,
      due_at: at,
      last_useful_at: at,
      attempts: 1,
    };
    const sent = {
      state: own === staff[1] ? ('unknown' as const) : ('sent' as const),
      why: null,
      owner: null,
      activity_id: `activity-${id}`,
      settled_at: at,
      shown_revision: 0,
    };
    const left = { created_at: at, resends_left: 0, counts: 0 as const, counted_week: null, carries: 0 as const };
    await db
      .insertInto('message')
      .values({ ...message, ...sent, ...left })
      .execute();
    const shown = own === undefined ? `message-item-${staff[n - staff.length + 1]}` : message.id;
    const link = { message_id: shown, item_id: id, revision: 0, from_at: at, until_at: null, place: 0 };
    await db.insertInto('message_item').values(link).execute();
  }
}

describe('presses at one service', () => {
  test('of several people at the same time are taken together, and each verb runs once', async () => {
    const world = await testServicePorts({ now: `${WEDNESDAY}T16:20:00+09:00` });
    const [database] = await services(await server.store());
    await applyPolicyText(database.db, 'organisation: 見本市\n', 1);
    await putStaff(database.db, SECTION, at);
    await laidOut(database.db);
    // A message of which nobody knows whether it arrived is for one that is alone.
    await database.db.updateTable('message').set({ state: 'sent' }).execute();
    let runs = 0;
    const counting = (name: string) => {
      const verb = registry.verb(name);
      const take: CardVerb['take'] = async (...given) => {
        runs += 1;
        return verb?.take(...given) ?? { changed: false };
      };
      return verb && { ...verb, take };
    };
    const ports = oneMoment({ ...world, database });
    for (const [round, answer] of answers.entries()) {
      const taken = await Promise.all(
        staff.map((number) =>
          takePress(
            ports,
            { ...registry, verb: counting },
            {
              sender: senderOf(number),
              verb: 'no-overtime-day.answer',
              data: { i: `item-${number}`, r: 1_000, answer },
              activityId: null,
              replyToId: null,
            },
          ),
        ),
      );
      expect(taken.map(({ changed }) => changed)).toEqual(staff.map(() => true));
      expect(runs).toBe(staff.length * (round + 1));
    }
  });
});

describe('presses of two services', () => {
  test('end as some order of them would: each accepted one is one revision, its answer stands, and each message is queued once', async () => {
    const world = await testServicePorts({ now: `${WEDNESDAY}T16:20:00+09:00` });
    const both = await services(await server.store());
    const { db } = both[0];
    await applyPolicyText(db, 'organisation: 見本市\n', 1);
    await putStaff(db, SECTION, at);
    const ofRuns = fc.asyncProperty(presses, async (all) => {
      await laidOut(db);
      const taken = await Promise.all(all.map((one) => pressed(both[one.service], one)));
      const accepted = all.filter((_, n) => taken[n]);
      for (const [n, person] of staff.entries()) {
        const own = accepted.filter((one) => one.person === n);
        const { revision } = await db
          .selectFrom('item')
          .select('revision')
          .where('id', '=', `item-${person}`)
          .executeTakeFirstOrThrow();
        expect(revision).toBe(own.length);
        const said = await db.selectFrom('no_overtime_answer').select('answer').where('staff', '=', person).execute();
        expect(said).toHaveLength(all.some((one) => one.person === n) ? 1 : 0);
        for (const { answer } of said) expect(own.map((one) => one.answer)).toContain(answer);
        expect(own.filter((one) => one.old).length, 'on the first drawing, which only one can have found').toBeLessThan(
          2,
        );
      }
      const touched = await db.selectFrom('item').select('revision').where('id', 'in', summaries).execute();
      for (const { revision } of touched) {
        expect(revision).toBeGreaterThan(0);
        expect(revision).toBeLessThanOrEqual(accepted.length);
      }
      const queued = await db
        .selectFrom('message_update')
        .select(['message_id', 'state'])
        .orderBy('message_id')
        .execute();
      const showing = accepted.map((one) => `message-item-${staff[one.person]}`);
      const meant = new Set([...showing, `message-item-${staff[2]}`]);
      expect(queued).toEqual([...meant].sort().map((message_id) => ({ message_id, state: 'pending' })));
    });
    await fc.assert(ofRuns, { numRuns: process.env['KAERU_LONG'] === '1' ? 500 : 5 });

    async function pressed(database: Database, { person, answer, old }: RandomPress): Promise<boolean> {
      const number = staff[person] ?? '';
      const data = { i: `item-${number}`, r: old ? 0 : 1_000, answer };
      const verb = 'no-overtime-day.answer';
      const press = { sender: senderOf(number), verb, data, activityId: null, replyToId: null };
      return (await takePress(oneMoment({ ...world, database }), registry, press)).changed;
    }
  });
});
