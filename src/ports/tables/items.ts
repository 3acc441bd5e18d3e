import type { Instant, LocalDate } from '../clock.ts';

/** What a programme wants of a person: one row per (rule, occasion, person), whether it was sent or not. */
export interface ItemTable {
  id: string;
  rule: string;
  occasion: string;
  date: LocalDate;
  staff: string;
  card: string;
  due_at: Instant;
  last_useful_at: Instant;
  urgency: 'ping' | 'merge' | 'digest';
  priority: number;
  state: 'open' | 'skipped' | 'cancelled';
  why: string | null;
  note: string | null;
  /** What the item is about, in the words of the room that made it (JSON). */
  about: string | null;
  revision: number;
  policy_version: number;
  created_at: Instant;
}

export type MessageState =
  | 'pending'
  | 'sending'
  | 'sent'
  | 'refused'
  | 'unknown'
  | 'skipped'
  | 'cancelled'
  | 'recalled';

/** What Teams shows: one activity. */
export interface MessageTable {
  id: string;
  staff: string;
  aad_id: string | null;
  priority: number;
  due_at: Instant;
  last_useful_at: Instant;
  state: MessageState;
  why: string | null;
  attempts: number;
  owner: string | null;
  activity_id: string | null;
  created_at: Instant;
  settled_at: Instant | null;
  shown_revision: number | null;
  /** How often it is sent again by itself when it is unknown whether it arrived (`resendOnce`); 0 for a reminder. */
  resends_left: number;
  /** It counts against the contact budget of its person when it goes. */
  counts: 0 | 1;
  /** The Monday of the week it was counted in when it was claimed last; null where it was not. */
  counted_week: LocalDate | null;
  /** Other items may stand on it beside its own: it is looked at when it is claimed, drawn or updated. */
  carries: 0 | 1;
}

/**
 * Which message showed which item at which revision, and when. `until_at` is null for the one that shows it now; revision -1:
 * it is to show it and has not been seen to yet.
 */
export interface MessageItemTable {
  message_id: string;
  item_id: string;
  revision: number;
  from_at: Instant;
  until_at: Instant | null;
  /** 0: the item the message was planned for, drawn in full. Further ones are lines under it, in this order. */
  place: number;
}

/** At most one waiting update per message; the latest revision wins. `again`: asked for while one was under way. */
export interface MessageUpdateTable {
  message_id: string;
  state: 'pending' | 'sending';
  attempts: number;
  owner: string | null;
  queued_at: Instant;
  again: 0 | 1;
}

/** One row = one HTTP request to the Connector. */
export interface AttemptTable {
  id: string;
  message_id: string;
  kind: 'create' | 'send' | 'update';
  started_at: Instant;
  ended_at: Instant | null;
  outcome: string | null;
  status: number | null;
  why: string | null;
}

export interface ItemTables {
  item: ItemTable;
  message: MessageTable;
  message_item: MessageItemTable;
  message_update: MessageUpdateTable;
  attempt: AttemptTable;
}
