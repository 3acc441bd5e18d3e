import type { IncomingHttpHeaders } from 'node:http';
import type { HttpRequest, HttpResponse, HttpRoute } from '../../ports/http.ts';
import { refusal } from './answer.ts';
import { parseJson } from './parse-json.ts';
import type { BodyShape } from './read-body.ts';

/** What happens to one method and path. `admit` sees the headers before the body is read, and may refuse. */
export interface Endpoint extends BodyShape {
  method: HttpRoute['method'];
  path: string;
  admit(headers: IncomingHttpHeaders): Promise<Admitted>;
}

type Admitted = { refused: HttpResponse } | { handle(request: HttpRequest): Promise<HttpResponse> };

/** `POST /api/messages`: sign-in by the headers alone first, then the activity. The Teams adapter supplies it. */
export interface MessagesHandler {
  admit(
    headers: IncomingHttpHeaders,
  ): Promise<{ refused: 'not-signed-in' } | { handle(activity: unknown): Promise<HttpResponse> }>;
}

/** A route of `ports/http.ts` as an endpoint that admits everybody. */
export function routeEndpoint(route: HttpRoute): Endpoint {
  return { method: route.method, path: route.path, admit: async () => route };
}

/** The Bot Framework's endpoint: `application/json` only, 401 before the body is read, 400 for what is no JSON. */
export function messagesEndpoint(messages: MessagesHandler): Endpoint {
  return {
    method: 'POST',
    path: '/api/messages',
    mediaType: 'application/json',
    async admit(headers) {
      const admitted = await messages.admit(headers);
      if ('refused' in admitted) return { refused: refusal(401) };
      return {
        async handle({ body }) {
          const parsed = parseJson(body);
          return parsed ? admitted.handle(parsed.document) : refusal(400);
        },
      };
    },
  };
}

/** `GET /healthz`: the process answers. */
export const healthRoute: HttpRoute = {
  method: 'GET',
  path: '/healthz',
  handle: async () => ({ status: 200, body: JSON.stringify({ status: 'ok' }) }),
};
