import type { Instant } from '../ports/clock.ts';
import type { News } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { ChosenDeath, Program, RunningCore, SimulationOptions } from './program.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import type { SimulatedTeams } from './simulated-teams.ts';

/** One run of the service, from its start to its death. */
interface Life {
  owner: string;
  over: boolean;
  core: RunningCore | null;
  hears: ((text: string) => void)[];
}

/** Milliseconds from now to the next minute a service looks at that has dealt with everything up to `done`. */
type NextTick = (now: Instant, done: Instant) => number;

type Work = Parameters<Ports['database']['transaction']>[0];
type Patience = Parameters<Ports['database']['transaction']>[1];

const oneMinute = 60_000;
/** A service dies about once in so many commits, just before or just after one of them. */
const commitsPerDeath = 400;

/**
 * The services of the city, each with its deaths: before a commit, after a commit, while Teams answers. A dead one is started
 * again after seconds or minutes; with two of them the other goes on meanwhile.
 */
export class Lives {
  readonly #program: Program;
  readonly #ports: Omit<Ports, 'chat'>;
  readonly #teams: SimulatedTeams;
  readonly #clock: SimulatedClock;
  readonly #random: SeededRandom;
  readonly #living = new Map<string, Life>();
  /** Called right after a death. */
  readonly #died: () => void;
  readonly #chosen: ChosenDeath | null;
  readonly #deathsEvery: number;
  #born = 0;
  commits = 0;
  deaths = 0;
  /** Set false to let everything come to rest. */
  dangerous = true;

  constructor(
    program: Program,
    ports: Omit<Ports, 'chat'>,
    world: { teams: SimulatedTeams; clock: SimulatedClock; random: SeededRandom },
    died: () => void,
    { death, deathsEvery }: Pick<SimulationOptions, 'death' | 'deathsEvery'>,
  ) {
    this.#chosen = death ?? null;
    this.#deathsEvery = deathsEvery ?? commitsPerDeath;
    this.#program = program;
    this.#ports = ports;
    this.#teams = world.teams;
    this.#clock = world.clock;
    this.#random = world.random;
    this.#died = died;
  }

  /** A service of the city: it lives, dies and is started again, for ever. */
  async run(untilNext: NextTick): Promise<void> {
    for (;;) {
      const life = this.#birth();
      await Promise.race([this.#live(life, untilNext), this.#deathOf(life)]);
      await this.#clock.wait(this.#random.whole(1, 90) * 1000);
    }
  }

  /** One that can answer now, if any. */
  get someone(): RunningCore | null {
    const awake = [...this.#living.values()].flatMap((life) => life.core ?? []);
    return this.#random.pick(awake) ?? null;
  }

  #ends = new Map<string, () => void>();

  #birth(): Life {
    this.#born += 1;
    const life: Life = { owner: `service-${this.#born}`, over: false, core: null, hears: [] };
    this.#living.set(life.owner, life);
    return life;
  }

  #deathOf(life: Life): Promise<void> {
    return new Promise((resolve) => this.#ends.set(life.owner, resolve));
  }

  #die(life: Life): void {
    life.over = true;
    life.core = null;
    this.deaths += 1;
    this.#living.delete(life.owner);
    this.#ends.get(life.owner)?.();
    this.#ends.delete(life.owner);
    this.#died();
  }

  async #live(life: Life, untilNext: NextTick): Promise<void> {
    const ports = this.#portsOf(life);
    const deadAmong = async (owners: string[]) => owners.filter((owner) => !this.#living.has(owner));
    const core = await this.#program.startCore(ports, { owner: life.owner, deadAmong, news: this.#newsOf(life) });
    life.core = core;
    for (;;) {
      const minute = Math.floor(this.#ports.clock.now() / oneMinute) * oneMinute;
      await core.runMinute(minute).catch((error: unknown) => this.#failed(life, error));
      await ports.clock.wait(untilNext(this.#ports.clock.now(), minute));
    }
  }

  /** Whoever lives hears it at once. */
  #newsOf(life: Life): News {
    return {
      hear: (listener) => void life.hears.push(listener),
      tell: (text) => {
        if (life.over) return;
        for (const { hears } of this.#living.values()) for (const listener of hears) listener(text);
      },
    };
  }

  /** As the schedule of the service: it says so and goes on with the next minute. */
  #failed(life: Life, error: unknown): void {
    const reason = error instanceof Error ? `${error.name}: ${error.message.slice(0, 100)}` : 'unknown';
    if (!life.over) this.#ports.log.error('A minute could not be dealt with', { reason });
  }

  /** The ports of one life. Once it is over, nothing it waits for ever comes back. */
  #portsOf(life: Life): Ports {
    const living = async <T>(work: Promise<T>): Promise<T> => {
      const result = await work;
      return life.over ? new Promise<T>(() => {}) : result;
    };
    const { clock, database } = this.#ports;
    return {
      ...this.#ports,
      chat: this.#teams.chat(living),
      clock: {
        now: () => clock.now(),
        elapsed: () => clock.elapsed(),
        wait: (milliseconds, signal) => living(clock.wait(milliseconds, signal)),
      },
      database: { ...database, transaction: (work, patience) => living(this.#commit(life, work, patience)) },
    };
  }

  /** Now and then the process ends inside a transaction (nothing of it is kept), or when it has just been committed. */
  async #commit<T>(life: Life, work: Work, patience?: Patience): Promise<T> {
    const fate = life.over ? null : this.#fate();
    const done = this.#ports.database.transaction(async (db) => {
      const result = await work(db);
      if (fate === 'before' || life.over) throw new Died();
      return result;
    }, patience);
    try {
      const result = await done;
      if (fate === 'after') this.#die(life);
      return result as T;
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      if (!life.over) this.#die(life);
      return new Promise<T>(() => {});
    }
  }

  #fate(): ChosenDeath['side'] | null {
    this.commits += 1;
    if (this.#chosen !== null) return this.#chosen.commit === this.commits ? this.#chosen.side : null;
    if (!this.dangerous) return null;
    return (['before', 'after'] as const)[this.#random.whole(0, this.#deathsEvery - 1)] ?? null;
  }
}

class Died extends Error {}
