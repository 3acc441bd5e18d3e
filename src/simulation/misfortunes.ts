import type { Crowd } from './crowd.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import type { SimulatedTeams } from './simulated-teams.ts';
import type { Citizen } from './town.ts';

interface World {
  clock: SimulatedClock;
  random: SeededRandom;
  teams: SimulatedTeams;
  people: Citizen[];
}

const oneMinute = 60_000;
const oneHour = 60 * oneMinute;
const oneDay = 24 * oneHour;
const steps = [oneHour, -oneHour, oneDay, -oneDay];

/**
 * What befalls the town besides the deaths of its services: Teams is away, somebody takes the app away and installs it again,
 * the clock of the machine is set wrong by an hour or a day and right again.
 */
export class Misfortunes {
  readonly #world: World;
  /** Elapsed time up to which nothing can be said of who should have been reached. */
  #confusedUntil = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Draws what the coming day brings. `crowd` installs again what was taken away. */
  dayBegins(crowd: Crowd | null): void {
    const { random, people, teams } = this.#world;
    if (random.chance(0.06)) {
      const length = random.whole(1, 300) * oneMinute;
      this.#later(random.whole(0, oneDay), () => teams.goDown(length), length);
    }
    if (random.chance(0.3)) {
      const chat = `chat-${random.pick(people)?.staff ?? ''}`;
      this.#later(random.whole(0, oneDay), () => teams.setGone(chat, true));
      this.#later(random.whole(3, 40) * oneDay, () => crowd?.installsAgain(chat, teams));
    }
    if (random.chance(0.015)) this.#wrongClock(random.pick(steps) ?? oneHour);
  }

  /** True when nothing in the last two days kept cards from going at their time. */
  get calm(): boolean {
    return this.#world.clock.elapsed() > this.#confusedUntil;
  }

  #wrongClock(by: number): void {
    const { random, clock } = this.#world;
    const wrong = random.whole(0, oneDay);
    const wrongFor = random.whole(1, 240) * oneMinute;
    this.#later(wrong, () => clock.step(by), wrongFor + Math.abs(by));
    this.#later(wrong + wrongFor, () => clock.step(-by));
  }

  #later(milliseconds: number, what: () => void, confusedFor = 0): void {
    const { clock } = this.#world;
    if (confusedFor > 0) {
      this.#confusedUntil = Math.max(this.#confusedUntil, clock.elapsed() + milliseconds + confusedFor + oneDay);
    }
    void clock.wait(milliseconds).then(what);
  }
}
