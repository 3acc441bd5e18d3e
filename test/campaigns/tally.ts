import { campaignsATown, people, type TownOfCampaigns } from '../simulation/campaign-program.ts';

/** A town that a process is asked to simulate. */
export interface AskedTown {
  campaigns: number;
  seed: number;
}

/** What it says of it. */
export type ToldTown = TownOfCampaigns;

const oneMinute = 60_000;

/** What has been asked for, what has been told. */
export class Tally {
  readonly #started = performance.now();
  readonly #wanted: AskedTown;
  #asked = 0;
  #seed: number;
  #unfinished = new Set<number>();
  #done = 0;
  #violations = 0;
  readonly #counts = new Map<string, number>();
  readonly wrong: string[] = [];

  constructor(wanted: AskedTown) {
    this.#wanted = wanted;
    this.#seed = wanted.seed;
  }

  /** The next town; null when there is none, or when something was wrong with one. */
  next(): AskedTown | null {
    const campaigns = Math.min(campaignsATown, this.#wanted.campaigns - this.#asked);
    if (campaigns === 0 || this.wrong.length > 0) return null;
    const seed = this.#seed++;
    this.#asked += campaigns;
    this.#unfinished.add(seed);
    return { campaigns, seed };
  }

  told({ campaigns, seed }: AskedTown, { wrong, counts }: ToldTown): void {
    this.#unfinished.delete(seed);
    this.#violations += wrong.length;
    if (wrong.length > 0)
      this.wrong.push(...wrong, `again: npm run test:campaigns -- --campaigns ${campaigns} --seed ${seed}`);
    this.#done += campaigns;
    for (const [name, count] of Object.entries(counts)) this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }

  get progress(): string {
    const left = this.#wanted.campaigns - this.#done;
    const minutes = (((performance.now() - this.#started) / this.#done) * left) / oneMinute;
    return `${this.#sofar}${this.#done > 0 ? `, about ${Math.ceil(minutes)} min left` : ''}`;
  }

  get summary(): string {
    const count = (name: string) => this.#counts.get(name) ?? 0;
    return (
      `${this.#sofar} to ${people} people, seeds ${this.#wanted.seed} to ${this.#seed - 1}: ${this.#violations} violations; ` +
      `${count('posts')} calls, ${count('presses')} presses, ${count('deaths')} deaths in ${count('commits')} commits`
    );
  }

  /** How to go on after a Ctrl-C; the towns that were under way come again. */
  get rest(): string {
    const seed = Math.min(this.#seed, ...this.#unfinished);
    return `go on: npm run test:campaigns -- --campaigns ${this.#wanted.campaigns - this.#done} --seed ${seed}`;
  }

  get #sofar(): string {
    return `${this.#done} of ${this.#wanted.campaigns} campaigns`;
  }
}
