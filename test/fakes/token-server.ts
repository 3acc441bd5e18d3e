import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { aCertificate } from './certificates.ts';

/** One request for a token as it came over the wire. */
export interface TokenRequest {
  method: string;
  path: string;
  form: Record<string, string>;
  headers: Record<string, unknown>;
}

/** A token endpoint on loopback: Entra's (POST) and a managed identity's (GET) alike. */
export interface TokenServer {
  origin: string;
  requests: TokenRequest[];
  manner: 'good' | 'refuses' | 'error' | 'reset' | 'redirect' | 'garbage';
  /** Seconds the tokens live. */
  life: number;
  stop(): Promise<void>;
}

/** Over TLS under an authority made for this process, which is from then on trusted in it; or over plain HTTP. */
export async function startTokenServer(secure: boolean): Promise<TokenServer> {
  const take = (request: IncomingMessage, response: ServerResponse) => void answer(server, request, response);
  const listener = secure ? createHttps(underOwnAuthority(), take) : createHttp(take);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const server: TokenServer = {
    origin: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests: [],
    manner: 'good',
    life: 3_600,
    async stop() {
      listener.closeAllConnections();
      listener.close();
      await once(listener, 'close');
    },
  };
  return server;
}

function underOwnAuthority(): { key: string; cert: string } {
  const authority = aCertificate('Mihon Authority');
  const own = aCertificate('Mihon Tokens', { name: 'Mihon Authority', key: authority.key });
  setDefaultCACertificates([...getCACertificates('default'), authority.certificate]);
  return { key: own.privateKey, cert: own.certificate };
}

async function answer(server: TokenServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const piece of request) body += piece;
  const url = new URL(request.url ?? '/', server.origin);
  const form = Object.fromEntries(new URLSearchParams(body || url.search));
  server.requests.push({ method: request.method ?? '', path: url.pathname, form, headers: request.headers });
  response.setHeader('content-type', 'application/json');
  if (server.manner === 'reset') return void request.socket.destroy();
  if (server.manner === 'redirect') response.setHeader('location', `${server.origin}/elsewhere`);
  response.statusCode = { good: 200, garbage: 200, refuses: 401, error: 503, redirect: 307 }[server.manner];
  const document = url.pathname.endsWith('/openid-configuration') ? metadataOf(url) : documentOf(server);
  response.end(server.manner === 'garbage' ? '<html>' : JSON.stringify(document));
}

function metadataOf({ origin, pathname }: URL): object {
  const tenant = `${origin}/${pathname.split('/')[1]}`;
  return {
    issuer: `${tenant}/v2.0`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
  };
}

function documentOf(server: TokenServer): object {
  if (server.manner !== 'good') {
    return {
      error: 'invalid_client',
      error_description: 'AADSTS700027: secret words of a library',
      error_codes: [700027],
    };
  }
  const expires_on = Math.floor(Date.now() / 1_000) + server.life;
  const access_token = `token-${server.requests.length}`;
  return { token_type: 'Bearer', access_token, expires_in: server.life, expires_on, resource: 'x' };
}
