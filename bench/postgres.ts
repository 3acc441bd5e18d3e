import { Pool } from 'pg';
import { startPostgres } from '../test/fakes/start-postgres.ts';
import { holdCores } from './hold-cores.ts';
import { Presses, type Target } from './presses.ts';
import { cpuBelow, freshFolder, type Measured, parentOf } from './processes.ts';
import { type Surroundings, serve, surroundings, tenant } from './production.ts';
import { type Bench, quantile, type Row, row, type Scenario } from './scenario.ts';
import { aadOf, chatOf, heldCard, staffOf, storeOf, todayInTokyo } from './store.ts';

const PEOPLE = 2_000;
const PACE = 50;
/** Presses under way: with fewer a service waits for its own commits and shows what it does, not what it can. With so few it is reported. */
const AT_ONCE = 512;
const FEW = 32;
/** Upserts under way, each on a connection of its own. */
const CONNECTIONS = 32;
/** Rounds of each leg; what is compared is measured twice, in turn. */
const SIZE = {
  full: { warmUp: 10_000, rounds: 8, presses: 3_000, held: 1_500, few: 1_000, upserts: 1_000 },
  quick: { warmUp: 400, rounds: 1, presses: 600, held: 300, few: 300, upserts: 300 },
};
/** What each service may use of a core where the question is what a second one adds: the machine has room for both then. */
const PART = 0.3;

/** One of these takes a lone upsert; all three take what an answer changes: itself, the item's revision, the update that follows. */
const TABLES = ['bench_answer', 'bench_revision', 'bench_update'];

/**
 * Answers of one and of two services of a PostgreSQL database, each held to a part of a core and all on the cores as they are; and the
 * server's CPU beside the same number of lone upserts, and beside as many rows as answers change, each upserted by itself.
 */
export const postgres: Scenario = {
  name: 'postgres',
  numbers: [10],
  seconds: { full: 150, quick: 45 },
  needs: 'postgresql',
  async run(bench) {
    const size = SIZE[bench.quick ? 'quick' : 'full'];
    const around = await surroundings(bench, PACE);
    bench.say('preparing a store on PostgreSQL');
    const server = await startPostgres();
    bench.later(() => server.stop());
    const url = await server.database();
    const pool = new Pool({ connectionString: url, max: CONNECTIONS });
    // The server goes away before the last connection has said goodbye.
    pool.on('error', () => {});
    bench.later(() => pool.end());
    await prepareStore(bench, around, url, pool);
    const cpu = await serverCpu(pool);
    const presses = new Presses(
      Array.from({ length: PEOPLE }, (_, n) => heldCard(n)),
      AT_ONCE,
    );
    bench.later(() => presses.close());
    const { bearer, connector } = around;
    const answers = (services: Measured[], count: number, atOnce = AT_ONCE) => {
      const targets = services.map(({ url: to }): Target => ({ url: to, bearer, serviceUrl: connector.serviceUrl }));
      return answer(presses, targets, count, atOnce);
    };
    const started = async () => {
      const service = await serve(bench, around, { DATABASE_URL: url, KAERU_DATA: freshFolder(bench) });
      bench.say('warming up a service');
      await answers([service], size.warmUp);
      return service;
    };
    const leg = (name: string, work: (count: number) => Promise<void>, count: number) =>
      rounds(bench, name, work, { rounds: size.rounds, count, cpu });
    const figures: Figures = { one: [], few: [], two: [], upserts: [], rows: [], heldOne: [], heldTwo: [] };
    const legOf = async (services: Measured[], [free, held]: [Round[], Round[]], name: string) => {
      const work = (count: number) => answers(services, count);
      free.push(...(await leg(`${name}, on all cores`, work, size.presses)));
      const letGo = holdCores(bench, services, PART);
      if (letGo === null) return;
      held.push(...(await leg(`${name}, held`, work, size.held)));
      letGo();
    };
    const upserts = async (name: string) => {
      const of = (tables: string[]) => (count: number) => upsert(pool, tables, count);
      figures.upserts.push(...(await leg(name, of(TABLES.slice(0, 1)), size.upserts)));
      figures.rows.push(...(await leg(`${name} of every row`, of(TABLES), size.upserts)));
    };
    const first = await started();
    await legOf([first], [figures.one, figures.heldOne], 'one');
    figures.few.push(...(await leg(`one, ${FEW} under way`, (count) => answers([first], count, FEW), size.few)));
    await upserts('upserts');
    const second = await started();
    await legOf([first, second], [figures.two, figures.heldTwo], 'two');
    await second.stop();
    await legOf([first], [figures.one, figures.heldOne], 'one again');
    await upserts('upserts again');
    return rowsOf(figures);
  },
};

/** Rounds of one work; the first is not counted. */
async function rounds(
  bench: Bench,
  name: string,
  work: (count: number) => Promise<void>,
  { rounds: many, count, cpu }: { rounds: number; count: number; cpu: () => number },
): Promise<Round[]> {
  const figures: Round[] = [];
  for (let round = 0; round <= many; round += 1) {
    bench.say(`round ${round} of ${many}, ${name}`);
    const measured = await timed(() => work(count), cpu, count);
    if (round > 0) figures.push(measured);
  }
  return figures;
}

interface Round {
  /** Answers, or upserts, a second. */
  rate: number;
  /** CPU of the server for each, in milliseconds. */
  cost: number;
}

type Figures = Record<'one' | 'few' | 'two' | 'upserts' | 'rows' | 'heldOne' | 'heldTwo', Round[]>;

async function timed(work: () => Promise<unknown>, cpu: () => number, count: number): Promise<Round> {
  const [began, before] = [performance.now(), cpu()];
  await work();
  return { rate: (count * 1_000) / (performance.now() - began), cost: (cpu() - before) / count };
}

/** Half of the presses to each, where there are two. */
async function answer(presses: Presses, targets: Target[], count: number, atOnce: number): Promise<void> {
  const share = count / targets.length;
  await Promise.all(targets.map((target) => presses.burst(target, share, atOnce / targets.length)));
}

/** So many answers, each as one row of each table, by a statement and a commit of its own. */
async function upsert(pool: Pool, tables: string[], count: number): Promise<void> {
  const text = (table: string) => `insert into ${table} values ($1, $2, $3, $4)
    on conflict (item) do update set person = excluded.person, answer = excluded.answer, answered_at = excluded.answered_at`;
  let left = count;
  const line = async () => {
    for (; left > 0; ) {
      left -= 1;
      const n = left % PEOPLE;
      const values = [`item-${n}`, aadOf(n), 'leave', Date.now()];
      for (const table of tables) await pool.query({ name: table, text: text(table), values });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, line));
}

/** CPU of the server and all its processes so far, in milliseconds. */
async function serverCpu(pool: Pool): Promise<() => number> {
  const { rows } = await pool.query('select pg_backend_pid() as pid');
  const postmaster = parentOf(Number(rows[0]?.pid));
  if (postmaster === null) throw new Error('The process of the PostgreSQL server was not found.');
  return cpuBelow(postmaster);
}

async function prepareStore(bench: Bench, around: Surroundings, url: string, pool: Pool): Promise<void> {
  await storeOf(bench, PEOPLE, { policy: 'quiet', env: { DATABASE_URL: url } });
  for (const table of TABLES)
    await pool.query(`create table ${table} (item text primary key, person text, answer text, answered_at bigint)`);
  const [now, date] = [Date.now(), todayInTokyo()];
  const until = now + 24 * 3_600_000;
  for (let n = 0; n < PEOPLE; n += 1) {
    const { item, activity } = heldCard(n);
    await pool.query({
      name: 'chat',
      text: `insert into conversation (aad_id, conversation_id, service_url, tenant_id, user_id, bot_id, updated_at)
        values ($1, $2, $3, $4, $5, '28:bench', 0)`,
      values: [aadOf(n), chatOf(n), around.connector.serviceUrl, tenant, `29:${n}`],
    });
    await pool.query({
      name: 'item',
      text: `insert into item (id, rule, occasion, date, staff, card, due_at, last_useful_at, urgency, priority, state, revision, policy_version, created_at)
        values ($1, 'no-overtime-day', $2, $2, $3, 'wed-on-time', $4, $5, 'ping', 1, 'open', 0, 1, $4)`,
      values: [item, date, staffOf(n), now, until],
    });
    await pool.query({
      name: 'message',
      text: `insert into message (id, staff, aad_id, priority, due_at, last_useful_at, state, attempts, activity_id, created_at, settled_at, shown_revision, resends_left)
        values ($1, $2, $3, 1, $4, $5, 'sent', 1, $6, $4, $4, 0, 0)`,
      values: [`message-${n}`, staffOf(n), aadOf(n), now, until, activity],
    });
    await pool.query({
      name: 'link',
      text: 'insert into message_item (message_id, item_id, revision, from_at) values ($1, $2, 0, $3)',
      values: [`message-${n}`, item, now],
    });
  }
}

function rowsOf({ one, few, two, upserts, rows, heldOne, heldTwo }: Figures): Row[] {
  const scenario = 'PostgreSQL: answers of two services beside one';
  const isHeld = heldTwo.length > 0;
  const heldRow = isHeld && rateRow(`${scenario}, each held to ${PART} of a core`, heldOne, heldTwo, true);
  const freeRow = rateRow(isHeld ? `${scenario}, on the same two cores as all else` : scenario, one, two, !isHeld);
  const costRow = costsRow('an answer beside a lone upsert', one, upserts, true);
  const fewRow = costsRow(`an answer with ${FEW} under way beside a lone upsert`, few, upserts, false);
  const rowsRow = costsRow('an answer beside the three rows it changes, each upserted by itself', one, rows, false);
  return [...(heldRow ? [heldRow] : []), freeRow, costRow, fewRow, rowsRow];
}

function costsRow(what: string, one: Round[], upserts: Round[], isGate: boolean): Row {
  const [ours, theirs] = [middle(one, 'cost'), middle(upserts, 'cost')];
  const cost = (value: number) => `${value.toFixed(2)} ms`;
  const scenario = `PostgreSQL: server CPU of ${what}`;
  const about = { number: 10, scenario, ours: cost(ours), peer: cost(theirs) };
  return row(about, ours / theirs, isGate ? { atMost: 0.5 } : null, isGate ? { atMost: 1 / 3 } : null);
}

/** `isGate`: else it is reported only. */
function rateRow(scenario: string, one: Round[], two: Round[], isGate: boolean): Row {
  const [single, double] = [middle(one, 'rate'), middle(two, 'rate')];
  const about = { number: 10, scenario, ours: `${double.toFixed(0)}/s`, peer: `ours alone: ${single.toFixed(0)}/s` };
  return row(about, double / single, isGate ? { atLeast: 1.5 } : null, isGate ? { atLeast: 1.9 } : null);
}

const middle = (rounds: Round[], of: keyof Round) =>
  quantile(
    rounds.map((round) => round[of]),
    0.5,
  );
