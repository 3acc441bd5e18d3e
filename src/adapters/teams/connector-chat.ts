import type { Chat, ChatTarget, OutgoingMessage } from '../../ports/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import { bytesOf } from '../http/bytes.ts';
import { codeOf, type Exchange, exchange, REQUEST_WITHIN } from './exchange.ts';
import { createOutcome, sendOutcome } from './outcome.ts';
import { Overdue } from './overdue.ts';
import { allowedServiceUrl, type ServiceHosts } from './service-url.ts';
import { Agent } from './undici.ts';

interface ConnectorOptions {
  clock: Clock;
  serviceHosts: ServiceHosts;
  /** The bot's account (`28:<app id>`), named in what we send. */
  botId: string;
  /** A bearer token for the Connector; null where none is needed (rehearsal). */
  token?: () => Promise<string | null>;
  /** Told of every token that the Connector answers with 401. */
  tokenRefused?: (token: string) => void;
}

/** A call waits so long for its token, in milliseconds. */
const TOKEN_WITHIN = 5_000;

/** The way out, and what watches over requests and tokens that take too long. */
interface Way extends ConnectorOptions {
  agent: Agent;
  requests: Overdue;
  tokens: Overdue;
}

interface Call {
  method: 'POST' | 'PUT';
  serviceUrl: string;
  path: string[];
  /** JSON. */
  body: string;
  left: (() => void) | undefined;
}

/** The Bot Connector behind the Chat port. One call = one request; a refused address or a missing token makes none. */
export function connectorChat(options: ConnectorOptions): Chat & { close(): Promise<void> } {
  const { clock, botId } = options;
  const agent = new Agent({
    allowH2: false,
    pipelining: 1,
    // Shorter than the other side keeps an idle connection: a request that meets its closing would be unclear.
    keepAliveTimeout: 2_000,
    keepAliveMaxTimeout: 2_000,
    connect: { timeout: 9_000 },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const [requests, tokens] = [new Overdue(clock, REQUEST_WITHIN), new Overdue(clock, TOKEN_WITHIN)];
  const way = { ...options, agent, requests, tokens };
  const call = (request: Call) => oneCall(way, request);

  return {
    async send(target, message, left) {
      const path = ['conversations', target.conversationId, 'activities'];
      const body = activityBody(botId, target, message, {});
      return judged(
        await call({ method: 'POST', serviceUrl: target.serviceUrl, path, body, left }),
        sendOutcome,
        clock,
      );
    },
    async update(target, activityId, message, left) {
      const path = ['conversations', target.conversationId, 'activities', activityId];
      const body = activityBody(botId, target, message, { id: activityId });
      const result = judged(
        await call({ method: 'PUT', serviceUrl: target.serviceUrl, path, body, left }),
        sendOutcome,
        clock,
      );
      return result.kind === 'sent' ? { ...result, activityId: result.activityId ?? activityId } : result;
    },
    async create(serviceUrl, tenantId, aadObjectId, left) {
      const body = conversationBody(botId, tenantId, aadObjectId);
      return judged(
        await call({ method: 'POST', serviceUrl, path: ['conversations'], body, left }),
        createOutcome,
        clock,
      );
    },
    close() {
      requests.close();
      tokens.close();
      return agent.destroy();
    },
  };
}

type NotAllowed = { kind: 'refused'; why: string; status: number };

function judged<Result>(
  made: Exchange | NotAllowed,
  outcome: (exchange: Exchange, now: number) => Result,
  clock: Clock,
): Result | NotAllowed {
  return 'kind' in made ? made : outcome(made, clock.now());
}

async function oneCall(way: Way, call: Call): Promise<Exchange | NotAllowed> {
  const base = allowedServiceUrl(call.serviceUrl, way.serviceHosts);
  if (base === null) return { kind: 'refused', why: 'service-url-not-allowed', status: 0 };
  if (call.path.some((part) => part === '' || part === '.' || part === '..' || !part.isWellFormed())) {
    return { kind: 'refused', why: 'address-not-usable', status: 0 };
  }
  const token = await tokenWithin(way);
  if (typeof token === 'object' && token !== null) {
    return { written: false, status: null, headers: {}, body: null, broken: token.broken };
  }
  const path = [base.pathname.replace(/\/$/, ''), 'v3', ...call.path.map(encodeURIComponent)].join('/');
  const request = {
    origin: base.origin,
    path,
    method: call.method,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      accept: 'application/json',
      'user-agent': 'Kaeru',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: bytesOf(call.body),
  };
  const made = await exchange(way.agent, way.requests, request, call.left);
  if (made.status === 401 && token !== null) way.tokenRefused?.(token);
  return made;
}

/** The token, or why there is none within 5 s: then nothing is sent and it may be tried again. */
function tokenWithin({ token, tokens }: Way): Promise<string | null | { broken: string }> {
  if (token === undefined) return Promise.resolve(null);
  return new Promise((resolve) => {
    const inTime = tokens.begin(() => resolve({ broken: 'no-token' }));
    token()
      .then(resolve, (error: unknown) => resolve({ broken: `no-token-${codeOf(error)}` }))
      .finally(inTime);
  });
}

/** An activity as JSON; a card that is written already is put in as it stands. */
function activityBody(
  botId: string,
  target: ChatTarget,
  { summary, text, card }: OutgoingMessage,
  own: { id?: string },
): string {
  const words = text === undefined ? {} : { text, textFormat: 'plain' };
  const before = {
    type: 'message',
    from: { id: botId },
    conversation: { id: target.conversationId },
    summary,
    ...words,
  };
  const after = { ...tenantPart(target.tenantId), ...own };
  if (card === undefined) return JSON.stringify({ ...before, ...after });
  const content = typeof card === 'string' ? card : JSON.stringify(card);
  const attachment = `{"contentType":"application/vnd.microsoft.card.adaptive","content":${content}}`;
  const rest = JSON.stringify(after).slice(1);
  return `${JSON.stringify(before).slice(0, -1)},"attachments":[${attachment}]${rest === '}' ? '' : ','}${rest}`;
}

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
