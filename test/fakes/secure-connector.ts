import { once } from 'node:events';
import { createServer } from 'node:https';
import { aCertificate } from './certificates.ts';

/** A Connector on loopback over TLS that takes everything; `authority` (PEM) is whom a client has to trust. */
export interface SecureConnector {
  serviceUrl: string;
  authority: string;
  heard: { path: string; authorization: string }[];
  stop(): void;
}

export async function startSecureConnector(): Promise<SecureConnector> {
  const authority = aCertificate('Mihon Authority');
  const own = aCertificate('Mihon Connector', { name: 'Mihon Authority', key: authority.key });
  const heard: SecureConnector['heard'] = [];
  const server = createServer({ key: own.privateKey, cert: own.certificate }, (request, response) => {
    request.resume();
    heard.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '' });
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"f:000001"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    serviceUrl: `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`,
    authority: authority.certificate,
    heard,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
