import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from '../../ports/database.ts';
import type { HttpRequest, HttpResponse } from '../../ports/http.ts';
import type { Log } from '../../ports/log.ts';
import { refusal, writeAnswer } from './answer.ts';
import type { Endpoint } from './endpoint.ts';
import { limitOf, readBody, refusedByHeaders } from './read-body.ts';

/** How long the rest of a body that was refused is still read away, so that its sender sees the refusal. */
const LINGER = 1_000;
const LINGER_BYTES = 8 * 1024 * 1024;

interface Serving {
  log: Log;
  /** Fires when the server stops: streams end. */
  stopping: AbortSignal;
}

/** Takes one request through the refusals in their published order, then to its handler. Never throws. */
export async function serveRequest(
  endpoint: Endpoint,
  params: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
  serving: Serving,
): Promise<void> {
  try {
    const answer = await answerTo(endpoint, params, request, response, serving);
    if (answer === 'gone') response.destroy();
    else await (request.readableEnded ? writeAnswer(response, answer) : refuseUnread(request, response, answer));
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    serving.log.error('A request failed', { error: name, method: endpoint.method });
    if (response.headersSent) response.destroy();
    else await writeAnswer(response, refusal(error instanceof StoreUnavailable ? 503 : 500));
  }
}

async function answerTo(
  endpoint: Endpoint,
  params: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
  serving: Serving,
): Promise<HttpResponse | 'gone'> {
  const refusedStatus = refusedByHeaders(request.headers, endpoint);
  if (refusedStatus === 413) return tooLarge(endpoint);
  if (refusedStatus !== null) return refusal(refusedStatus);
  const admitted = await endpoint.admit(request.headers);
  if ('refused' in admitted) return admitted.refused;
  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
  const body = await readBody(request, endpoint);
  if (body === 'gone') return 'gone';
  if (body === 'too-large') return tooLarge(endpoint);
  return admitted.handle(new Request(params, request, body, response, serving.stopping));
}

/** What few handlers ask for is made when it is asked for. */
class Request implements HttpRequest {
  readonly params: Record<string, string>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly #target: string;
  readonly #closed: () => AbortSignal;
  #signal: AbortSignal | null = null;

  constructor(
    params: Record<string, string>,
    { headers, url = '' }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    stopping: AbortSignal,
  ) {
    this.params = params;
    this.headers = headers;
    this.body = body;
    this.#target = url;
    this.#closed = () => closedSignal(response, stopping);
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.#target.split('?').slice(1).join('?'));
  }

  get closed(): AbortSignal {
    this.#signal ??= this.#closed();
    return this.#signal;
  }
}

function tooLarge(endpoint: Endpoint): HttpResponse {
  return refusal(413, 'too-large', `The body is too large: at most ${limitOf(endpoint)} are accepted.`);
}

function closedSignal(response: ServerResponse, stopping: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const fire = () => controller.abort('closed');
  if (stopping.aborted || response.destroyed) fire();
  stopping.addEventListener('abort', fire, { once: true });
  response.once('close', () => {
    stopping.removeEventListener('abort', fire);
    fire();
  });
  return controller.signal;
}

/** Answers while the body is still coming: the answer is written, the rest thrown away for a moment, the connection closed. */
async function refuseUnread(request: IncomingMessage, response: ServerResponse, answer: HttpResponse): Promise<void> {
  const { body } = answer;
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    ...answer.headers,
    connection: 'close',
    'cache-control': 'no-store',
    'content-length': typeof body === 'string' ? String(Buffer.byteLength(body)) : '0',
  });
  if (typeof body === 'string') response.write(body);
  await restOf(request);
  response.end();
}

function restOf(request: IncomingMessage): Promise<unknown> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  request
    .once('end', resolve)
    .once('close', resolve)
    .once('error', () => resolve());
  let bytes = 0;
  request.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > LINGER_BYTES) resolve();
  });
  const waited = new AbortController();
  const timeout = sleep(LINGER, undefined, { signal: waited.signal, ref: false }).catch(() => {});
  return Promise.race([over, timeout]).finally(() => waited.abort());
}
