import { dayKind, localAt, type WorkingCalendar, weekdayOf, weekStartOf } from '../calendar/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { StoredCard } from './simulated-teams.ts';
import { type Citizen, isEmployed } from './town.ts';

/** Something that must never be. `at` is an ISO text of business time. */
export interface Violation {
  at: string;
  what: string;
  rule?: string;
  staff?: string;
}

/** What an item is, for those who watch: read once from the store when it is first seen. */
export interface WatchedItem {
  rule: string;
  staff: string;
  date: string;
  dueAt: Instant;
  /** When it was planned, by the clock of then. */
  plannedAt: Instant;
  lastUsefulAt: Instant;
}

/** The rule that asks everybody on a Wednesday. */
export const asksOnWednesday = 'no-overtime-day';
/** What counts against the contact budget, as docs/decisions/0011-contact-budget.md says. */
const counted = new Set([
  'no-overtime-day.result',
  'prior-application',
  'prior-application.gaps',
  'late-work.order-missing',
  'late-work.order-missing-office',
  'weekly-digest',
  'interval',
  'rest-plan',
]);
const earliest = 7 * 60;
const clockWrongBy = 2 * 24 * 60 * 60_000;
const latest = 22 * 60;
const mostKept = 50;

/**
 * What is looked at when a card reaches somebody. The facts come from the simulated city and the calendar, not from the rooms
 * that decided.
 */
export class Watch {
  readonly violations: Violation[] = [];
  /** How often each item's card was accepted, and when last. */
  readonly accepted = new Map<string, { times: number; at: Instant }>();
  /** The items of accepted cards in the order in which they arrived. */
  readonly #arrivals: { item: string; at: Instant }[] = [];
  readonly #iso: (at: Instant) => string;

  readonly #pingsPerWeek: number;
  /** Counted cards by person and ISO week. */
  readonly #pings = new Map<string, number>();
  readonly #lines = new Set<string>();

  constructor(iso: (at: Instant) => string, pingsPerWeek = Number.POSITIVE_INFINITY) {
    this.#iso = iso;
    this.#pingsPerWeek = pingsPerWeek;
  }

  /** These items stand as lines on a card that Teams took. */
  linesShown(items: string[]): void {
    for (const item of items) this.#lines.add(item);
  }

  /** Whether a person's Teams has ever held that item, on a card of its own or as a line. */
  hasReached(item: string): boolean {
    return this.accepted.has(item) || this.#lines.has(item);
  }

  report(at: Instant, what: string, item?: Pick<WatchedItem, 'rule' | 'staff'>): void {
    if (this.violations.length >= mostKept) return;
    const of = item === undefined ? {} : { rule: item.rule, staff: item.staff };
    this.violations.push({ at: this.#iso(at), what, ...of });
  }

  /** A card was accepted by Teams for the first time or again. */
  cardAccepted(card: StoredCard, now: Instant, item: WatchedItem | null, citizen: Citizen | null, when: When): void {
    if (card.item === null) return;
    const times = (this.accepted.get(card.item)?.times ?? 0) + 1;
    this.accepted.set(card.item, { times, at: now });
    this.#arrivals.push({ item: card.item, at: now });
    if (item === null) {
      this.report(now, 'a card shows an item that the store does not hold');
      return;
    }
    if (times > 1) this.report(now, 'one item reached a person as two cards', item);
    if (citizen && citizen.staff !== item.staff) this.report(now, 'a card went into another person’s chat', item);
    if (now > item.lastUsefulAt) this.report(now, 'a card was sent after its last useful minute', item);
    // A campaign that has begun goes on where the clock is set back meanwhile (decision 0030).
    if (Math.max(now, item.plannedAt) < item.dueAt) this.report(now, 'a card was sent before it was due', item);
    if (!isAnswer(item.rule) && citizen) this.#mayDisturb(now, item, citizen, when);
    if (counted.has(item.rule)) this.#count(now, item, when);
  }

  /** Items whose card arrived since that instant; a clock that was set wrong may have put some of them out of order. */
  acceptedSince(since: Instant): string[] {
    let from = this.#arrivals.length;
    while (from > 0 && (this.#arrivals[from - 1]?.at ?? 0) >= since - clockWrongBy) from -= 1;
    return this.#arrivals.slice(from).flatMap(({ item, at }) => (at >= since ? [item] : []));
  }

  /** Looks who was forgotten: on a Wednesday everybody who works by day stands in the books, and whoever has the app has the card. */
  dayEnds(date: LocalDate, now: Instant, { when, rows, people, reached }: DayBooks): void {
    if (weekdayOf(date) !== 'wed' || dayKind(date, when.calendar) !== 'working') return;
    const asked = new Map(rows.map((row) => [row.staff, row]));
    for (const one of people) {
      if (one.shift || one.away || !isEmployed(one, date) || one.leave.has(date)) continue;
      const row = asked.get(one.staff);
      const item = { rule: asksOnWednesday, staff: one.staff };
      if (!row) this.report(now, 'somebody who works by day was forgotten on a Wednesday', item);
      else if (row.itemState === 'open' && row.state === 'skipped' && reached(one.staff))
        this.report(now, 'the Wednesday card of somebody who has the app never went on a calm day', item);
    }
  }

  /** The contact budget: only some cards count, and of those a person gets so many in an ISO week. */
  #count(now: Instant, item: WatchedItem, { timeZone }: When): void {
    const key = `${item.staff} ${weekStartOf(localAt(now, timeZone).date, 'mon')}`;
    const pings = (this.#pings.get(key) ?? 0) + 1;
    this.#pings.set(key, pings);
    if (pings > this.#pingsPerWeek)
      this.report(now, 'somebody was called more often than the contact budget allows', item);
  }

  #mayDisturb(now: Instant, item: WatchedItem, citizen: Citizen, { calendar, timeZone }: When): void {
    const { date, minute } = localAt(now, timeZone);
    if (minute < earliest || minute >= latest) this.report(now, 'a card was sent at night', item);
    if (citizen.leave.has(date)) this.report(now, 'a card was sent to somebody on leave', item);
    if (dayKind(date, calendar) !== 'working') this.report(now, 'a card was sent on a day off', item);
    if (citizen.shift) this.report(now, 'a card was sent to somebody on shifts', item);
    if (citizen.away) this.report(now, 'a card was sent to somebody in 休職', item);
    if (!isEmployed(citizen, date)) this.report(now, 'a card was sent to somebody who is not employed', item);
  }
}

/** What those who watch see when a day is over. */
export interface DayBooks {
  when: When;
  /** What was asked of everybody on that Wednesday, and the state of the message that shows it. */
  rows: { staff: string; itemState: string; state: string | null }[];
  people: Citizen[];
  /** Whether somebody has the app and the service knows. */
  reached(staff: string): boolean;
}

export interface When {
  calendar: WorkingCalendar;
  timeZone: string;
}

/** What somebody asked for or is greeted with may come at any time: Kaeru answers whoever types at night. */
const answers = new Set([
  'late-work.order-missing-list',
  'late-work.prior-ok',
  'late-work.stay',
  'no-overtime-day.team',
  'overtime.own-hours',
  'pauses.emergency',
  'pauses.notices',
  'prior-application.settings',
]);
const isAnswer = (rule: string) => /^(conversation|delivery)\./.test(rule) || answers.has(rule);
