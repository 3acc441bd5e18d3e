import { weekStartOf } from '../../calendar/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Contact, Urgency } from '../../ports/room.ts';
import type { MessageState } from '../../ports/tables.ts';

/** At most so many other items stand as lines on one card; the rest wait, or stay where they are. */
export const mostCarried = 6;

/** What decides how a card reaches a person. `used` of `budget` counted pings have reached them, or are on their way, this week. */
export interface ContactFacts {
  contact: Contact;
  urgency: Urgency;
  used: number;
  budget: number;
  /** A card of today stands in the chat that another item can join in place. */
  cardToday: boolean;
}

/** `ping`: a message of its own. `join`: a line on today's card, without a notification. `held`: waits for the next ping. */
export type Way = { way: 'ping'; counts: boolean } | { way: 'join' } | { way: 'held'; why: 'budget' | 'digest' };

/**
 * How an item goes (design 3a). What is time-bound, awaited, a reply or urgent always rings at once and counts for nothing. A
 * digest waits for the next ping. A merge joins today's card; on a day without one it is a ping, because its figures are due
 * that day (P20). A ping beyond the week's budget waits as a digest.
 */
export function wayOf({ contact, urgency, used, budget, cardToday }: ContactFacts): Way {
  if (urgency === 'merge' && cardToday) return { way: 'join' };
  if (contact !== 'counted') return { way: 'ping', counts: false };
  if (urgency === 'digest') return { way: 'held', why: 'digest' };
  return used >= budget ? { way: 'held', why: 'budget' } : { way: 'ping', counts: true };
}

/** The Monday that begins the ISO week of a local date: the week in which pings are counted. */
export function weekOf(date: LocalDate): LocalDate {
  return weekStartOf(date, 'mon');
}

/** The message that shows an item, and the reason for which the message planned for it did not go by itself. */
export interface ShowingFacts {
  state: MessageState;
  why: string | null;
  /** The item stands on a message that was planned for another one. */
  elsewhere: boolean;
  /** Why its own message waited, where that one never left. */
  ownWhy: string | null;
}

/** What became of an item: it came by itself, came on another card, waits for the next ping or for working hours, or was left out; and why. */
export type Fate =
  | { is: 'reached' }
  | { is: 'merged'; why: 'budget' | 'digest' | 'today' }
  | { is: 'held' | 'skipped'; why: 'budget' | 'digest' | 'hours' };

/** Null where it is none of these: on its way, refused, cancelled, left out for another reason. `today`: it moved to a newer card. */
export function fateOf({ state, why, elsewhere, ownWhy }: ShowingFacts): Fate | null {
  const reason = (text: string | null) => (text === 'budget' || text === 'digest' ? text : null);
  if (state === 'sent' && !elsewhere) return { is: 'reached' };
  if (state === 'sent') return { is: 'merged', why: reason(ownWhy) ?? 'today' };
  const held = why === 'hours' ? why : reason(why);
  if (held === null || (state !== 'pending' && state !== 'skipped')) return null;
  return { is: state === 'pending' ? 'held' : 'skipped', why: held };
}
