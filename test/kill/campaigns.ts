import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { type Books, booksOf, entriesOf, imbalances } from './books.ts';
import { type City, cityOf } from './city.ts';
import { Deaths } from './deaths.ts';
import { type Life, liveAndDie, liveUntil, startOn } from './life.ts';
import { seededRandom } from './seeded-random.ts';
import { type Stage, setUp } from './set-up.ts';
import type { StoreName } from './stores.ts';
import { faultsOf, type Verdict, verdictOf } from './verdict.ts';

/** Kills of one campaign at most; more people are asked anew on the Wednesday after. */
const killsOfCampaign = 100;
/** The Connector accepts at once and answers late: what is under way at a kill has arrived and is not recorded. */
const answersAfter = 50;
/** In a city of so many people planning takes long enough that, of so many kills, some have to fall into it. */
const longPlanning = 5_000;
const enoughKills = 6;
/** What is left is sent by one process, at the longest in so many looks, one each 500 ms: half an hour. */
const longestRest = 3_600;
const lookEvery = 500;
/** Everybody installs the app on the day of the first campaign: nothing older waits to be caught up with. */
const installedAt = 'T10:00:00+09:00';

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
  doing: 'importing' | 'catching up' | 'killing' | 'sending the rest';
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
  const stage = await setUp(run.store, city, `${dates[0]}${installedAt}`, run.signal);
  try {
    const killer = new Killer(run, stage, city, wanted);
    await killer.go(dates);
    const { campaigns } = killer;
    if (killer.left > 0) killer.faults.push(`${killer.left} kills found nothing to send`);
    if (isPlanningMissed(run, campaigns)) killer.faults.push('no kill fell into the planning');
    const seconds = Math.round((performance.now() - started) / 1000);
    const { store, kills, staff, seed } = run;
    return { run: { store, kills, staff, seed }, city, campaigns, faults: killer.faults, seconds };
  } finally {
    await stage.close();
  }
}

function isPlanningMissed({ kills, staff }: KillRun, campaigns: Campaign[]): boolean {
  const lives = campaigns.flatMap((campaign) => campaign.lives);
  return kills >= enoughKills && staff >= longPlanning && !lives.some(({ end }) => end.planning === 'planning');
}

class Killer {
  readonly campaigns: Campaign[] = [];
  readonly faults: string[] = [];
  left: number;
  readonly #run: KillRun;
  readonly #stage: Stage;
  readonly #city: City;
  readonly #random: () => number;
  /** Campaigns that the kills are shared out among. */
  #campaignsLeft: number;

  constructor(run: KillRun, stage: Stage, city: City, campaigns: number) {
    this.#run = run;
    this.#stage = stage;
    this.#city = city;
    this.#campaignsLeft = campaigns;
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

  /** Its share of the kills, from the minute on; then one process sends the rest, and everybody is looked at. */
  async campaign(date: string): Promise<void> {
    const { connector, store } = this.#stage;
    await connector.forget();
    if (this.campaigns.length > 0) await this.#catchUp(date);
    await connector.script({ delay: answersAfter, only: 'send', times: null });
    const kills = Math.ceil(this.left / Math.max(1, this.#campaignsLeft));
    this.#campaignsLeft -= 1;
    const lives = await this.#kill(date, new Deaths(kills, this.#city, this.#random));
    this.#tell('sending the rest', date);
    await this.#sendTheRest(date);
    const end = await booksOf(store, date);
    const verdict = verdictOf(this.#city, await entriesOf(store, date), await connector.counts());
    this.campaigns.push({ date, lives, end, verdict });
    this.faults.push(...imbalances(end, this.#city.people.length).map((fault) => `${date}: in the end ${fault}`));
    if (end.planning !== 'done') this.faults.push(`${date}: planning has not ended`);
    this.#judge(date, verdict);
  }

  async #kill(date: string, deaths: Deaths): Promise<Life[]> {
    const lives: Life[] = [];
    for (let last: Life | null = null; ; ) {
      const death = deaths.next(last?.end ?? null);
      if (death === null) return lives;
      this.#tell('killing', date);
      const life: Life = await liveAndDie(this.#stage, date, death, this.#run.signal);
      const faults = faultsOf(life, last, this.#city.people.length);
      this.faults.push(...faults.map((fault) => `kill ${this.#killed()} (${date}): ${fault}`));
      lives.push(life);
      last = life;
      this.left -= 1;
    }
  }

  /** The week between two campaigns is past when the first life begins. */
  async #catchUp(date: string): Promise<void> {
    this.#tell('catching up', date);
    await liveUntil(this.#stage, date, this.#run.signal);
  }

  /** One process that nobody kills; its move of the clock answers only when everything is sent, and is not waited for so long. */
  async #sendTheRest(date: string): Promise<void> {
    const { signal } = this.#run;
    const product = await startOn(this.#stage, date, signal);
    try {
      product.moveTo(`${date}T16:20:00+09:00`).catch(() => {});
      for (let left = longestRest; left > 0; left -= 1) {
        const { planning, waiting, states } = await booksOf(this.#stage.store, date);
        if (planning === 'done' && waiting === 0 && states['sending'] === undefined) return;
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
