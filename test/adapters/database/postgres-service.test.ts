import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buttonsOf } from '../../end-to-end/cards.ts';
import { dataFolder, kaeru, type Ledger } from '../../end-to-end/product.ts';
import { query, startPostgres, type TestPostgres } from '../../fakes/start-postgres.ts';

const program = fileURLToPath(new URL('../../../src/kaeru.mjs', import.meta.url));
const inFlight = 30;

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe('the rehearsal of the sample organisation on PostgreSQL', () => {
  test('sends the Wednesday cards once, takes a press, survives SIGKILL with balanced books, and goes on', async () => {
    const env = await aPlace();
    const first = await rehearse(env);
    await everybodyInstalled(first);
    void first.moveTo('2026-11-18T16:15:00+09:00').catch(() => {});
    const before = await until(first, (ledger) => wednesday(ledger, 'sent').length > 40);
    await first.end('SIGKILL');
    expect(wednesday(before, 'pending').length + wednesday(before, 'sending').length).toBeGreaterThan(0);

    const second = await rehearse(env);
    await second.moveTo('2026-11-18T16:16:00+09:00');
    const after = await second.ledger();
    expect(sumOf(after)).toBe(after.items.length);
    expect(staffOf(wednesday(after))).toEqual(expect.arrayContaining(staffOf(wednesday(before))));
    expect(wednesday(after, 'pending').filter(({ why }) => why !== 'unreachable')).toEqual([]);
    expect(wednesday(after, 'unknown').length).toBeLessThanOrEqual(inFlight);
    for (const { staff, state } of wednesday(after)) {
      const cards = await cardsOf(second, staff);
      if (state === 'sent') expect(cards, staff).toHaveLength(1);
      else expect(cards.length, `${staff} ${state}`).toBeLessThanOrEqual(1);
    }

    const staff = wednesday(after, 'sent')[0]?.staff ?? '';
    const [card] = await cardsOf(second, staff);
    const button = buttonsOf(card?.card).find(({ data }) => data['answer'] === 'leave');
    await second.post(`/rehearsal/chats/${staff}/press`, { ...card, type: 'Action.Execute', ...button });
    const answers = await query(env.DATABASE_URL, 'select staff, answer from no_overtime_answer');
    expect(answers).toEqual([{ staff, answer: 'leave' }]);
    await second.end('SIGTERM');

    const third = await rehearse(env);
    expect(wednesday(await third.ledger())).toEqual(wednesday(after));
    await expectRefusals(env);
    await third.post(`/rehearsal/chats/${staff}/say`, { text: '今日' });
    const late = await until(third, ({ items }) =>
      items.some((item) => item.card === 'today' && item.state === 'sent'),
    );
    expect(sumOf(late)).toBe(late.items.length);
    await third.end('SIGTERM');
  }, 60_000);
});

type Place = Record<'DATABASE_URL' | 'KAERU_NOW' | 'KAERU_DATA' | 'KAERU_MODE' | 'KAERU_LOG' | 'KAERU_PACE', string>;

interface Running {
  ledger(): Promise<Ledger>;
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
  moveTo(iso: string): Promise<unknown>;
  end(signal: NodeJS.Signals): Promise<void>;
}

/** An empty database and an empty folder for what stands beside it. */
async function aPlace(): Promise<Place> {
  const { data, remove } = dataFolder();
  onTestFinished(remove);
  const url = await server.database();
  const settings = { KAERU_MODE: 'rehearsal', KAERU_LOG: 'error', KAERU_PACE: '200' };
  return { DATABASE_URL: url, KAERU_DATA: data, KAERU_NOW: '2026-11-18T16:00:00+09:00', ...settings };
}

async function rehearse(env: Place): Promise<Running> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'rehearse', '--port', '0'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const url = await readyLine(child);
  const call = async (path: string, init: RequestInit = {}) => (await fetch(new URL(path, url), init)).json();
  const post = (path: string, body: object) =>
    call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return {
    ledger: async () => (await call('/rehearsal/ledger')) as Ledger,
    get: (path) => call(path),
    post,
    moveTo: (to) => post('/rehearsal/clock', { to }),
    async end(signal) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

async function readyLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The rehearsal has no stdout.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Kaeru rehearsal: (http:\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('The rehearsal ended before it was ready.');
}

/** Looks at the ledger until it is as wanted; real processes move on in real time. */
async function until(running: Running, wanted: (ledger: Ledger) => boolean): Promise<Ledger> {
  for (let left = 1000; left > 0; left -= 1) {
    const ledger = await running.ledger();
    if (wanted(ledger)) return ledger;
    await wait(150);
  }
  throw new Error('The ledger never became what the test waits for.');
}

const sumOf = ({ totals }: Ledger) => Object.values(totals).reduce((sum, count) => sum + count, 0);

const staffOf = (items: Ledger['items']) => items.map(({ staff }) => staff);

const wednesday = ({ items }: Ledger, state?: string) =>
  items.filter((item) => item.rule === 'no-overtime-day' && (state === undefined || item.state === state));

/** A second service and `--fresh` are refused in one sentence each; other commands work beside the service. */
async function expectRefusals(env: Place): Promise<void> {
  const [second, fresh, occasions] = await Promise.all([
    kaeru(['rehearse', '--port', '0'], env),
    kaeru(['rehearse', '--fresh', '--port', '0'], env),
    kaeru(['occasions', '--from', '2026-11-18', '--to', '2026-11-18', '--json'], env),
  ]);
  expect([second.status, second.stderr]).toEqual([
    1,
    expect.stringMatching(/^DATABASE_URL: [^\n]*別のサービス[^\n]*\n$/),
  ]);
  expect([fresh.status, fresh.stderr]).toEqual([1, expect.stringMatching(/^--fresh: [^\n]*PostgreSQL[^\n]*\n$/)]);
  expect([occasions.status, JSON.parse(occasions.stdout).due.length]).toEqual([0, expect.any(Number)]);
}

interface State {
  people: { aadObjectId: string | null; away: string | null }[];
}

/** The welcome of everybody who has Teams has gone: nothing but the Wednesday is left to send. */
async function everybodyInstalled(running: Running): Promise<void> {
  const { people } = (await running.get('/rehearsal/state')) as State;
  const withTeams = people.filter(({ aadObjectId, away }) => aadObjectId !== null && away !== 'retired').length;
  await until(running, ({ items }) => {
    const welcomes = items.filter(({ card, state }) => card === 'welcome' && state === 'sent');
    return welcomes.length === withTeams;
  });
}

interface Chat {
  /** Absent for somebody without Teams. */
  messages?: { activityId: string; card: unknown }[];
}

/** What stands in a person's chat with the buttons of the Wednesday card. */
async function cardsOf(running: Running, staff: string): Promise<Chat['messages'] & object> {
  const { messages = [] } = (await running.get(`/rehearsal/chats/${staff}`)) as Chat;
  return messages.filter(({ card }) => buttonsOf(card).some(({ verb }) => verb === 'no-overtime-day.answer'));
}
