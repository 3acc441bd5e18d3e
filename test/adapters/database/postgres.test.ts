import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../../src/adapters/database/postgres.ts';
import { staffWithItem } from '../../../src/delivery/planning/queries.ts';
import { claimMessages } from '../../../src/delivery/queries.ts';
import type { Db } from '../../../src/ports/database.ts';
import { query, startPostgres, type TestPostgres } from '../../fakes/start-postgres.ts';
import { databaseContract } from './contract.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function opened(url: string) {
  const database = await openPostgres(url);
  onTestFinished(() => database.close());
  return database;
}

const beside = fileURLToPath(new URL('postgres-process.ts', import.meta.url));
const node = ['--disable-warning=ExperimentalWarning', beside];
const env = { ...process.env, NODE_OPTIONS: '' };

/** The first store of the contract is made from nothing; the others are copies of one that was. */
let made = 0;
databaseContract('PostgreSQL', async () => {
  made += 1;
  const url = await (made === 1 ? server.database() : server.store());
  return { open: () => openPostgres(url), address: url };
});

describe('what PostgreSQL gives back', () => {
  test('is a number for counts, sums and instants, as on SQLite', async () => {
    const { db } = await opened(await server.store());
    const at = Date.UTC(2026, 10, 18);
    for (const name of ['a', 'b'])
      await db.insertInto('handled_activity').values({ activity_id: name, handled_at: at }).execute();
    const row = await db
      .selectFrom('handled_activity')
      .select((one) => [
        one.fn.countAll().as('count'),
        one.fn.sum('handled_at').as('sum'),
        one.fn.max('handled_at').as('max'),
      ])
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ count: 2, sum: 2 * at, max: at });
    expect(await db.selectFrom('handled_activity').select('handled_at').execute()).toEqual([
      { handled_at: at },
      { handled_at: at },
    ]);
  });

  test('is in the order of bytes, whatever order the database was made with', async () => {
    const url = await server.store();
    const { db } = await opened(url);
    const keys = ['あ', 'a', 'B', 'ア', '10', '9', '-1', '亜'];
    await db
      .insertInto('meta')
      .values(keys.map((key) => ({ key, value: '' })))
      .execute();
    const bytes = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const others = await query(url, 'select key from meta order by key collate "default"');
    expect(others.map((row) => row['key'])).not.toEqual(bytes);
    const rows = await db.selectFrom('meta').select('key').orderBy('key').execute();
    expect(rows.map((row) => row.key)).toEqual(bytes);
    const left = await query(
      url,
      `select table_name, column_name from information_schema.columns
       where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'`,
    );
    expect(left).toEqual([]);
  });

  test('is the replacement sign where a text held U+0000, which it cannot keep', async () => {
    const { db } = await opened(await server.store());
    await db.insertInto('meta').values({ key: 'k', value: 'before\0after' }).execute();
    expect(await db.selectFrom('meta').select('value').execute()).toEqual([{ value: 'before\ufffdafter' }]);
  });
});

describe('beside other processes', () => {
  test('writers wait for each other and lose nothing, lone statements included', async () => {
    const url = await server.store();
    const { db } = await opened(url);
    const run = promisify(execFile);
    await Promise.all(
      ['a', 'b', 'c'].map((name) => run(process.execPath, [...node, 'write', url, name, '40'], { env })),
    );
    const rows = await db.selectFrom('meta').select(['key', 'value']).where('key', '!=', 'lone').execute();
    expect(rows.map((row) => Number(row.value)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 120 }, (_, index) => index),
    );
    expect(await db.selectFrom('meta').select('value').where('key', '=', 'lone').execute()).toEqual([
      { value: 'x'.repeat(120) },
    ]);
  });

  test('the lock of a service that is killed is free at once, and no store is brought forward beside a running one', async () => {
    const url = await server.store();
    const database = await opened(url);
    const service = spawn(process.execPath, [...node, 'hold', url], { env });
    onTestFinished(() => void service.kill('SIGKILL'));
    const [said] = await once(service.stdout, 'data');
    expect(String(said)).toBe('locked\n');
    expect(await database.lockService('alone')).toBeNull();
    await query(url, 'delete from kysely_migration');
    await expect(openPostgres(url)).rejects.toMatchObject({ name: 'Refusal', code: 'service-running' });
    service.kill('SIGKILL');
    await once(service, 'exit');
    const lock = await database.lockService('alone');
    expect(lock).not.toBeNull();
    await lock?.release();
  });

  test('run beside each other as replicas, each under its own name, but never beside a rehearsal', async () => {
    const url = await server.store();
    const [one, other, rehearsal] = [await opened(url), await opened(url), await opened(url)];
    const first = await one.lockService('replicas');
    const second = await other.lockService('replicas');
    expect(first?.owner).not.toBe(second?.owner);
    expect(await rehearsal.lockService('alone')).toBeNull();
    await query(url, 'delete from kysely_migration');
    await expect(openPostgres(url)).rejects.toMatchObject({ name: 'Refusal', code: 'service-running' });
    await first?.release();
    await second?.release();
    const alone = await rehearsal.lockService('alone');
    expect(alone).not.toBeNull();
    expect(await one.lockService('replicas')).toBeNull();
    await alone?.release();
  });

  test('know which of their company is dead: whoever was killed, and nobody who runs', async () => {
    const url = await server.store();
    const [one, other] = [await opened(url), await opened(url)];
    const first = await one.lockService('replicas');
    const second = await other.lockService('replicas');
    const killed = spawn(process.execPath, [...node, 'join', url], { env });
    onTestFinished(() => void killed.kill('SIGKILL'));
    const [said] = await once(killed.stdout, 'data');
    const third = String(said).trim();
    const owners = [first?.owner ?? '', second?.owner ?? '', third, '1'];
    expect(await first?.deadAmong(owners)).toEqual(['1']);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await expect.poll(() => second?.deadAmong(owners)).toEqual([third, '1']);
    await second?.release();
    await expect.poll(() => first?.deadAmong(owners)).toEqual([second?.owner, third, '1']);
    await first?.release();
  });

  test('hear each other’s news at once, also while one of them writes, and again after a session broke', async () => {
    const url = await server.store();
    const [one, other] = [await opened(url), await opened(url)];
    const [first, second] = [await one.lockService('replicas'), await other.lockService('replicas')];
    const heard: string[] = [];
    second?.news?.hear((text) => heard.push(text));
    await one.transaction(async () => {
      first?.news?.tell('while one writes');
      await expect.poll(() => heard).toEqual(['while one writes']);
    });
    await query(url, `select pg_terminate_backend(pid, 5000) from pg_locks where objid = ${second?.owner}`);
    await expect.poll(() => other.transaction(async () => 'written').catch(() => 'broken')).toBe('written');
    first?.news?.tell('anew');
    await expect.poll(() => heard).toEqual(['while one writes', 'anew']);
    await Promise.all([first?.release(), second?.release()]);
    first?.news?.tell('nobody is there');
  });

  test('share one time', async () => {
    const url = await server.store();
    const [one, other] = [await opened(url), await opened(url)];
    const before = await one.sharedElapsed?.(one.db);
    const after = await other.sharedElapsed?.(other.db);
    expect(Number(after) - Number(before)).toBeGreaterThanOrEqual(0);
    expect(Number(after) - Number(before)).toBeLessThan(10_000);
  });

  test('that open an empty store at once each find it whole', async () => {
    const url = await server.database();
    const all = await Promise.all([opened(url), opened(url), opened(url), opened(url)]);
    for (const { db } of all) expect(await db.selectFrom('retention').select('class').execute()).not.toEqual([]);
  });

  test('every session has its time limits, so that a process that stands still keeps nobody from writing for long', async () => {
    const { db } = await opened(await server.store());
    const limits = ['idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout', 'application_name'];
    const held = await Promise.all(limits.map(async (name) => (await sql.raw(`show ${name}`).execute(db)).rows[0]));
    expect(held.map((row) => Object.values(row ?? {})[0])).toEqual(['10s', '10s', '20s', 'kaeru']);
  });
});

describe('a server', () => {
  test('that goes away fails what is under way, and is used again when it is back', async () => {
    const own = await startPostgres();
    onTestFinished(() => own.stop());
    const database = await opened(await own.database());
    const put = (key: string) =>
      database.transaction((db) => db.insertInto('meta').values({ key, value: '' }).execute());
    const service = await database.lockService('alone');
    await put('before');
    const torn = database.transaction(async (db) => {
      await db.insertInto('meta').values({ key: 'torn', value: '' }).execute();
      await own.down();
      await db.insertInto('meta').values({ key: 'torn too', value: '' }).execute();
    });
    await expect(torn).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect(put('during')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect(database.db.selectFrom('meta').selectAll().execute()).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    await own.up();
    await put('after');
    const rows = await database.db.selectFrom('meta').select('key').orderBy('key').execute();
    expect(rows.map((row) => row.key)).toEqual(['after', 'before']);
    await service?.release();
  });

  test('that ended the session of a service lets it write again only with its lock, which another may have taken', async () => {
    const url = await server.store();
    const [one, other] = [await opened(url), await opened(url)];
    const write = (key: string) => one.transaction((db) => db.insertInto('meta').values({ key, value: '' }).execute());
    const first = await one.lockService('alone');
    await endLockSessions(url);
    await write('it has it back');
    expect(await other.lockService('alone')).toBeNull();
    await endLockSessions(url);
    const second = await other.lockService('alone');
    expect(second).not.toBeNull();
    await expect(write('somebody else has it')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect(one.db.deleteFrom('meta').execute()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await one.db.selectFrom('meta').select('key').execute()).toEqual([{ key: 'it has it back' }]);
    await second?.release();
    await write('free again');
    await first?.release();
  });

  test('that refuses a statement is not called unavailable, and one that is full or stopping is', async () => {
    const { db } = await opened(await server.store());
    const raise = (state: string) => sql.raw(`do $$ begin raise sqlstate '${state}'; end $$`).execute(db);
    for (const state of ['53100', '53300', '57P01', '57P03', '57014', '08006', '25006', '58030'])
      await expect(raise(state), state).rejects.toMatchObject({ name: 'StoreUnavailable' });
    for (const state of ['23505', '22001', '42601'])
      await expect(raise(state), state).rejects.toMatchObject({ code: state });
    await expect(sql.raw('select * from no_such_table').execute(db)).rejects.toThrow('no_such_table');
    expect(await db.selectFrom('meta').selectAll().execute()).toEqual([]);
  });
});

describe('a DATABASE_URL', () => {
  test.each<[string, () => Promise<string> | string, RegExp]>([
    ['with a wrong password', () => server.url('postgres', 'wrong'), /パスワード/],
    ['of a database that is not there', () => server.url('nowhere'), /データベースがありません/],
    [
      'of a port where nobody listens',
      () => 'postgresql://kaeru:s3cret@127.0.0.1:1/kaeru',
      /接続できません（ECONNREFUSED）/,
    ],
    ['that is no URL', () => 'postgresql://kaeru:s3cret@127.0.0.1:port/kaeru', /接続できません/],
    [
      'of a database in another encoding',
      () => server.database(`encoding 'LATIN1' locale 'C' locale_provider libc template template0`),
      /文字コードが LATIN1 です/,
    ],
    ['of somebody who may make no tables', () => withoutRights(), /権限/],
  ])('%s is refused in one sentence without the password', async (_, url, sentence) => {
    const refused = openPostgres(await url());
    const whole = /^[^\n]+$/;
    await expect(refused).rejects.toMatchObject({
      name: 'Refusal',
      where: 'DATABASE_URL',
      message: expect.stringMatching(sentence),
    });
    await expect(refused).rejects.toMatchObject({ message: expect.stringMatching(whole) });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringMatching(/s3cret|wrong/) });
  });
});

/** The server ends every session that holds a one-service lock, as a fail-over would. */
async function endLockSessions(url: string): Promise<void> {
  await query(url, `select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and objid = 2`);
}

async function withoutRights(): Promise<string> {
  const url = await server.database();
  await query(url, `create role nobody login password 'wrong'`);
  return url.replace(/\/\/[^@]*@/, '//nobody:wrong@');
}

describe('a campaign of which the server has counted nothing yet', () => {
  const size = 3_000;
  /** Who is asked for, however many the campaign has: rows that were looked at for it, on whatever way. */
  async function lookedAt(db: Db, table: string, ask: () => Promise<{ size: number } | { length: number }>) {
    const look = async () => {
      const { rows } = await sql<{ rows: number }>`
        select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables
        where relname = ${table}`.execute(db);
      return Number(rows[0]?.rows);
    };
    const before = await look();
    const found = await ask();
    return { found: 'size' in found ? found.size : found.length, rows: (await look()) - before };
  }

  test('is planned and claimed without a look at all of it', async () => {
    const database = await opened(await server.store());
    const numbers = Array.from({ length: 100 }, (_, at) => String(101_000 + at));
    for (const table of ['item', 'message'])
      await sql.raw(`alter table ${table} set (autovacuum_enabled = off)`).execute(database.db);
    await sql`analyze item, message`.execute(database.db);
    await sql`insert into item (id, rule, occasion, date, staff, card, due_at, last_useful_at, urgency, priority, state, revision,
        policy_version, created_at)
      select 'i' || n, 'toy', 'now', '2026-11-18', (100000 + n)::text, 'toy', 1, 9, 'ping', 1, 'open', 0, 0, 1
      from generate_series(1, ${sql.lit(size)}) as n`.execute(database.db);
    await sql`insert into message (id, staff, priority, due_at, last_useful_at, state, attempts, created_at, resends_left, counts, carries)
      select 'm' || n, (100000 + n)::text, 1, 1, 9, 'pending', 0, 1, 0, 0, 0
      from generate_series(1, ${sql.lit(size)}) as n`.execute(database.db);
    await database.transaction(async (db) => {
      const held = await lookedAt(db, 'item', () => staffWithItem(db, { rule: 'toy', occasion: 'now' }, numbers));
      expect(held).toEqual({ found: 100, rows: 100 });
      const ids = Array.from({ length: 8 }, (_, at) => `m${size - at}`);
      const claimed = await lookedAt(db, 'message', () => claimMessages(db, ids, 'me', 0));
      expect(claimed).toEqual({ found: 8, rows: 8 });
    });
  });
});
