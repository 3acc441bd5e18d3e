/* The HTTP adapter in a process of its own, so that its memory can be measured: it takes every activity and says how much it holds. */
import { startServer } from '../../src/adapters/http/start-server.ts';
import { keptLog } from './quiet-log.ts';

const server = await startServer({
  host: '127.0.0.1',
  port: 0,
  routes: [],
  messages: { admit: async () => ({ handle: async () => ({ status: 200 }) }) },
  rehearsal: false,
  log: keptLog(),
});
process.on('message', (tidy) => {
  if (tidy === 'tidy') globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ bytes: heapUsed + external });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: server.port });
