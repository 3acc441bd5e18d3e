import type { Chat, ChatTarget, OutgoingMessage } from '../../ports/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import { bytesOf } from '../http/bytes.ts';
import { codeOf, type Exchange, exchange, REQUEST_WITHIN } from './exchange.ts';
import { createOutcome, sendOutcome } from './outcome.ts';
import { Overdue } from './overdue.ts';
import { Pools } from './pools.ts';
import { allowedServiceUrl, type ServiceHosts } from './service-url.ts';

/** Gives the token of a call; `held` the one that is there and good, where nobody has to wait for it. */
interface Token {
  (): Promise<string | null>;
  held?(): string | null;
}

interface ConnectorOptions {
  clock: Clock;
  serviceHosts: ServiceHosts;
  /** The bot's account (`28:<app id>`), named in what we send. */
  botId: string;
  /** A bearer token for the Connector; null where none is needed (rehearsal). */
  token?: Token;
  /** Told of every token that the Connector answers with 401. */
  tokenRefused?: (token: string) => void;
}

/** A call waits so long for its token, in milliseconds. */
const TOKEN_WITHIN = 5_000;

/** The way out, and what watches over requests and tokens that take too long. */
interface Way extends ConnectorOptions {
  pools: Pools;
  requests: Overdue;
  tokens: Overdue;
}

/** A call but for its token: its address below the service's own, null where it cannot be one, and its JSON. */
interface Call {
  method: 'POST' | 'PUT';
  path: string | null;
  body: Buffer;
}

/** The Bot Connector behind the Chat port. One call = one request; a refused address or a missing token makes none. */
export function connectorChat(options: ConnectorOptions): Chat & { close(): Promise<void> } {
  const { clock, botId } = options;
  const pools = new Pools();
  const [requests, tokens] = [new Overdue(clock, REQUEST_WITHIN), new Overdue(clock, TOKEN_WITHIN)];
  const way = { ...options, pools, requests, tokens };

  return {
    send(target, message, left) {
      const made = oneCall(way, target.serviceUrl, messageCall(botId, target, null, message), left);
      return made.then((exchange) => judged(exchange, sendOutcome, clock));
    },
    async update(target, activityId, message, left) {
      const made = await oneCall(way, target.serviceUrl, messageCall(botId, target, activityId, message), left);
      const result = judged(made, sendOutcome, clock);
      return result.kind === 'sent' ? { ...result, activityId: result.activityId ?? activityId } : result;
    },
    create(serviceUrl, tenantId, aadObjectId, left) {
      const body = bytesOf(conversationBody(botId, tenantId, aadObjectId));
      const made = oneCall(way, serviceUrl, { method: 'POST', path: pathOf(['conversations']), body }, left);
      return made.then((exchange) => judged(exchange, createOutcome, clock));
    },
    close() {
      requests.close();
      tokens.close();
      return pools.destroy();
    },
  };
}

function messageCall(botId: string, target: ChatTarget, activityId: string | null, message: OutgoingMessage): Call {
  const place = ['conversations', target.conversationId, 'activities'];
  const own = activityId === null ? {} : { id: activityId };
  return {
    method: activityId === null ? 'POST' : 'PUT',
    path: pathOf(activityId === null ? place : [...place, activityId]),
    body: activityBody(botId, target, message, own),
  };
}

/** Below `v3`; null where a part would lead elsewhere. */
function pathOf(parts: string[]): string | null {
  let path = '/v3';
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..' || !part.isWellFormed()) return null;
    path += `/${encodeURIComponent(part)}`;
  }
  return path;
}

type NotAllowed = { kind: 'refused'; why: string; status: number };

function judged<Result>(
  made: Exchange | NotAllowed,
  outcome: (exchange: Exchange, now: number) => Result,
  clock: Clock,
): Result | NotAllowed {
  return 'kind' in made ? made : outcome(made, clock.now());
}

async function oneCall(
  way: Way,
  serviceUrl: string,
  { method, path, body }: Call,
  left: (() => void) | undefined,
): Promise<Exchange | NotAllowed> {
  const base = allowedServiceUrl(serviceUrl, way.serviceHosts);
  if (base === null) return { kind: 'refused', why: 'service-url-not-allowed', status: 0 };
  if (path === null) return { kind: 'refused', why: 'address-not-usable', status: 0 };
  const token = way.token === undefined ? null : (way.token.held?.() ?? (await tokenWithin(way.token, way.tokens)));
  if (typeof token === 'object' && token !== null) {
    return { written: false, status: null, headers: {}, body: null, broken: token.broken };
  }
  const { pathname } = base;
  const whole = pathname.endsWith('/') ? pathname.slice(0, -1) + path : pathname + path;
  const request = { path: whole, method, headers: headersWith(token), body };
  const made = await exchange(way.pools.of(base), way.requests, request, left);
  if (made.status === 401 && token !== null) way.tokenRefused?.(token);
  return made;
}

const always = ['content-type', 'application/json; charset=utf-8', 'accept', 'application/json', 'user-agent', 'Kaeru'];
const headersWith = (token: string | null) =>
  token === null ? always : [...always, 'authorization', `Bearer ${token}`];

/** The token, or why there is none within 5 s: then nothing is sent and it may be tried again. */
function tokenWithin(token: Token, tokens: Overdue): Promise<string | null | { broken: string }> {
  return new Promise((resolve) => {
    const inTime = tokens.begin(() => resolve({ broken: 'no-token' }));
    token()
      .then(resolve, (error: unknown) => resolve({ broken: `no-token-${codeOf(error)}` }))
      .finally(inTime);
  });
}

/** An activity as JSON in UTF-8; a card that is written already is put in as it stands. */
function activityBody(
  botId: string,
  target: ChatTarget,
  { summary, text, card }: OutgoingMessage,
  own: { id?: string },
): Buffer {
  const words = text === undefined ? {} : { text, textFormat: 'plain' };
  const plain = JSON.stringify({
    type: 'message',
    from: { id: botId },
    conversation: { id: target.conversationId },
    summary,
    ...words,
    ...tenantPart(target.tenantId),
    ...own,
  });
  if (card === undefined) return bytesOf(plain);
  return withCard(plain.slice(0, -1), card instanceof Uint8Array ? card : bytesOf(JSON.stringify(card)));
}

/** An activity whose JSON stands but for its end, with that card, in one piece of memory: a short text is written faster than it is transcoded. */
function withCard(activity: string, card: Uint8Array): Buffer {
  const before = `${activity},"attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":`;
  const body = Buffer.allocUnsafeSlow(before.length * mostOfASign + card.length + behindCard.length);
  const at = body.write(before);
  body.set(card, at);
  body.write(behindCard, at + card.length);
  return body.subarray(0, at + card.length + behindCard.length);
}

/** Bytes of UTF-8 for one of UTF-16, at most. */
const mostOfASign = 3;
const behindCard = '}]}';

function conversationBody(botId: string, tenantId: string | null, aadObjectId: string): string {
  return JSON.stringify({
    isGroup: false,
    bot: { id: botId },
    members: [{ id: aadObjectId, aadObjectId }],
    ...(tenantId === null ? {} : { tenantId }),
    ...tenantPart(tenantId),
  });
}

function tenantPart(tenantId: string | null): object {
  return tenantId === null ? {} : { channelData: { tenant: { id: tenantId } } };
}
