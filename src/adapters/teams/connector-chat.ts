import type { Chat, ChatTarget, OutgoingMessage } from '../../ports/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import { codeOf, type Exchange, exchange } from './exchange.ts';
import { createOutcome, sendOutcome } from './outcome.ts';
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

interface Call {
  method: 'POST' | 'PUT';
  serviceUrl: string;
  path: string[];
  body: object;
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
  const call = (request: Call) => oneCall(agent, options, request);

  return {
    async send(target, message, left) {
      const path = ['conversations', target.conversationId, 'activities'];
      const body = activityBody(botId, target, message);
      return judged(
        await call({ method: 'POST', serviceUrl: target.serviceUrl, path, body, left }),
        sendOutcome,
        clock,
      );
    },
    async update(target, activityId, message, left) {
      const path = ['conversations', target.conversationId, 'activities', activityId];
      const body = { ...activityBody(botId, target, message), id: activityId };
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
    close: () => agent.destroy(),
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

async function oneCall(agent: Agent, options: ConnectorOptions, call: Call): Promise<Exchange | NotAllowed> {
  const base = allowedServiceUrl(call.serviceUrl, options.serviceHosts);
  if (base === null) return { kind: 'refused', why: 'service-url-not-allowed', status: 0 };
  if (call.path.some((part) => part === '' || part === '.' || part === '..' || !part.isWellFormed())) {
    return { kind: 'refused', why: 'address-not-usable', status: 0 };
  }
  const token = await tokenWithin(options);
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
    body: JSON.stringify(call.body),
  };
  const made = await exchange(agent, options.clock, request, call.left);
  if (made.status === 401 && token !== null) options.tokenRefused?.(token);
  return made;
}

/** The token, or why there is none within 5 s: then nothing is sent and it may be tried again. */
async function tokenWithin({ token, clock }: ConnectorOptions): Promise<string | null | { broken: string }> {
  if (token === undefined) return null;
  const over = new AbortController();
  const late = clock.wait(5_000, over.signal).then(() => ({ broken: 'no-token' }));
  const got = token().catch((error: unknown) => ({ broken: `no-token-${codeOf(error)}` }));
  return Promise.race([got, late]).finally(() => over.abort('in time'));
}

function activityBody(botId: string, target: ChatTarget, message: OutgoingMessage): object {
  return {
    type: 'message',
    from: { id: botId },
    conversation: { id: target.conversationId },
    summary: message.summary,
    ...(message.text === undefined ? {} : { text: message.text, textFormat: 'plain' }),
    ...(message.card === undefined
      ? {}
      : { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: message.card }] }),
    ...tenantPart(target.tenantId),
  };
}

function conversationBody(botId: string, tenantId: string | null, aadObjectId: string): object {
  return {
    isGroup: false,
    bot: { id: botId },
    members: [{ id: aadObjectId, aadObjectId }],
    ...(tenantId === null ? {} : { tenantId }),
    ...tenantPart(tenantId),
  };
}

function tenantPart(tenantId: string | null): object {
  return tenantId === null ? {} : { channelData: { tenant: { id: tenantId } } };
}
