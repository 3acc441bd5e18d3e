import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';

/** What the two servers do with every request to come. */
export type Manner = 'good' | 'down' | 'hang' | 'error' | 'garbage' | 'redirect' | 'huge';

/** A server for OpenID metadata and one for keys, on loopback; both count what they are asked. */
export interface OpenIdServers {
  metadataUrl: string;
  keysUrl: string;
  asked: { metadata: number; keys: number };
  manner: Manner;
  keys: unknown;
  metadata: Record<string, unknown>;
  stop(): Promise<void>;
}

export async function startOpenIdServers(keys: unknown[]): Promise<OpenIdServers> {
  const asked = { metadata: 0, keys: 0 };
  const keyServer = await listening((response) => {
    asked.keys += 1;
    answer(response, servers.manner, servers.keys);
  });
  const metadataServer = await listening((response) => {
    asked.metadata += 1;
    answer(response, servers.manner, servers.metadata);
  });
  const keysUrl = `${addressOf(keyServer)}/v1/.well-known/keys`;
  const servers: OpenIdServers = {
    metadataUrl: `${addressOf(metadataServer)}/v1/.well-known/openidconfiguration`,
    keysUrl,
    asked,
    manner: 'good',
    keys: { keys },
    metadata: { issuer: 'https://api.botframework.com', jwks_uri: keysUrl },
    async stop() {
      for (const server of [keyServer, metadataServer]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
  return servers;
}

async function listening(take: (response: ServerResponse) => void): Promise<Server> {
  const server = createServer((_request, response) => take(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

function answer(response: ServerResponse, manner: Manner, document: unknown): void {
  response.setHeader('connection', 'close');
  if (manner === 'hang') return;
  if (manner === 'down') return void response.socket?.resetAndDestroy();
  if (manner === 'error') response.statusCode = 503;
  if (manner === 'redirect') response.statusCode = 307;
  if (manner === 'redirect') response.setHeader('location', '/elsewhere');
  if (manner === 'garbage') return void response.end('<html>');
  if (manner === 'huge') return void response.end(JSON.stringify({ keys: ['x'.repeat(3_000_000)] }));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(document));
}
