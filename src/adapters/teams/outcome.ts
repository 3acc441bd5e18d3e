import type { CreateResult, SendResult } from '../../ports/chat.ts';
import type { Instant } from '../../ports/clock.ts';
import type { Exchange } from './exchange.ts';

type Failure = Exclude<SendResult, { kind: 'sent' }>;

/** A pause longer than this is not believed. */
const LONGEST_PAUSE = 24 * 60 * 60_000;
/** After a 401 all calls wait this long: it is our own token that was refused, and a new one is sought meanwhile. */
export const UNAUTHORIZED_PAUSE = 10_000;
const refusedWhy: Record<number, string> = { 403: 'blocked', 404: 'not-found', 413: 'too-large' };

/** What became of a send or an update (reliability.md, Delivery): the status decides, a code in the body is only a hint. */
export function sendOutcome(exchange: Exchange, now: Instant): SendResult {
  if (!isAccepted(exchange)) return failureOf(exchange, now);
  return { kind: 'sent', activityId: idIn(exchange.body), status: exchange.status };
}

/** What became of opening a chat; without a readable id in the answer it is unknown whether there is one. */
export function createOutcome(exchange: Exchange, now: Instant): CreateResult {
  if (!isAccepted(exchange)) return failureOf(exchange, now);
  const conversationId = idIn(exchange.body);
  if (conversationId === null) return { kind: 'unknown', why: 'no-conversation-id', status: exchange.status };
  return { kind: 'created', conversationId, status: exchange.status };
}

function isAccepted(exchange: Exchange): exchange is Exchange & { status: number } {
  return exchange.status !== null && exchange.status >= 200 && exchange.status < 300;
}

function failureOf({ written, status, headers, body, broken }: Exchange, now: Instant): Failure {
  if (!written) return { kind: 'throttled', why: `not-sent:${broken ?? 'failed'}`, retryAfter: null, status: null };
  if (status === null) return { kind: 'unknown', why: broken ?? 'no-answer', status: null };
  const hint = hintIn(body);
  const because = (why: string) => (hint === null ? why : `${why}:${hint}`);
  if (status === 412 || status === 429) {
    return { kind: 'throttled', why: because('throttled'), retryAfter: pauseIn(headers, now), status };
  }
  if (status === 401)
    return { kind: 'throttled', why: because('unauthorized'), retryAfter: UNAUTHORIZED_PAUSE, status };
  if (status === 408 || status >= 500) return { kind: 'unknown', why: because('server-error'), status };
  return { kind: 'refused', why: because(refusedWhy[status] ?? 'refused'), status };
}

/** Retry-After (seconds, or a date compared with the answer's own Date where it has one) in milliseconds. */
function pauseIn(headers: Exchange['headers'], now: Instant): number | null {
  const header = single(headers['retry-after'])?.trim() ?? '';
  if (/^[0-9]+(\.[0-9]+)?$/.test(header)) return Math.min(Math.ceil(Number(header) * 1_000), LONGEST_PAUSE);
  const until = dateIn(header);
  if (until === null) return null;
  return Math.min(Math.max(0, until - (dateIn(single(headers['date'])) ?? now)), LONGEST_PAUSE);
}

/** An HTTP date (`Wed, 18 Nov 2026 07:15:00 GMT`) as an instant. */
function dateIn(header = ''): Instant | null {
  const parsed = /^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT$/.test(header)
    ? Date.parse(header)
    : NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** What the Connector answers as a rule: nothing but the id. */
const onlyId = /^\{"id":"([\w:.|-]{1,1000})"\}$/;

/** `id` of a JSON answer, when it is a usable name. */
function idIn(body: string | null): string | null {
  const usual = onlyId.exec(body ?? '')?.[1];
  if (usual !== undefined) return usual;
  const id = field(parsed(body), 'id');
  return typeof id === 'string' && id.length > 0 && id.length <= 1_000 ? id : null;
}

/** `error.code` (or `code`) of an error body: letters and digits only, at most 60. */
function hintIn(body: string | null): string | null {
  const document = parsed(body);
  const code = field(field(document, 'error'), 'code') ?? field(document, 'code');
  if (typeof code !== 'string') return null;
  return code.replace(/[^A-Za-z0-9_.-]/g, '').slice(0, 60) || null;
}

function parsed(body: string | null): unknown {
  try {
    return JSON.parse(body ?? 'null');
  } catch {
    return null;
  }
}

function field(document: unknown, name: string): unknown {
  if (typeof document !== 'object' || document === null || !Object.hasOwn(document, name)) return undefined;
  return Reflect.get(document, name);
}
