import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSocket } from './raw.ts';

export interface SlowWave {
  opened: number;
  closed: number;
  /** Milliseconds from the connection to its end, of the one that stood longest. */
  longest: number;
}

const BATCH = 100;
const BETWEEN_BATCHES = 50;
const DRIP = 1_000;

/**
 * So many sockets, opened within a second or two, that say nothing, half a request line, a header or a body one byte a
 * second. Resolves when the server has closed `enough` of them, or after `within` milliseconds.
 */
export async function slowWave(
  port: number,
  token: string,
  { count, enough, within }: { count: number; enough: number; within: number },
): Promise<SlowWave> {
  const wave: SlowWave = { opened: 0, closed: 0, longest: 0 };
  const open = new Set<Socket>();
  const over = Promise.withResolvers<void>();
  const drip = setInterval(() => {
    for (const socket of open) if (socket.writable) socket.write('x');
  }, DRIP);
  const starts = [
    '',
    'POST /api/mess',
    'GET /healthz HTTP/1.1\r\nhost: a\r\nx-slow: ',
    `POST /api/messages HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nauthorization: Bearer ${token}\r\ncontent-length: 9999\r\n\r\n{`,
  ];
  for (let opened = 0; opened < count; opened += 1) {
    if (opened % BATCH === 0) await sleep(BETWEEN_BATCHES);
    const socket = openSocket(port);
    const begun = performance.now();
    open.add(socket);
    wave.opened += 1;
    const start = starts[opened % starts.length] ?? '';
    socket.resume().once('end', () => socket.destroy());
    if (start !== '') socket.write(start);
    socket.once('close', () => {
      open.delete(socket);
      wave.closed += 1;
      wave.longest = Math.max(wave.longest, performance.now() - begun);
      if (wave.closed >= enough) over.resolve();
    });
  }
  const patience = new AbortController();
  await Promise.race([over.promise, sleep(within, undefined, { signal: patience.signal }).catch(() => {})]);
  patience.abort();
  clearInterval(drip);
  for (const socket of open) socket.destroy();
  return { ...wave };
}
