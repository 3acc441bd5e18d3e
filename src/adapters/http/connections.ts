import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  connections: number;
  /** Milliseconds for the headers, and for the whole request, from its first byte. */
  headers: number;
  request: number;
}

export const defaultLimits: ConnectionLimits = { connections: 1_000, headers: 10_000, request: 15_000 };

/**
 * Sets the limits of a server that is not listening yet. When nine tenths of the connections are taken, the one that
 * has waited longest without a complete request gives way to a new one, so that many slow clients cannot keep good
 * ones out. `closeWaiting` closes all that wait, and from then on each one whose request has been answered.
 */
export function limitConnections(
  server: Server & { connectionsCheckingInterval?: number },
  limits: ConnectionLimits,
): { closeWaiting(): void } {
  server.maxConnections = limits.connections;
  server.headersTimeout = limits.headers;
  server.requestTimeout = limits.request;
  server.keepAliveTimeout = 65_000;
  server.connectionsCheckingInterval = Math.min(1_000, limits.headers);

  const waiting = new Set<Socket>();
  let open = 0;
  let closing = false;
  server.on('connection', (socket: Socket) => {
    open += 1;
    waiting.add(socket);
    socket.once('close', () => {
      open -= 1;
      waiting.delete(socket);
    });
    if (open > limits.connections * 0.9) giveWay(waiting, socket);
  });
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    request.once('end', () => waiting.delete(request.socket));
    response.once('close', () => {
      if (closing) request.socket.destroySoon();
      else if (!request.socket.destroyed) waiting.add(request.socket);
    });
  });
  return {
    closeWaiting() {
      closing = true;
      for (const socket of waiting) socket.destroy();
    },
  };
}

function giveWay(waiting: Set<Socket>, newest: Socket): void {
  for (const socket of waiting) {
    if (socket === newest) return;
    socket.destroy();
    waiting.delete(socket);
    return;
  }
}
