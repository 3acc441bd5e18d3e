import { dayKind, localAt } from '../calendar/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Ports, Room } from '../ports/room.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { When } from './watch.ts';

const oneMinute = 60_000;
/** Between these minutes of a working day a service looks at the clock now and then, whatever is due. */
const busyFrom = 7 * 60;
const busyUntil = 22 * 60 + 30;
const atNight = 60;

/**
 * Which minutes a service of the town deals with: by day those at which some room may have something, mostly at once and sometimes
 * late, and some between; an hour after the other at night and on days off. What was due meanwhile is caught up, as after a
 * service that stood still.
 */
export class Ticks {
  readonly #rules: NonNullable<Room['rules']>;
  readonly #random: SeededRandom;
  /** Minutes of the present day at which some rule may be due, in order. */
  #due: Instant[] = [];
  #when: When | null = null;

  constructor(rooms: Room[], random: SeededRandom) {
    this.#rules = rooms.flatMap((room) => room.rules ?? []);
    this.#random = random;
  }

  /** Asks the rooms what the day may bring, as a service does. */
  async dayBegins(ports: Ports, date: LocalDate, when: When): Promise<void> {
    const due = new Set<Instant>();
    for (const rule of this.#rules)
      for (const { at } of await rule.minutes(ports, ports.database.db, date)) due.add(at);
    this.#due = [...due].sort((one, other) => one - other);
    this.#when = when;
  }

  /** Milliseconds to the next minute a service looks at that has dealt with everything up to `done`. */
  untilNext(now: Instant, done: Instant): number {
    const later = (minutes: number) => minutes * oneMinute - (now % oneMinute);
    if (!this.#isBusy(now)) return later(atNight);
    if (this.#due.length === 0) return later(this.#random.whole(4, 18));
    const longest = later(this.#random.whole(10, 45));
    const late = this.#random.chance(0.3) ? this.#random.whole(1, 18) : 0;
    const due = this.#due.find((minute) => minute > done);
    return due === undefined ? longest : Math.min(longest, Math.max(0, due + late * oneMinute - now));
  }

  #isBusy(now: Instant): boolean {
    if (this.#when === null) return true;
    const { date, minute } = localAt(now, this.#when.timeZone);
    return dayKind(date, this.#when.calendar) === 'working' && minute >= busyFrom && minute < busyUntil;
  }
}
