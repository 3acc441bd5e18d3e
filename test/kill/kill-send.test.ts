import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardIn, titleOf } from '../end-to-end/cards.ts';
import { dataFolder, kaeru, type Ledger, type Product, startBare } from '../end-to-end/product.ts';
import { chatOf, installed, type Person, staffFile } from '../end-to-end/teams.ts';
import { type FakeConnector, type FakeState, startFakeConnector } from '../fakes/start-connector.ts';
import { seededRandom } from './seeded-random.ts';

const KILLS = 5;
/** Slow enough that five kills fall into one send, fast enough for a test. */
const PACE = '110';
/** The Connector accepts at once and answers late: what is under way at a kill has arrived and is not recorded. */
const ANSWERS_AFTER = 150;
const MOST_UNKNOWN = 30;
const HEAD = '100000';

const people: Person[] = Array.from({ length: 240 }, (_, index) => {
  const staff = String(100_000 + index);
  return {
    staff,
    ...(index === 0 ? {} : { head: HEAD }),
    ...(index % 40 === 7 ? { type: '交替' } : {}),
    language: ['ja', 'easy', 'en'][index % 3] ?? 'ja',
  };
});
const shifts = people.filter((one) => one.type === '交替').map((one) => one.staff);
const onLeave = ['100011', '100012', '100013', '100014'];
/** Never installed the app: nobody can be written to there. */
const unreachable = ['100021', '100022', '100023'];
const asked = people.map((one) => one.staff).filter((staff) => !shifts.includes(staff) && !onLeave.includes(staff));

const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 1_000_000_000);
const random = seededRandom(seed);
const folder = dataFolder();
const env = { KAERU_PACE: PACE };
const at = (time: string) => `2026-11-18T${time}:00+09:00`;
let connector: FakeConnector;
let product: Product;

interface Crash {
  /** Cards the Connector had accepted when the process died, and what the next start found. */
  accepted: number;
  firstSendWithin: number | null;
  ledger: Ledger;
}

const reminders = (ledger: Ledger) => ledger.items.filter((item) => item.rule === 'no-overtime-day');
const statesOf = (ledger: Ledger) => Object.groupBy(reminders(ledger), (item) => item.state);
const cardsSent = (state: FakeState) => state.calls.filter((call) => call.kind === 'send').length;

beforeAll(async () => {
  console.log(`kill: KAERU_SEED=${seed}`);
  connector = await startFakeConnector();
  writeFileSync(folder.file('staff.csv'), staffFile(people));
  writeFileSync(
    folder.file('leave.csv'),
    `職員番号,日付,種別\n${onLeave.map((staff) => `${staff},2026-11-18,全日\n`).join('')}`,
  );
  for (const kind of ['staff', 'leave']) {
    const { status, stderr } = await kaeru(['import', kind, folder.file(`${kind}.csv`), '--data', folder.data]);
    expect(status, stderr).toBe(0);
  }
  product = await startBare(folder.data, { at: at('16:10'), env: { KAERU_PACE: '1000' } });
  const there = people.filter((one) => !unreachable.includes(one.staff));
  for (let from = 0; from < there.length; from += 20) {
    await Promise.all(
      there.slice(from, from + 20).map((one) => product.activity(installed(one.staff, connector.serviceUrl))),
    );
  }
  await product.settle();
  expect(cardsSent(await connector.state())).toBe(there.length);
  await product.stop();
  await connector.forget();
  await connector.script({ delay: ANSWERS_AFTER, only: 'send', times: null });
});

afterAll(async () => {
  await product?.kill();
  await connector?.stop();
  folder.remove();
});

/** One life of the service: it starts, comes to 16:15, sends, and is killed at some moment of that. */
async function liveAndDie(): Promise<Crash> {
  const before = cardsSent(await connector.state());
  const started = performance.now();
  product = await startBare(folder.data, { at: at('16:14'), env });
  const ledger = await product.ledger();
  const planned = reminders(ledger);
  const waiting = planned.length === 0 || planned.some((item) => item.state === 'pending' && !item.why);
  if ((await product.now()) < Date.parse(at('16:15'))) product.moveTo(at('16:15')).catch(() => {});
  let firstSendWithin: number | null = null;
  while (waiting && firstSendWithin === null && performance.now() - started < 15_000) {
    if (cardsSent(await connector.state()) > before) firstSendWithin = performance.now() - started;
    else await wait(20);
  }
  await wait(random() * 350);
  await product.kill();
  return { accepted: cardsSent(await connector.state()), firstSendWithin, ledger };
}

describe(`SIGKILL at ${KILLS} random moments of a send to ${asked.length} people`, () => {
  const crashes: Crash[] = [];
  let end: Ledger;
  let world: FakeState;

  beforeAll(async () => {
    for (let kill = 0; kill < KILLS; kill += 1) crashes.push(await liveAndDie());
    product = await startBare(folder.data, { env });
    await product.moveTo(at('16:16'));
    end = await product.ledger();
    world = await connector.state();
    console.log(`kill: accepted ${crashes.map((crash) => crash.accepted)}, at the end`, countsOf(end));
  });

  const countsOf = (ledger: Ledger) =>
    Object.fromEntries(Object.entries(statesOf(ledger)).map(([state, items]) => [state, items?.length ?? 0]));

  test('the kills fell into the send: cards were under way, and cards were still to be sent', () => {
    const during = crashes.filter((crash) => crash.accepted > 0 && crash.accepted < asked.length - unreachable.length);
    expect(during.length).toBeGreaterThanOrEqual(3);
    expect(statesOf(end)['unknown']?.length ?? 0).toBeGreaterThan(0);
  });

  test('nobody has two cards, and no card went to anybody who is not asked', () => {
    const twice = world.conversations.filter((chat) => chat.posts > 1 || chat.activities.length > 1);
    expect(twice.map((chat) => chat.id)).toEqual([]);
    const reached = asked.filter((staff) => !unreachable.includes(staff)).map(chatOf);
    expect(world.conversations.filter((chat) => !reached.includes(chat.id)).map((chat) => chat.id)).toEqual([]);
    const [first] = world.conversations[0]?.activities ?? [];
    expect(titleOf(cardIn(first?.stored))).not.toBe('');
  });

  test('the books balance after every restart: one state each, all of them the people planned', () => {
    for (const ledger of [...crashes.map((crash) => crash.ledger), end]) {
      const rows = reminders(ledger);
      const sum = Object.values(ledger.totals).reduce((total, count) => total + count, 0);
      expect(sum).toBe(ledger.items.length);
      expect([0, people.length]).toContain(rows.length);
      expect(new Set(rows.map((row) => row.staff)).size).toBe(rows.length);
      expect(rows.filter((row) => row.state === 'sending' && ledger === end)).toEqual([]);
    }
  });

  test('nobody is lost: sent, unknown, waiting for a chat, or skipped with a reason', () => {
    const { sent = [], unknown = [], skipped = [], pending = [], ...other } = statesOf(end);
    expect(other).toEqual({});
    expect(skipped.map((row) => [row.staff, row.why]).sort()).toEqual(
      [...shifts.map((staff) => [staff, 'shift']), ...onLeave.map((staff) => [staff, 'leave'])].sort(),
    );
    expect(pending.map((row) => [row.staff, row.why])).toEqual(unreachable.map((staff) => [staff, 'unreachable']));
    const holds = new Map(world.conversations.map((chat) => [chat.id, chat.activities.length]));
    expect(sent.filter((row) => holds.get(chatOf(row.staff)) !== 1)).toEqual([]);
    expect(sent.length + unknown.length).toBe(asked.length - unreachable.length);
    const accepted = world.conversations.filter((chat) => chat.activities.length === 1).length;
    expect(accepted - sent.length).toBeLessThanOrEqual(unknown.length);
  });

  test(`a kill leaves at most ${MOST_UNKNOWN} unknown, each for the reason that it was interrupted`, () => {
    const unknown = statesOf(end)['unknown'] ?? [];
    expect(unknown.filter((row) => row.why !== 'interrupted' || row.attempts !== 1)).toEqual([]);
    const after = [...crashes.slice(1).map((crash) => crash.ledger), end].map(
      (one) => statesOf(one)['unknown']?.length ?? 0,
    );
    for (const [index, count] of after.entries()) {
      expect(count - (after[index - 1] ?? 0)).toBeLessThanOrEqual(MOST_UNKNOWN);
      expect(count - (after[index - 1] ?? 0)).toBeGreaterThanOrEqual(0);
    }
  });

  test('the first card goes within 10 s of each restart that has something to send', () => {
    const restarts = crashes.map((crash) => crash.firstSendWithin).filter((within) => within !== null);
    expect(restarts.length).toBeGreaterThanOrEqual(2);
    for (const within of restarts) expect(within).toBeLessThan(10_000);
  });

  test('at the end of the day nothing waits any more: who had no chat is skipped with that reason', async () => {
    await product.moveTo(at('18:16'));
    const { pending, skipped = [] } = statesOf(await product.ledger());
    expect(pending).toBeUndefined();
    expect(skipped.filter((row) => row.why === 'unreachable').map((row) => row.staff)).toEqual(unreachable);
    const chats = (await connector.state()).conversations.filter((chat) => chat.id !== chatOf(HEAD));
    expect(chats.filter((chat) => chat.posts > 1)).toEqual([]);
  });
});
