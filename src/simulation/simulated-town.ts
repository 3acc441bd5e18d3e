import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantAt, localAt } from '../calendar/index.ts';
import { currentPolicy, workingCalendar } from '../policy/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Ports } from '../ports/room.ts';
import { Crowd } from './crowd.ts';
import { inventedTown } from './invented-town.ts';
import { Lives } from './lives.ts';
import { Misfortunes } from './misfortunes.ts';
import type { Program, SimulationOptions } from './program.ts';
import { booksOf, itemWithId } from './queries.ts';
import { recount } from './recount.ts';
import { sampleTown } from './sample-town.ts';
import { SeededRandom } from './seeded-random.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { simulatedPorts } from './simulated-ports.ts';
import { SimulatedTeams, type StoredCard } from './simulated-teams.ts';
import { Ticks } from './ticks.ts';
import { clockFile, type Town } from './town.ts';
import { asksOnWednesday, type Violation, Watch, type When } from './watch.ts';

const timeZone = 'Asia/Tokyo';
const oneMinute = 60_000;
const oneHour = 60 * oneMinute;
const oneDay = 24 * oneHour;
const eventsPerRecount = 1000;
const longestWithTwo = 31;
/** How long before the last count the books are counted again after a death or a thousand events, where nothing else is said. */
const longBefore = 3 * oneDay;
/** How far back they are counted at the end: records are kept 90 days (P27). */
const countable = 80 * oneDay;
const beforeTheEvening = (19 * 60 + 25) * oneMinute;

/** The simulated town: its people, its services, its Teams, and those who watch. */
export class SimulatedTown {
  readonly #program: Program;
  readonly #options: SimulationOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), 'kaeru-simulation-'));
  readonly #town: Town;
  readonly #start: Instant;
  readonly #clock: SimulatedClock;
  readonly #watch: Watch;
  readonly #teams: SimulatedTeams;
  readonly #feeds: SeededRandom;
  readonly #misfortunes: Misfortunes;
  readonly #ticks: Ticks;
  readonly #arrived: { card: StoredCard; at: Instant }[] = [];
  #ports: Ports | null = null;
  #lives: Lives | null = null;
  #crowd: Crowd | null = null;
  #when: When | null = null;
  #events = 0;
  #died = false;
  /** When the books were counted last, in business time. */
  #counted: Instant;

  constructor(program: Program, options: SimulationOptions, iso: (at: Instant) => string) {
    const { seed, staff, days } = options;
    this.#program = program;
    this.#options = options;
    this.#town = options.sample ? sampleTown(program.sampleFolder, days, seed) : inventedTown(staff, days, seed);
    this.#start = instantAt(this.#town.firstDay, 0, timeZone);
    this.#counted = this.#start;
    this.#clock = new SimulatedClock(this.#start);
    this.#watch = new Watch(iso, this.#town.pingsPerWeek);
    this.#feeds = new SeededRandom(seed, 'feeds');
    this.#ticks = new Ticks(program.rooms, new SeededRandom(seed, 'ticks'));
    this.#teams = new SimulatedTeams(this.#clock, new SeededRandom(seed, 'teams'), {
      posted: () => {
        this.#events += 1;
      },
      accepted: (card, kind) => {
        if (kind === 'send') this.#arrived.push({ card, at: this.#clock.now() });
        this.#watch.linesShown(card.lines);
        this.#crowd?.looksAt(card, kind);
      },
      wrong: (what) => this.#watch.report(this.#clock.now(), what),
    });
    const { people } = this.#town;
    const world = { clock: this.#clock, random: new SeededRandom(seed, 'world'), teams: this.#teams, people };
    this.#misfortunes = new Misfortunes(world);
  }

  /** Two services in every second short run: they look after each other every ten seconds, which a year has too many of. */
  get #services(): number {
    const { seed, days, services } = this.#options;
    return services ?? (seed % 2 === 0 && days <= longestWithTwo ? 2 : 1);
  }

  get size(): number {
    return this.#town.people.length;
  }

  get violations(): Violation[] {
    return this.#watch.violations;
  }

  get counts(): Record<string, number> {
    const { deaths = 0, commits = 0 } = this.#lives ?? {};
    return { ...this.#teams.counts, commits, deaths, presses: this.#crowd?.presses ?? 0 };
  }

  /** An empty store, the town's policy and files, the services, everybody's installation. */
  async open(): Promise<void> {
    const { cards } = this.#program;
    const { seed, liveliness = 1 } = this.#options;
    const { people } = this.#town;
    const ports = await simulatedPorts(this.#program, this.#folder, {
      seed,
      clock: this.#clock,
      teams: this.#teams,
      alone: this.#services === 1,
      wrong: (what) => this.#watch.report(this.#clock.now(), what),
    });
    this.#ports = ports;
    for (const { command, file, content } of this.#town.imports) await this.#import(command, file, content);
    const world = { teams: this.#teams, clock: this.#clock, random: new SeededRandom(seed, 'lives') };
    const died = () => {
      this.#died = true;
      this.#teams.forgetTold();
    };
    const lives = new Lives(this.#program, ports, world, died, this.#options);
    this.#lives = lives;
    this.#crowd = new Crowd(
      { clock: this.#clock, random: new SeededRandom(seed, 'crowd'), cards, people, liveliness },
      () => lives.someone,
      {
        wrong: (what) => this.#watch.report(this.#clock.now(), what),
        heard: (chat) => this.#teams.heardOf(chat),
      },
    );
    for (let service = 0; service < this.#services; service += 1)
      void lives.run((now, done) => this.#ticks.untilNext(now, done));
    await this.#clock.runTo(this.#clock.elapsed() + oneMinute, () => this.#look());
    this.#crowd.installEverybody();
  }

  /** One day of the town, with what befalls it. */
  async runDay(day: number): Promise<void> {
    const end = day * oneDay;
    const date = localAt(this.#start + end - 1, timeZone).date;
    const ports = this.#open();
    const book = await currentPolicy(ports.database.db, ports.settings);
    this.#when = { calendar: await workingCalendar(ports.database.db, book, date), timeZone };
    await this.#ticks.dayBegins(ports, date, this.#when);
    if (!this.#options.death) this.#misfortunes.dayBegins(this.#crowd);
    await this.#clock.runTo(Math.max(end - oneDay + beforeTheEvening, this.#clock.elapsed()), () => this.#look());
    await this.#feedClock(date);
    await this.#clock.runTo(end, () => this.#look());
    await this.#dayEnds(date, this.#when);
  }

  /** Nothing dies any more; what can go goes; then everything is counted. */
  async comeToRest(): Promise<void> {
    if (this.#lives) this.#lives.dangerous = false;
    this.#crowd?.stop();
    await this.#clock.runTo(this.#clock.elapsed() + 6 * oneHour, () => this.#look());
    const ports = this.#open();
    const now = this.#clock.now();
    await recount(ports.database.db, this.#watch, { since: now - countable, now }, true);
    const { overLimit, posts } = this.#teams.counts;
    if (overLimit > (this.#lives?.deaths ?? 0) + posts / 1000)
      this.#watch.report(now, 'Teams was called faster than it allows, more often than services died');
    const { failed } = await this.#commandOf('audit verify').run(ports, [], {});
    if (failed) this.#watch.report(now, 'the audit chain does not verify');
  }

  async close(): Promise<void> {
    await this.#ports?.database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What is looked at when a moment has come to rest: each card that arrived; the books after a death and now and then. */
  async #look(): Promise<void> {
    for (const { card, at } of this.#arrived.splice(0)) await this.#lookAt(card, at);
    if (this.#died || this.#events >= eventsPerRecount) await this.#recount();
  }

  async #recount(): Promise<void> {
    this.#died = false;
    this.#events = 0;
    const now = this.#clock.now();
    const since = Math.min(now, this.#counted) - (this.#options.countedBefore ?? longBefore);
    this.#counted = now;
    await recount(this.#open().database.db, this.#watch, { since, now }, false);
  }

  /** Who should have been asked that day was: on a calm day, when nobody can say that Teams or the clock kept the cards. */
  async #dayEnds(date: LocalDate, when: When): Promise<void> {
    const asks = this.#program.rooms.some((room) => room.rules?.some(({ name }) => name === asksOnWednesday));
    if (!asks || !this.#misfortunes.calm) return;
    await this.#recount();
    const rows = await booksOf(this.#open().database.db, { rule: asksOnWednesday, date });
    const reached = (staff: string) => this.#crowd?.hasApp(staff, this.#teams) ?? false;
    this.#watch.dayEnds(date, this.#clock.now(), { when, rows, people: this.#town.people, reached });
  }

  async #lookAt(card: StoredCard, at: Instant): Promise<void> {
    const { db } = this.#open().database;
    const row = card.item === null ? undefined : await itemWithId(db, { id: card.item });
    const item = row && {
      rule: row.rule,
      staff: row.staff,
      date: row.date,
      dueAt: row.due_at,
      plannedAt: row.created_at,
      lastUsefulAt: row.last_useful_at,
    };
    const citizen = this.#crowd?.citizenOf(card.conversation) ?? null;
    if (this.#when) this.#watch.cardAccepted(card, at, item ?? null, citizen, this.#when);
  }

  /** The town's clock system sends who is still at work. */
  async #feedClock(date: LocalDate): Promise<void> {
    const feed = this.#program.rooms.flatMap((room) => room.feeds ?? []).find((one) => one.name === 'clock');
    if (!feed) return;
    const content = Buffer.from(clockFile(this.#town.people, date, this.#feeds));
    const { failed } = await feed.take(this.#open(), content, 'simulation');
    if (failed) this.#watch.report(this.#clock.now(), `the clock feed was refused: ${failed.code}`);
  }

  async #import(command: string, name: string, content: string): Promise<void> {
    const path = join(this.#folder, name);
    writeFileSync(path, content);
    const { failed } = await this.#commandOf(command).run(this.#open(), [path], {});
    if (failed) throw new Error(`${command}: ${failed.message}`);
  }

  #commandOf(name: string) {
    const command = this.#program.rooms.flatMap((room) => room.cli ?? []).find((one) => one.name === name);
    if (!command) throw new Error(`No room has the command ${name}.`);
    return command;
  }

  #open(): Ports {
    if (!this.#ports) throw new Error('The town is not open.');
    return this.#ports;
  }
}
