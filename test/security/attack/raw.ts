import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client gives up on an answer after this, in milliseconds: longer than any limit of the server. */
const PATIENCE = 25_000;

/** What came back over one connection until it was closed. */
export interface Exchanged {
  /** Status codes in the order of their answers. */
  statuses: number[];
  /** The connection was still open when the client lost its patience. */
  hung: boolean;
  text: string;
}

export function openSocket(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  return socket;
}

/** Sends exactly these bytes over a connection of its own and reads until the server closes. `half`: says at once that no more will come. */
export async function exchangeRaw(port: number, pieces: (string | Buffer)[], half = false): Promise<Exchanged> {
  const socket = openSocket(port);
  const received: Buffer[] = [];
  socket.on('data', (piece: Buffer) => received.push(piece));
  socket.once('end', () => socket.destroy());
  const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(false)));
  const patience = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(true), PATIENCE);
    socket.once('close', () => clearTimeout(timer));
  });
  for (const piece of pieces) {
    if (socket.destroyed) break;
    const drained =
      socket.write(piece) ||
      once(socket, 'drain').then(
        () => true,
        () => false,
      );
    if ((await Promise.race([drained, closed, patience.then(() => false)])) === false) break;
  }
  if (half && !socket.destroyed) socket.end();
  const hung = await Promise.race([closed, patience]);
  socket.destroy();
  const text = Buffer.concat(received).toString('latin1');
  return { statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, code]) => Number(code)), hung, text };
}
