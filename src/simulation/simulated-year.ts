import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, instantAt, localAt } from '../calendar/index.ts';
import { currentPolicy, workingCalendar } from '../policy/index.ts';
import type { Cards } from '../ports/cards.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Ports } from '../ports/room.ts';
import { type Citizen, cityOf, clockFile, leaveFile, policyFile, staffFile } from './city.ts';
import { Crowd } from './crowd.ts';
import { Lives } from './lives.ts';
import type { Program, SimulationOptions } from './program.ts';
import { recount } from './recount.ts';
import { SeededRandom } from './seeded-random.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { SimulatedTeams, type StoredCard } from './simulated-teams.ts';
import { type Violation, Watch, type When } from './watch.ts';

const firstDay: LocalDate = '2026-04-01';
const timeZone = 'Asia/Tokyo';
const oneMinute = 60_000;
const oneHour = 60 * oneMinute;
const oneDay = 24 * oneHour;
const eventsPerRecount = 1000;
const longestWithTwo = 31;
/** Records of delivery are kept 90 days (P27): what is older cannot be counted any more. */
const countable = 80 * oneDay;

/** The simulated city: its people, its services, its Teams, and those who watch. */
export class City {
  readonly #program: Program;
  readonly #options: SimulationOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), 'kaeru-simulation-'));
  readonly #start: Instant = instantAt(firstDay, 0, timeZone);
  readonly #clock = new SimulatedClock(this.#start);
  readonly #watch: Watch;
  readonly #teams: SimulatedTeams;
  readonly #people: Citizen[];
  readonly #world: SeededRandom;
  readonly #arrived: { card: StoredCard; at: Instant }[] = [];
  #ports: Ports | null = null;
  #lives: Lives | null = null;
  #crowd: Crowd | null = null;
  #when: When | null = null;
  #events = 0;
  #died = false;

  constructor(program: Program, options: SimulationOptions, iso: (at: Instant) => string) {
    this.#program = program;
    this.#options = options;
    this.#watch = new Watch(iso);
    this.#world = new SeededRandom(options.seed, 'world');
    this.#people = cityOf(options.staff, new SeededRandom(options.seed, 'people'), firstDay, options.days);
    this.#teams = new SimulatedTeams(this.#clock, new SeededRandom(options.seed, 'teams'), {
      posted: () => {
        this.#events += 1;
      },
      accepted: (card, kind) => {
        if (kind === 'send') this.#arrived.push({ card, at: this.#clock.now() });
        this.#crowd?.looksAt(card, kind);
      },
    });
  }

  /** Two services in every second short run: they look after each other every ten seconds, which a year has too many of. */
  get #services(): number {
    const { seed, days } = this.#options;
    return seed % 2 === 0 && days <= longestWithTwo ? 2 : 1;
  }

  get violations(): Violation[] {
    return this.#watch.violations;
  }

  get counts(): Record<string, number> {
    return { ...this.#teams.counts, deaths: this.#lives?.deaths ?? 0, presses: this.#crowd?.presses ?? 0 };
  }

  /** An empty store, the city's policy and files, the services, everybody's installation. */
  async open(): Promise<void> {
    const { cards } = this.#program;
    const ports = await this.#portsOf(cards);
    this.#ports = ports;
    await this.#import('policy apply', 'policy.yaml', policyFile(this.#people));
    await this.#import(
      'import staff',
      'staff.csv',
      staffFile(this.#people, new SeededRandom(this.#options.seed, 'staff')),
    );
    await this.#import('import leave', 'leave.csv', leaveFile(this.#people));
    const random = new SeededRandom(this.#options.seed, 'lives');
    const lives = new Lives(this.#program, ports, { teams: this.#teams, clock: this.#clock, random }, () => {
      this.#died = true;
    });
    this.#lives = lives;
    this.#crowd = new Crowd(
      { clock: this.#clock, random: new SeededRandom(this.#options.seed, 'crowd'), cards, people: this.#people },
      () => lives.someone,
      (what) => this.#watch.report(this.#clock.now(), what),
    );
    for (let service = 0; service < this.#services; service += 1) void lives.run(untilNextTick);
    await this.#clock.runTo(this.#clock.elapsed() + oneMinute, () => this.#look());
    this.#crowd.installEverybody();
  }

  /** One day of the city, with what befalls it. */
  async runDay(day: number): Promise<void> {
    const end = day * oneDay;
    const date = localAt(this.#start + end - 1, timeZone).date;
    const ports = this.#open();
    const book = await currentPolicy(ports.database.db, ports.settings);
    this.#when = { calendar: await workingCalendar(ports.database.db, book, date), timeZone };
    this.#misfortunes();
    const beforeEvening = end - oneDay + (19 * 60 + 25) * oneMinute;
    await this.#clock.runTo(Math.max(beforeEvening, this.#clock.elapsed()), () => this.#look());
    await this.#feedClock(date);
    await this.#clock.runTo(end, () => this.#look());
  }

  /** Nothing dies any more; what can go goes; then everything is counted. */
  async comeToRest(): Promise<void> {
    if (this.#lives) this.#lives.dangerous = false;
    this.#crowd?.stop();
    await this.#clock.runTo(this.#clock.elapsed() + 6 * oneHour, () => this.#look());
    const ports = this.#open();
    const now = this.#clock.now();
    await recount(ports.database.db, this.#watch, now - countable, now, true);
    const verify = this.#commandOf('audit verify');
    const { failed } = await verify.run(ports, [], {});
    if (failed) this.#watch.report(now, 'the audit chain does not verify');
  }

  async close(): Promise<void> {
    await this.#ports?.database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What is looked at when a moment has come to rest: each card that arrived; the books after a death and now and then. */
  async #look(): Promise<void> {
    const { db } = this.#open().database;
    for (const { card, at } of this.#arrived.splice(0)) await this.#lookAt(card, at);
    if (!this.#died && this.#events < eventsPerRecount) return;
    this.#died = false;
    this.#events = 0;
    const now = this.#clock.now();
    await recount(db, this.#watch, now - 3 * oneDay, now, false);
  }

  async #lookAt(card: StoredCard, at: Instant): Promise<void> {
    const { db } = this.#open().database;
    const row =
      card.item === null
        ? undefined
        : await db.selectFrom('item').selectAll().where('id', '=', card.item).executeTakeFirst();
    const item = row && {
      rule: row.rule,
      staff: row.staff,
      date: row.date,
      dueAt: row.due_at,
      lastUsefulAt: row.last_useful_at,
    };
    const citizen = this.#people.find((one) => `chat-${one.staff}` === card.conversation) ?? null;
    if (this.#when) this.#watch.cardAccepted(card, at, item ?? null, citizen, this.#when);
  }

  /** Teams is away now and then; somebody takes the app away and installs it again; the machine's clock is set wrong and right again. */
  #misfortunes(): void {
    const random = this.#world;
    if (random.chance(0.06))
      this.#later(random.whole(0, oneDay), () => this.#teams.goDown(random.whole(1, 300) * oneMinute));
    if (random.chance(0.2)) {
      const chat = `chat-${random.pick(this.#people)?.staff ?? ''}`;
      this.#later(random.whole(0, oneDay), () => this.#teams.setGone(chat, true));
      this.#later(random.whole(1, 20) * oneDay, () => this.#crowd?.installsAgain(chat, this.#teams));
    }
  }

  #later(milliseconds: number, what: () => void): void {
    void this.#clock.wait(milliseconds).then(what);
  }

  /** The city's clock system sends who is still at work. */
  async #feedClock(date: LocalDate): Promise<void> {
    const feed = this.#program.rooms.flatMap((room) => room.feeds ?? []).find((one) => one.name === 'clock');
    if (!feed || addDays(date, 0) !== date) return;
    const { failed } = await feed.take(
      this.#open(),
      Buffer.from(clockFile(this.#people, date, this.#world)),
      'simulation',
    );
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
    if (!this.#ports) throw new Error('The city is not open.');
    return this.#ports;
  }

  async #portsOf(drawn: Cards): Promise<Ports> {
    const checked = new SeededRandom(this.#options.seed, 'cards');
    const cards: Cards = {
      expand: (content) => {
        if (checked.chance(0.01)) drawn.expand(content);
        return { undrawn: content };
      },
    };
    const store = await this.#program.openStore();
    return {
      database: { ...store, sharedElapsed: this.#services === 1 ? null : async () => this.#clock.elapsed() },
      clock: this.#clock,
      random: new SeededRandom(this.#options.seed, 'ports'),
      secrets: this.#program.openSecrets(this.#folder),
      chat: this.#teams.chat((work) => work),
      cards,
      log: this.#log(),
      settings: {
        mode: 'rehearsal',
        pace: 45,
        serviceUrl: null,
        tenantId: null,
        dataFolder: this.#folder,
        samplePolicy: null,
      },
    };
  }

  /** What a service says as an error is looked at, but for the breaker, which says what it is there to say. */
  #log(): Log {
    const error: Log['error'] = (message, data) => {
      if (!message.startsWith('Teams refuses')) {
        this.#watch.report(this.#clock.now(), `log: ${message} (${String(data?.['reason'] ?? data?.['why'] ?? '')})`);
      }
    };
    return { info: () => {}, warn: () => {}, error };
  }
}

/** Milliseconds to the next look at the clock: every five minutes in the morning, every quarter of an hour otherwise. */
function untilNextTick(now: Instant): number {
  const { minute } = localAt(now, timeZone);
  const step = (minute >= 7 * 60 && minute < 10 * 60 ? 5 : 15) * oneMinute;
  return step - (now % step);
}
