import type { Instant } from './clock.ts';
import type { ItemTable } from './tables.ts';

export type WhyNot =
  | 'holiday'
  | 'year-end'
  | 'leave'
  | 'half-day'
  | 'trip'
  | 'absent'
  | 'shift'
  | 'emergency'
  | 'peak'
  | 'twice-in-7-days'
  | 'nothing-to-report'
  | 'not-in-scope'
  | 'replaced'
  | 'expired'
  | 'opted-out'
  | 'not-at-work'
  | 'left'
  | 'already-done'
  | 'muted'
  | 'not-hired'
  | 'retired'
  | 'unreachable';

/** What a rule says of one person on one local date: due at that instant, or why not. `at` is given in both cases. */
export interface Decision {
  staff: string;
  at: Instant;
  lastUsefulAt: Instant;
  why?: WhyNot;
  /** Kept with the item for the room itself (JSON): which teams a head's card covers. */
  about?: string;
}

/** `ping` rings, `merge` joins today's card of the person in place, `digest` waits for the next ping. */
export type Urgency = ItemTable['urgency'];

/**
 * How a card stands to the contact budget of a person (design 3a). Only `counted` counts, and only it may be held back.
 * `time-bound`: of use at that time of that day only (C01, C02, C08, a head's summary of the day). `awaited`: a decision
 * somebody waits for. `reply`: to what a person typed, pressed or installed. `urgent`: 災害, alarms, urgent broadcasts.
 */
export type Contact = 'counted' | 'time-bound' | 'awaited' | 'reply' | 'urgent';

export type PagesOf = 'people' | 'teams';

/** A part of the roster: 職員番号 behind `after` ('': from the first) up to and with `upTo` (null: to the last). */
export interface Page {
  after: string;
  upTo: string | null;
}

/** A minute at which somebody may be due. Nothing due then is of use from `usefulUntil` on. */
export interface DueMinute {
  at: Instant;
  usefulUntil: Instant;
}

/**
 * Everybody of that page whom the rule names, with the minute and, where nothing is sent, the reason. All pages of a roster give
 * everybody once.
 */
export type DecidePage = (page: Page) => Promise<Decision[]>;
