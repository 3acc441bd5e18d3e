import { dayKind, localAt, type WorkingCalendar } from '../calendar/index.ts';
import type { Instant } from '../ports/clock.ts';
import type { Citizen } from './city.ts';
import type { StoredCard } from './simulated-teams.ts';

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
  lastUsefulAt: Instant;
}

const earliest = 7 * 60;
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
  readonly #iso: (at: Instant) => string;

  constructor(iso: (at: Instant) => string) {
    this.#iso = iso;
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
    if (item === null) {
      this.report(now, 'a card shows an item that the store does not hold');
      return;
    }
    if (times > 1) this.report(now, 'one item reached a person as two cards', item);
    if (citizen && citizen.staff !== item.staff) this.report(now, 'a card went into another person’s chat', item);
    if (now > item.lastUsefulAt) this.report(now, 'a card was sent after its last useful minute', item);
    if (now < item.dueAt) this.report(now, 'a card was sent before it was due', item);
    if (!isAnswer(item.rule) && citizen) this.#mayDisturb(now, item, citizen, when);
  }

  #mayDisturb(now: Instant, item: WatchedItem, citizen: Citizen, { calendar, timeZone }: When): void {
    const { date, minute } = localAt(now, timeZone);
    if (minute < earliest || minute >= latest) this.report(now, 'a card was sent at night', item);
    if (citizen.leave.has(date)) this.report(now, 'a card was sent to somebody on leave', item);
    if (dayKind(date, calendar) !== 'working') this.report(now, 'a card was sent on a day off', item);
    if (citizen.shift) this.report(now, 'a card was sent to somebody on shifts', item);
  }
}

export interface When {
  calendar: WorkingCalendar;
  timeZone: string;
}

/** What somebody asked for or is greeted with may come at any time. */
const isAnswer = (rule: string) =>
  /^(conversation|delivery)\./.test(rule) || /\.(team|list|status|command)$/.test(rule);
