/** Where a message goes: the parts of a Teams conversation reference that a sender needs. */
export interface ChatTarget {
  serviceUrl: string;
  conversationId: string;
  tenantId: string | null;
}

/** What a message holds. A card message has `card`, as an object or as its JSON in UTF-8; a plain one has `text`. `summary` is the toast. */
export interface OutgoingMessage {
  summary: string;
  card?: object | Uint8Array;
  text?: string;
}

/** One POST, one answer. `throttled` cannot have been accepted and may be tried again; `unknown` may have been. */
export type SendResult =
  | { kind: 'sent'; activityId: string | null; status: number }
  | { kind: 'throttled'; why: string; retryAfter: number | null; status: number | null }
  | { kind: 'refused'; why: string; status: number }
  | { kind: 'unknown'; why: string; status: number | null };

export type CreateResult =
  | { kind: 'created'; conversationId: string; status: number }
  | Exclude<SendResult, { kind: 'sent' }>;

/** The way out to Teams. Every call is exactly one HTTP request with its own time-out (10 s); nothing is retried inside. `left` is told when its first byte leaves. */
export interface Chat {
  send(target: ChatTarget, message: OutgoingMessage, left?: () => void): Promise<SendResult>;
  update(target: ChatTarget, activityId: string, message: OutgoingMessage, left?: () => void): Promise<SendResult>;
  /** Opens the personal chat with somebody who never wrote. */
  create(serviceUrl: string, tenantId: string | null, aadObjectId: string, left?: () => void): Promise<CreateResult>;
}
