import { addDays, localAt } from '../calendar/index.ts';
import { importsRevision } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { OccasionRule, Ports } from '../ports/room.ts';

const daysKept = 4;

/** One minute at which a rule may have something for somebody. */
export interface Due {
  rule: OccasionRule;
  date: LocalDate;
  minute: Instant;
  /** Nothing that is due then is of use from this instant on. */
  usefulUntil: Instant;
}

/**
 * The minutes of a day at which some rule may be due, worked out once for each state of roster and policy: a tick then costs
 * nothing on the other minutes. A few dozen of a day, however many people there are: who is due is decided at the minute.
 */
export class DueMinutes {
  readonly #rules: OccasionRule[];
  readonly #days = new Map<LocalDate, Due[]>();
  /** Of which roster and policy what is known here was worked out. */
  state = '';

  constructor(rules: OccasionRule[]) {
    this.#rules = rules;
  }

  /** True when roster, leave, holidays or policy changed since the last call (also on the first). */
  async changed(ports: Ports): Promise<boolean> {
    const { db } = ports.database;
    const book = await currentPolicy(db, ports.settings);
    const state = `${book.version} ${await importsRevision(db)}`;
    if (state === this.state) return false;
    this.state = state;
    this.#days.clear();
    return true;
  }

  /** What is due after `from` and up to `to`, in order of time. Days of both ends are looked at, and the day before for duty past midnight. */
  async between(ports: Ports, from: Instant, to: Instant, timeZone: string): Promise<Due[]> {
    const due: Due[] = [];
    const last = localAt(to, timeZone).date;
    for (let date = addDays(localAt(from, timeZone).date, -1); date <= last; date = addDays(date, 1)) {
      for (const one of await this.#ofDay(ports, date)) if (one.minute > from && one.minute <= to) due.push(one);
    }
    return due.sort((a, b) => a.minute - b.minute);
  }

  async #ofDay(ports: Ports, date: LocalDate): Promise<Due[]> {
    const known = this.#days.get(date);
    if (known) return known;
    const due: Due[] = [];
    for (const rule of this.#rules) {
      const minutes = new Map<Instant, Instant>();
      for (const { at, usefulUntil } of await rule.minutes(ports, ports.database.db, date)) {
        minutes.set(at, Math.max(minutes.get(at) ?? 0, usefulUntil));
      }
      for (const [minute, usefulUntil] of minutes) due.push({ rule, date, minute, usefulUntil });
    }
    this.#days.set(date, due);
    for (const old of [...this.#days.keys()].slice(0, -daysKept)) this.#days.delete(old);
    return due;
  }
}
