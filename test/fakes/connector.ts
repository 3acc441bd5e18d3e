/*
 * The Bot Connector as a process of its own, so that it keeps what it accepted when the service is killed.
 * It speaks /v3/conversations*, counts every request, and is told what to do over /control/*.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Server } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Limits } from './connector-limits.ts';
import { type Behaviour, type CallKind, Script } from './connector-script.ts';
import { ConnectorState, type FakeConversation } from './connector-state.ts';

const state = new ConnectorState();
const script = new Script();
let limits: Limits | null = null;

interface Call {
  kind: CallKind;
  conversation: FakeConversation;
  activityId: string;
  body: object;
}

const listener: RequestListener = (request, response) => {
  read(request).then(
    (body) =>
      (request.url ?? '').startsWith('/control/')
        ? control(request, body, response)
        : connector(request, body, response),
    () => response.destroy(),
  );
};

/** Idle connections stay for minutes, as those to Microsoft's front do: one that closes while a request leaves is a trouble of its own. */
const idleFor = 240_000;

async function listening(server: Server & { keepAliveTimeout: number }, port: number): Promise<number> {
  server.keepAliveTimeout = idleFor;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Arguments: the port (0: any), and a key with its certificate (PEM) for a second port that speaks TLS. */
const [port = '0', pem = ''] = process.argv.slice(2);
process.send?.({
  port: await listening(createServer(listener), Number(port)),
  securePort: pem === '' ? null : await listening(createSecureServer({ key: pem, cert: pem }, listener), 0),
});
process.on('disconnect', () => process.exit(0));

async function read(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return pieces.length === 0 ? {} : JSON.parse(Buffer.concat(pieces).toString('utf8'));
}

function connector(request: IncomingMessage, body: unknown, response: ServerResponse): void {
  const call = callOf(request, body);
  if (call) take(call, request, response);
  else answer(response, 404, { error: { code: 'NotFound' } });
}

function take(call: Call, request: IncomingMessage, response: ServerResponse): void {
  count(call);
  const wait = limits?.take(call.conversation.id, performance.now()) ?? 0;
  const behaviour: Behaviour =
    wait > 0
      ? { status: 429, headers: { 'retry-after': String(Math.ceil(wait / 1_000)) } }
      : script.next(call.kind, call.conversation.id);
  const status = behaviour.status ?? 200;
  const accepted = behaviour.accept ?? (status < 300 && !behaviour.hang && !behaviour.reset);
  state.called({
    kind: call.kind,
    conversation: call.conversation.id,
    at: performance.now(),
    accepted,
    status: behaviour.hang || behaviour.reset ? null : status,
    ...(wait > 0 ? { over: true as const } : {}),
  });
  const made = accepted ? accept(call) : { error: { code: `Fake${status}`, message: 'as the script says' } };
  if (behaviour.hang) return;
  const finish = () => (behaviour.reset ? request.socket.resetAndDestroy() : answer(response, status, made, behaviour));
  if (behaviour.delay) setTimeout(finish, behaviour.delay);
  else finish();
}

function callOf(request: IncomingMessage, body: unknown): Call | null {
  const path = new URL(request.url ?? '/', 'http://fake').pathname;
  const match = /^(?:\/[a-z]{2,10})?\/v3\/conversations(?:\/([^/]+)\/activities(?:\/([^/]+))?)?$/.exec(path);
  if (!match || typeof body !== 'object' || body === null) return null;
  const [, conversation, activity] = match.map((part) => (part === undefined ? undefined : decodeURIComponent(part)));
  if (conversation === undefined) {
    const opened = request.method === 'POST' ? state.open(memberOf(body)) : null;
    return opened && { kind: 'create', conversation: opened, activityId: '', body };
  }
  const kind = activity !== undefined && request.method === 'PUT' ? 'update' : 'send';
  if (kind === 'send' && request.method !== 'POST') return null;
  return { kind, conversation: state.conversation(conversation), activityId: activity ?? '', body };
}

function memberOf(body: object): string {
  const members: unknown = Reflect.get(body, 'members');
  const first: unknown = Array.isArray(members) ? members[0] : undefined;
  return typeof first === 'object' && first !== null ? String(Reflect.get(first, 'id')) : 'nobody';
}

function count({ kind, conversation }: Call): void {
  if (kind === 'send') conversation.posts += 1;
  if (kind === 'update') conversation.puts += 1;
}

function accept({ kind, conversation, activityId, body }: Call): object {
  if (kind === 'create') return { id: conversation.id };
  if (kind === 'send') return { id: state.send(conversation, body).id };
  return state.update(conversation, activityId, body) ? { id: activityId } : { error: { code: 'ActivityNotFound' } };
}

function answer(response: ServerResponse, status: number, made: object, behaviour: Behaviour = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...behaviour.headers });
  response.end(behaviour.body ?? JSON.stringify(made));
}

/** What harnesses ask the fake. */
const questions: Record<string, (body: unknown) => object | Promise<object>> = {
  '/control/state': () => state.whole(),
  '/control/counts': () => state.counts(),
  '/control/calls': () => state.calls,
  '/control/reached': async (body) => ({ accepted: await state.reached(Number(Object(body).sends)) }),
};

/** What harnesses tell the fake; the answer is `{}`. */
const orders: Record<string, (body: unknown) => void> = {
  '/control/script': (body) => Array.isArray(body) && script.add(body),
  '/control/clear': () => script.clear(),
  '/control/forget': forget,
  '/control/reload': () => state.reload(),
  '/control/limits': enforceLimits,
  '/control/count-only': (body) => {
    state.keepsCalls = Object(body).calls === true;
    state.countsOnly = true;
  },
  '/control/show': show,
};

async function control(request: IncomingMessage, body: unknown, response: ServerResponse): Promise<void> {
  const question = questions[request.url ?? ''];
  if (question) return answer(response, 200, await question(body));
  const order = orders[request.url ?? ''];
  order?.(body);
  answer(response, order ? 200 : 404, {});
}

function forget(): void {
  state.forget();
  script.clear();
}

function enforceLimits(body: unknown): void {
  const { tenantCalls } = Object(body) as { tenantCalls?: number };
  limits = new Limits(tenantCalls, limits ?? undefined);
}

function show(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  const { conversation, activity, card } = body as { conversation: string; activity: string; card: object };
  state.show(conversation, activity, card);
}
