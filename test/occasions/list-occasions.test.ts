import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { cardsFrom } from '../../src/adapters/cards/index.ts';
import { openSqlite } from '../../src/adapters/database/sqlite.ts';
import { openSecrets } from '../../src/adapters/secrets.ts';
import type { CliResult, Ports } from '../../src/ports/room.ts';
import { rooms } from '../../src/rooms.ts';
import { A_WEDNESDAY, collectingLog, seededRandom, type TestClock, testClock } from '../build/ports.ts';
import { scriptedChat } from '../fakes/chat.ts';

interface Listed {
  due: { at: string; rule: string; date: string; staff: string; card: string; note?: string }[];
  skipped: { rule: string; date: string; staff: string; why: string }[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kaeru-test-'));
const year = { from: '2021-04-01', to: '2022-03-31' };
/** Its part in which New York leaves and enters summer time and both years turn: where a wrong zone would be seen. */
const winter = { from: '2021-11-05', to: '2022-03-31' };
/** Every rule looks at every day of it: milliseconds on a machine that does other things too. */
const wholeYear = 60_000;
/** An office worker (8:30 to 17:15) of the sample, and the same with the hours 9:15 to 18:00. */
const clerk = '101101';
const later = '101102';

/** The sample organisation in a store of its own; the sample's policy holds, as none was applied. */
beforeAll(async () => {
  const ports = await samplePorts();
  for (const [name, file] of [
    ['import staff', 'staff.csv'],
    ['import leave', 'leave.csv'],
  ] as const) {
    const done = await command(name).run(ports.ports, [join(root, 'samples/kawasaki', file)], {});
    expect(done.failed).toBeUndefined();
  }
  await ports.close();
  return () => rmSync(folder, { recursive: true, force: true });
});

async function samplePorts() {
  const database = await openSqlite(join(folder, 'kaeru.db'));
  const ports: Ports & { clock: TestClock } = {
    database,
    random: seededRandom(1),
    chat: scriptedChat(() => ports.clock),
    cards: cardsFrom(join(root, 'cards')),
    log: collectingLog([]),
    settings: {
      mode: 'rehearsal',
      pace: 45,
      serviceUrl: null,
      tenantId: null,
      dataFolder: folder,
      samplePolicy: join(root, 'samples/kawasaki/policy.yaml'),
    },
    clock: testClock(A_WEDNESDAY),
    secrets: openSecrets({ file: null, dataFolder: folder, mode: 'rehearsal' }),
  };
  return { ports, close: () => database.close() };
}

function command(name: string) {
  const found = rooms.flatMap((room) => room.cli ?? []).find((one) => one.name === name);
  if (!found) throw new Error(`There is no command ${name}.`);
  return found;
}

async function list(options: Record<string, string>): Promise<Listed & Pick<CliResult, 'lines'>> {
  const { ports, close } = await samplePorts();
  onTestFinished(close);
  const { document, lines } = await command('occasions').run(ports, [], options);
  return { ...(document as Listed), lines };
}

let clerksYear: ReturnType<typeof list> | null = null;

/** The whole year of the clerk, listed once. */
function listYear() {
  clerksYear ??= list({ ...year, staff: clerk });
  return clerksYear;
}

const ofWednesday = <Row extends { rule: string }>(rows: Row[]) =>
  rows.filter((row) => row.rule.startsWith('no-overtime-day'));

/** Every Wednesday of the year, by day numbers alone. */
function wednesdays(): string[] {
  const days: string[] = [];
  for (let day = Date.UTC(2021, 3, 7); day <= Date.UTC(2022, 2, 31); day += 7 * 86_400_000) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}

const off: Record<string, string> = {
  '2021-05-05': 'holiday',
  '2021-08-04': 'replaced',
  '2021-11-03': 'holiday',
  '2021-12-29': 'year-end',
  '2022-02-23': 'holiday',
};

describe('the year 2021-04-01 to 2022-03-31', () => {
  test('has the right Wednesdays for an office worker, each at 16:15 of Tokyo', { timeout: wholeYear }, async () => {
    const { due } = await listYear();
    const held = wednesdays().filter((date) => !(date in off));
    expect(wednesdays()).toHaveLength(52);
    expect(ofWednesday(due)).toEqual(
      held.map((date) => ({
        at: `${date}T16:15:00+09:00`,
        rule: 'no-overtime-day',
        date,
        staff: clerk,
        card: 'wed-on-time',
      })),
    );
  });

  test('says for every other Wednesday why there is none', { timeout: wholeYear }, async () => {
    const { skipped } = await listYear();
    expect(ofWednesday(skipped)).toEqual(
      Object.entries(off).map(([date, why]) => ({ rule: 'no-overtime-day', date, staff: clerk, why })),
    );
  });

  test('follows the person’s own end', async () => {
    const { due } = await list({ from: '2021-04-01', to: '2021-06-30', staff: later });
    const cards = ofWednesday(due);
    expect(new Set(cards.map((row) => row.at.slice(10)))).toEqual(new Set(['T17:00:00+09:00']));
    expect(cards).toHaveLength(12);
  });

  test('is the same whatever the time zone of the machine', { timeout: wholeYear }, async () => {
    const kaeru = join(root, 'src/kaeru.mjs');
    const options = ['--from', winter.from, '--to', winter.to, '--staff', clerk, '--json', '--data', folder];
    const run = promisify(execFile);
    const printed = await Promise.all(
      ['UTC', 'America/New_York'].map(async (zone) => {
        const env = { ...process.env, TZ: zone, NODE_OPTIONS: '' };
        return (await run(process.execPath, [kaeru, 'occasions', ...options], { env, maxBuffer: 2 ** 24 })).stdout;
      }),
    );
    const { due, skipped } = await listYear();
    const ofWinter = <Row extends { date: string }>(rows: Row[]) =>
      rows.filter(({ date }) => winter.from <= date && date <= winter.to);
    const expected = { due: ofWinter(due), skipped: ofWinter(skipped) };
    expect(expected.due.length).toBeGreaterThan(15);
    for (const document of printed) expect(JSON.parse(document)).toEqual(expected);
  });
});

describe('a list', () => {
  test('has one row for each rule, date and person, in the order of the contract', async () => {
    const { due, skipped } = await list({ from: '2026-11-16', to: '2026-11-27' });
    const keys = [...due, ...skipped].map((row) => `${row.rule} ${row.date} ${row.staff}`);
    expect(keys.length).toBeGreaterThan(500);
    expect(new Set(keys).size).toBe(keys.length);
    const order = <T extends object>(rows: T[], ...names: (keyof T)[]) =>
      rows.map((row) => names.map((name) => row[name]).join(' '));
    const dueOrder = order(due, 'at', 'rule', 'staff');
    const skippedOrder = order(skipped, 'date', 'rule', 'staff');
    expect(dueOrder).toEqual([...dueOrder].sort());
    expect(skippedOrder).toEqual([...skippedOrder].sort());
    expect(skipped.every((row) => row.why !== 'expired')).toBe(true);
  });

  test('names the section’s own day for that section alone, the summary and the result for heads', async () => {
    const { due } = await list({ from: '2026-11-20', to: '2026-11-23' });
    const byRule = Map.groupBy(ofWednesday(due), (row) => `${row.rule} ${row.date}`);
    expect([...byRule.keys()].sort()).toEqual(['no-overtime-day 2026-11-20', 'no-overtime-day.summary 2026-11-20']);
    const { due: after } = await list({ from: '2026-11-24', to: '2026-11-24' });
    // Tuesday is the first working day of its week: the result stands in the digest of that morning (W3, W4).
    expect(ofWednesday(after)).toEqual([]);
    expect(new Set(after.map((row) => row.rule))).toContain('weekly-digest');
  });

  test('does not look at the present time and writes nothing', async () => {
    const { ports, close } = await samplePorts();
    onTestFinished(close);
    const options = { from: '2026-11-18', to: '2026-11-18' };
    const first = await command('occasions').run(ports, [], options);
    ports.clock.moveTo('2030-01-01T00:00:00+09:00');
    expect(await command('occasions').run(ports, [], options)).toEqual(first);
    for (const table of ['item', 'message', 'occasion'] as const) {
      expect(await ports.database.db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });

  test('keeps somebody who cannot be reached among those due, with a note', async () => {
    const { ports, close } = await samplePorts();
    onTestFinished(close);
    const { db } = ports.database;
    const aad = '00000000-0000-4000-8000-000000101102';
    const closed = {
      conversation_id: 'c',
      service_url: '',
      tenant_id: null,
      user_id: null,
      bot_id: null,
      updated_at: 0,
    };
    await db
      .insertInto('conversation')
      .values({ aad_id: aad, ...closed, unreachable_why: 'blocked', unreachable_since: 0 })
      .execute();
    onTestFinished(() => void db.deleteFrom('conversation').execute());
    const { due } = await list({ from: '2026-11-18', to: '2026-11-18' });
    const cards = due.filter((row) => row.rule === 'no-overtime-day' && row.staff.startsWith('10110'));
    expect(cards.map((row) => row.staff)).toContain(clerk);
    expect(cards.filter((row) => row.note).map((row) => [row.staff, row.note])).toEqual([[later, 'unreachable']]);
  });

  test('for a person ends with how many are sent and how many are not', async () => {
    const { lines } = await list({ from: '2026-11-18', to: '2026-11-18', staff: clerk });
    expect(lines).toContain(`2026-11-18T16:15:00+09:00  no-overtime-day  ${clerk}  wed-on-time`);
    const [, sent = '', not = ''] = /^送信 (\d+) 件、送信なし (\d+) 件$/.exec(lines.at(-1) ?? '') ?? [];
    expect(Number(sent)).toBeGreaterThan(0);
    expect(Number(sent) + Number(not)).toBe(lines.length - 1);
  });

  test.each([
    [{ from: '2026-11-18', to: '2026-11-17' }, '--to', 'より前'],
    [{ from: '2026-02-30', to: '2026-11-17' }, '--from', ''],
    [{ from: '2020-01-01', to: '2026-11-17' }, '--to', '800 日'],
    [{ from: '2026-11-18', to: '2026-11-18', staff: '999999' }, '--staff', '999999'],
  ])('of %j is refused with a sentence', async (options, where, part) => {
    await expect(list(options as Record<string, string>)).rejects.toMatchObject({
      name: 'Refusal',
      where,
      message: expect.stringContaining(part),
    });
  });
});
