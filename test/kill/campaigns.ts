import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { type Books, booksOf, entriesOf } from './books.ts';
import { type City, cityOf } from './city.ts';
import { type Life, liveAndDie, startOn } from './life.ts';
import { seededRandom } from './seeded-random.ts';
import { type Stage, setUp } from './set-up.ts';
import type { StoreName } from './stores.ts';
import { faultsOf, mostUnknown, type Verdict, verdictOf } from './verdict.ts';

/** Kills of one campaign; more people are asked anew on the Wednesday after. */
const killsOfCampaign = 100;
/** This part of a campaign goes to the lives that are killed; the last process sends the rest. */
const sentByTheKilled = 0.8;
/** The Connector accepts at once and answers late: what is under way at a kill has arrived and is not recorded. */
const answersAfter = 50;
const latestDeath = 120;
/** What is left is sent by one process, at the longest in so many looks, one each 500 ms: half an hour. */
const longestRest = 3_600;
const lookEvery = 500;
const dayBefore = '2026-11-17T10:00:00+09:00';

export interface KillRun {
  store: StoreName;
  kills: number;
  staff: number;
  seed: number;
  signal: AbortSignal;
  /** Told after every step. */
  progress?(step: Progress): void;
}

export interface Progress {
  store: StoreName;
  doing: 'importing' | 'killing' | 'sending the rest';
  kills: number;
  date: string;
}

/** One campaign: its lives in order, the books when all was sent, and the verdict on every person. */
export interface Campaign {
  date: string;
  lives: Life[];
  end: Books;
  verdict: Verdict;
}

export interface KillReport {
  run: Pick<KillRun, 'store' | 'kills' | 'staff' | 'seed'>;
  city: City;
  campaigns: Campaign[];
  /** Everything that is not as promised, in words; empty is what counts. */
  faults: string[];
  seconds: number;
}

/** Wednesdays on which everybody works, beginning with that of the rehearsal. */
function wednesdays(count: number): string[] {
  const dates: string[] = [];
  for (let at = Date.parse('2026-11-18'); dates.length < count; at += 7 * 24 * 60 * 60_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    if (!/-(12-29|12-30|12-31|01-0[1-3]|02-11|02-23|03-2[01]|04-29|05-0[3-6]|11-03|11-23)$/.test(date))
      dates.push(date);
  }
  return dates;
}

/** Sends campaign after campaign and kills the service in the middle of them, until it was killed often enough. */
export async function killCampaigns(run: KillRun): Promise<KillReport> {
  const started = performance.now();
  const wanted = Math.max(1, Math.ceil(run.kills / killsOfCampaign));
  const dates = wednesdays(wanted * 2 + 2);
  const city = cityOf(run.staff, dates);
  run.progress?.({ store: run.store, doing: 'importing', kills: 0, date: dates[0] ?? '' });
  const stage = await setUp(run.store, city, dayBefore, run.signal);
  try {
    const mean = (sentByTheKilled * city.reached.length * wanted) / run.kills - mostUnknown;
    const killer = new Killer(run, stage, city, Math.max(1, Math.floor(mean)));
    await killer.go(dates);
    const { campaigns } = killer;
    if (killer.left > 0) killer.faults.push(`${killer.left} kills found nothing to send`);
    const seconds = Math.round((performance.now() - started) / 1000);
    const { store, kills, staff, seed } = run;
    return { run: { store, kills, staff, seed }, city, campaigns, faults: killer.faults, seconds };
  } finally {
    await stage.close();
  }
}

class Killer {
  readonly campaigns: Campaign[] = [];
  readonly faults: string[] = [];
  left: number;
  readonly #run: KillRun;
  readonly #stage: Stage;
  readonly #city: City;
  /** Cards a life sends on average after its first. */
  readonly #mean: number;
  readonly #random: () => number;

  constructor(run: KillRun, stage: Stage, city: City, mean: number) {
    this.#run = run;
    this.#stage = stage;
    this.#city = city;
    this.#mean = mean;
    this.#random = seededRandom(run.seed);
    this.left = run.kills;
  }

  /** Campaign after campaign; one that cannot go on (a start that fails) ends the run and is its fault. */
  async go(dates: string[]): Promise<void> {
    try {
      for (const date of dates) if (this.left > 0) await this.campaign(date);
    } catch (error) {
      if (this.#run.signal.aborted) throw error;
      this.faults.push(`kill ${this.#killed()}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }

  /** Kills until the campaign is nearly through or the kills are; then one process sends the rest, and everybody is looked at. */
  async campaign(date: string): Promise<void> {
    const { connector, store } = this.#stage;
    await connector.forget();
    await connector.script({ delay: answersAfter, only: 'send', times: null });
    const lives: Life[] = [];
    for (let waiting = this.#city.reached.length; this.left > 0 && waiting > this.#mean; ) {
      this.#tell('killing', date);
      const life = await this.#live(date);
      const faults = faultsOf(life, lives.at(-1) ?? null, this.#city.people.length);
      this.faults.push(...faults.map((fault) => `kill ${this.#killed()} (${date}): ${fault}`));
      lives.push(life);
      waiting = life.end.items === 0 ? this.#city.reached.length : life.end.waiting;
      this.left -= 1;
    }
    this.#tell('sending the rest', date);
    await this.#sendTheRest(date);
    const verdict = verdictOf(this.#city, await entriesOf(store, date), await connector.counts());
    this.campaigns.push({ date, lives, end: await booksOf(store, date), verdict });
    this.#judge(date, verdict);
  }

  #live(date: string): Promise<Life> {
    const cards = Math.floor(this.#random() * 2 * this.#mean);
    const milliseconds = Math.floor(this.#random() * latestDeath);
    return liveAndDie(this.#stage, date, { cards, milliseconds }, this.#run.signal);
  }

  /** One process that nobody kills; its move of the clock answers only when everything is sent, and is not waited for so long. */
  async #sendTheRest(date: string): Promise<void> {
    const { signal } = this.#run;
    const product = await startOn(this.#stage, date, signal);
    try {
      product.moveTo(`${date}T16:20:00+09:00`).catch(() => {});
      for (let left = longestRest; left > 0; left -= 1) {
        const { items, waiting, states } = await booksOf(this.#stage.store, date);
        if (items > 0 && waiting === 0 && states['sending'] === undefined) return;
        await wait(lookEvery, undefined, { signal });
      }
    } finally {
      await product.stop();
    }
  }

  #judge(date: string, { lost, duplicates, wrong }: Verdict): void {
    const say = (what: string, all: string[]) => {
      if (all.length > 0) this.faults.push(`${date}: ${all.length} ${what}: ${all.slice(0, 5).join(', ')}`);
    };
    say('lost', lost);
    say('with two cards', duplicates);
    say('wrong', wrong);
  }

  #killed(): number {
    return this.#run.kills - this.left + 1;
  }

  #tell(doing: Progress['doing'], date: string): void {
    this.#run.progress?.({ store: this.#run.store, doing, kills: this.#run.kills - this.left, date });
  }
}
