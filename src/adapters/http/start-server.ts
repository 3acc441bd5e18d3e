import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpResponse, HttpRoute } from '../../ports/http.ts';
import type { Log } from '../../ports/log.ts';
import { Refusal } from '../../ports/room.ts';
import { refusal, writeAnswer } from './answer.ts';
import { type ConnectionLimits, defaultLimits, limitConnections } from './connections.ts';
import { type Endpoint, healthRoute, type MessagesHandler, messagesEndpoint, routeEndpoint } from './endpoint.ts';
import { foreignToRehearsal, isLoopback } from './rehearsal-guard.ts';
import { restifyServer } from './restify.ts';
import { serveRequest } from './serve-request.ts';

/** How long requests that are running may take when the server stops, in milliseconds. */
const GRACE = 3_000;
/**
 * Connections that may wait to be accepted: as many as may stand. With Node's 511 a burst of slow ones makes good ones
 * knock again after 1, 3, 7 seconds; a much longer queue is full of clients that left long ago when a busy server gets to it.
 */
const BACKLOG = 1_024;

interface ServerOptions {
  host: string;
  /** 0 picks a free one. */
  port: number;
  routes: HttpRoute[];
  messages?: MessagesHandler;
  /** Addresses that look at the headers before they read the body: the feeds. */
  endpoints?: Endpoint[];
  /** No sign-in: loopback only, own pages only. */
  rehearsal: boolean;
  log: Log;
  limits?: Partial<ConnectionLimits>;
}

export interface RunningServer {
  port: number;
  /** `http://127.0.0.1:3978` */
  url: string;
  /** Takes nothing new, ends streams, lets running requests end for 3 s, then closes. */
  stop(): Promise<void>;
}

type RestifyServer = ReturnType<typeof restifyServer>;

/** Listens, and resolves when it does. Throws a Refusal where rehearsal would be reachable from outside or the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  if (options.rehearsal && !isLoopback(options.host)) {
    throw new Refusal(
      'not-loopback',
      'Rehearsal has no sign-in and listens only on 127.0.0.1.',
      `HOST=${options.host}`,
    );
  }
  const stopping = new AbortController();
  const restify = createRestify();
  const server: Server = restify.server;
  const byRestify = server.listeners('request').at(-1) as Listener;
  const connections = limitConnections(server, { ...defaultLimits, ...options.limits });
  guardEverything(restify, options.rehearsal);
  const messages = options.messages ? [messagesEndpoint(options.messages)] : [];
  for (const endpoint of messages) goShort(server, endpoint, byRestify, options, stopping.signal);
  const guarded = [...messages, ...(options.endpoints ?? [])];
  for (const endpoint of [...guarded, ...[healthRoute, ...options.routes].map(routeEndpoint)]) {
    mount(restify, endpoint, options.log, stopping.signal);
  }
  const port = await listen(server, options.host, options.port);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { port, url: `http://${host}:${port}`, stop: () => stop(server, stopping, connections.closeWaiting) };
}

/** restify with its own body parsers left out, errors in our words, and no library name in the answers. */
function createRestify(): RestifyServer {
  const restify = restifyServer({
    maxParamLength: 500,
    name: '',
    noWriteContinue: true,
    formatters: { 'application/json': (_request, response, body) => inOurWords(response, body) },
  });
  // Node then treats a request to upgrade as an ordinary one; restify would hold its socket for ever.
  restify.server.removeAllListeners('upgrade');
  // Two Authorization, Host or Content-Type headers then arrive as one with a comma, which nobody takes; Node would keep the first.
  Reflect.set(restify.server, 'joinDuplicateHeaders', true);
  restify.on('error', () => {});
  return restify;
}

function inOurWords(response: ServerResponse, body: unknown): string {
  const status = body instanceof Error ? response.statusCode : 500;
  const text = String(refusal(status).body);
  response.setHeader('content-length', Buffer.byteLength(text));
  return text;
}

/** Refusals that come before method and path: foreign hosts and pages in rehearsal, and targets that are no path. */
function guardEverything(restify: RestifyServer, rehearsal: boolean): void {
  restify.pre((request, response, next) => {
    const answer = earlyRefusal(request, rehearsal);
    if (answer === null) return next();
    void writeAnswer(response, answer).finally(() => next(false));
  });
}

function earlyRefusal(request: IncomingMessage, rehearsal: boolean): HttpResponse | null {
  const port = request.socket.localPort ?? 0;
  const foreign = rehearsal ? foreignToRehearsal(request.headers, port) : null;
  if (foreign !== null) return refusal(403, 'foreign', foreign);
  return isPlainPath(request.url ?? '') ? null : refusal(404);
}

function isPlainPath(target: string): boolean {
  if (!target.startsWith('/') || target.startsWith('//')) return false;
  try {
    decodeURIComponent(target.split('?')[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

function mount(restify: RestifyServer, endpoint: Endpoint, log: Log, stopping: AbortSignal): void {
  const method = endpoint.method === 'DELETE' ? 'del' : (endpoint.method.toLowerCase() as 'get' | 'post' | 'put');
  restify[method](endpoint.path, (request, response, next) => {
    const params: Record<string, string> = { ...request.params };
    void serveRequest(endpoint, params, request, response, { log, stopping }).finally(() => next());
  });
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The one address that is asked thousands of times a minute goes past restify's chain, which costs as much as checking sign-in
 * and payload (decision 0019). Any other method or spelling of it goes restify's way, as everything else does.
 */
function goShort(
  server: Server,
  endpoint: Endpoint,
  byRestify: Listener,
  options: ServerOptions,
  stopping: AbortSignal,
) {
  const { log, rehearsal } = options;
  const serving = { log, stopping };
  server.removeListener('request', byRestify);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url !== endpoint.path || request.method !== endpoint.method) return byRestify(request, response);
    // Its path is a plain one: it is the endpoint's own.
    const answer = rehearsal ? earlyRefusal(request, rehearsal) : null;
    void (answer === null ? serveRequest(endpoint, {}, request, response, serving) : writeAnswer(response, answer));
  });
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(whyNot(error, host, port)));
    server.listen({ port, host, backlog: BACKLOG }, () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

function whyNot(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const where = `HOST=${host} PORT=${port}`;
  if (error.code === 'EADDRINUSE') {
    return new Refusal(
      'port-in-use',
      `Port ${port} is in use. Stop what uses it, or choose another (PORT or --port).`,
      where,
    );
  }
  if (error.code === 'EACCES') return new Refusal('port-denied', `Port ${port} may not be opened by this user.`, where);
  return new Refusal('not-listening', `The address ${host} with port ${port} cannot be opened (${error.code}).`, where);
}

async function stop(server: Server, stopping: AbortController, closeWaiting: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  stopping.abort();
  closeWaiting();
  const waited = new AbortController();
  const grace = sleep(GRACE, undefined, { signal: waited.signal }).catch(() => {});
  await Promise.race([closed, grace]);
  waited.abort();
  server.closeAllConnections();
  await closed;
}
