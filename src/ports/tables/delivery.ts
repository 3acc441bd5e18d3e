import type { Instant } from '../clock.ts';

/**
 * The one gate in front of the Connector, shared by all services of a store (one row). `counted_at`, `paused_until` and
 * `probe_at` are elapsed milliseconds of the store's shared clock; `tokens` are thousandths of a call.
 */
export interface DeliveryGateTable {
  name: 'connector';
  tokens: number;
  counted_at: number;
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

export interface DeliveryTables {
  delivery_gate: DeliveryGateTable;
  refusal: RefusalTable;
  chat_opening: ChatOpeningTable;
}
