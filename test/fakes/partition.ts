import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way over loopback to a server, which can be cut as a broken network is: no byte passes, nobody is told. */
export interface Partition {
  port: number;
  /** From now on nothing passes in either direction; connections stay open and new ones are accepted. */
  cut(): void;
  /** What waited passes, in order. */
  heal(): void;
  stop(): Promise<void>;
}

export async function startPartition(target: number): Promise<Partition> {
  const sockets = new Set<Socket>();
  let whole = Promise.withResolvers<void>();
  whole.resolve();
  const join = async (from: Socket, to: Socket) => {
    try {
      for await (const piece of from) {
        await whole.promise;
        to.write(piece as Buffer);
      }
    } catch {
      // A broken connection ends on both sides.
    }
    await whole.promise;
    to.end();
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket));
      void join(socket, other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The way has no port.');
  return {
    port: address.port,
    cut() {
      whole = Promise.withResolvers<void>();
    },
    heal: () => whole.resolve(),
    async stop() {
      whole.resolve();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
