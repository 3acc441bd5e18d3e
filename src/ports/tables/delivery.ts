import type { Instant } from '../clock.ts';

/**
 * The one gate in front of the Connector, shared by all services of a store (one row). `paused_until`, `probe_at` and
 * `raise_at` are elapsed milliseconds of the store's shared clock, `next_at` is thousandths of them.
 */
export interface DeliveryGateTable {
  name: 'connector';
  /** The moment of the next call. */
  next_at: number;
  /** Calls given out since the store was made. */
  calls: number;
  /** Calls of the last second that came to Teams after their moment, and when. */
  late: string;
  /** The pace that refusals taught, in thousandths of a call a second; null where the configured one holds. */
  learned: number | null;
  /** From then on the learned pace grows. */
  raise_at: number;
  /** How long the last learned pace was kept, in milliseconds. */
  hold: number;
  /** Loads (calls in the second before) at which Teams refused lately, not disproved since: `49,30,30`. */
  suspects: string;
  paused_until: number;
  /** Requests in a row that never left: no connection, no token. */
  failed: number;
  /** Answers 403 and 404 in a row. */
  refused: number;
  /** Since when the breaker is open. */
  opened_at: Instant | null;
  probe_at: number;
  closed_at: Instant | null;
  /** People whose refusal was undone when it closed. */
  undone: number;
}

/** The present run of answers 403 and 404: what is undone when the breaker closes. */
export interface RefusalTable {
  id: string;
  message_id: string | null;
  aad_id: string;
  refused_at: Instant;
}

/** A chat opened with somebody who never wrote: at most one request a person, ever. */
export interface ChatOpeningTable {
  id: string;
  aad_id: string;
  state: 'pending' | 'opening' | 'opened' | 'refused' | 'unknown';
  why: string | null;
  attempts: number;
  owner: string | null;
  created_at: Instant;
  settled_at: Instant | null;
}

/** When a conversation was called last, in milliseconds of the shared clock; only where several services share a store. */
export interface DeliveryChatTable {
  chat: string;
  called_at: number;
  /** Until then its calls of the last hour weigh. */
  owed_until: number;
}

export interface DeliveryTables {
  delivery_chat: DeliveryChatTable;
  delivery_gate: DeliveryGateTable;
  refusal: RefusalTable;
  chat_opening: ChatOpeningTable;
}
