import { createServer } from 'node:http';

/** So many requests may be under way at once, as with us. */
const AT_ONCE = 30;

/** Waits for `POST /{"from", "count", "pace"}` and answers when so many messages have been sent, so many a second. */
export function listenForOrders(send: (n: number) => Promise<void>): void {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const order = JSON.parse(text) as { from: number; count: number; pace: number };
    await sendPaced(send, order).then(
      () => response.end('{}'),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    console.log(`ready http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
  });
  process.on('SIGTERM', () => process.exit(0));
}

async function sendPaced(send: (n: number) => Promise<void>, order: { from: number; count: number; pace: number }) {
  const { from, count, pace } = order;
  const flight = new Set<Promise<void>>();
  const started = performance.now();
  for (let sent = 0; sent < count; sent += 1) {
    const late = started + (sent * 1_000) / pace - performance.now();
    if (late > 0) await new Promise((resolve) => setTimeout(resolve, late));
    if (flight.size >= AT_ONCE) await Promise.race(flight);
    const one: Promise<void> = send(from + sent).finally(() => flight.delete(one));
    flight.add(one);
  }
  await Promise.all(flight);
}
