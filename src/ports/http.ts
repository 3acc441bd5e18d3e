import type { IncomingHttpHeaders } from 'node:http';

/** A route as data; `adapters/http` owns sockets, limits and errors. */
export interface HttpRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/rehearsal/chats/:staff`: names behind a colon arrive in `params`. */
  path: string;
  handle(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpRequest {
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** At most as long as its address takes (256 KB, feeds 5 MB); longer ones were refused with 413 before. */
  body: Buffer;
  /** Fires when the client goes away. */
  closed: AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers?: Record<string, string>;
  /** An async iterable is written piece by piece (server-sent events). */
  body?: string | Uint8Array | AsyncIterable<string>;
}
