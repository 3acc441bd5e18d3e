import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { HttpResponse } from '../../ports/http.ts';
import { bytesOf } from './bytes.ts';

const refusals: Record<number, { code: string; message: string }> = {
  400: { code: 'bad-request', message: 'The request could not be read: a JSON document was expected.' },
  401: { code: 'not-signed-in', message: 'The request carries no valid sign-in.' },
  403: { code: 'forbidden', message: 'This request is not accepted from there.' },
  404: { code: 'not-found', message: 'There is nothing at this address.' },
  405: { code: 'method-not-allowed', message: 'This address does not take this method.' },
  413: { code: 'too-large', message: 'The body is too large.' },
  415: { code: 'unsupported-media-type', message: 'The body must be plain (not compressed) and of the expected type.' },
  503: { code: 'store-unavailable', message: 'The store does not answer at the moment. Please try again later.' },
};
const fallback = { code: 'failed', message: 'This request could not be handled.' };

/** A refusal as short JSON `{ error: { code, message } }`. Without own words it has those of its status. */
export function refusal(status: number, code?: string, message?: string): HttpResponse {
  const words = refusals[status] ?? fallback;
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ error: { code: code ?? words.code, message: message ?? words.message } }),
  };
}

/** Writes an answer to the socket and resolves when it is handed over; an async iterable piece by piece, as fast as it is read. */
export async function writeAnswer(response: ServerResponse, answer: HttpResponse): Promise<void> {
  if (response.headersSent || response.destroyed) return;
  // Bytes once for all: a text would be measured, joined with the headers and translated as a whole.
  const body = typeof answer.body === 'string' ? bytesOf(answer.body) : answer.body;
  const plain = body === undefined || body instanceof Uint8Array;
  const headers: Record<string, string> = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (body !== undefined) headers['content-type'] = 'application/json; charset=utf-8';
  if (plain) headers['content-length'] = String(body?.length ?? 0);
  for (const [name, value] of Object.entries(answer.headers ?? none)) headers[name.toLowerCase()] = value;
  response.writeHead(answer.status, headers);
  if (plain) response.end(body);
  else await stream(response, body);
}

const none: Record<string, string> = {};

async function stream(response: ServerResponse, pieces: AsyncIterable<string>): Promise<void> {
  response.flushHeaders();
  for await (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}
