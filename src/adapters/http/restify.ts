import { createRequire } from 'node:module';
import pino from 'pino';
import type { createServer, Server, ServerOptions } from 'restify';

const load = createRequire(import.meta.url);

/**
 * restify's `createServer` without its plugins, none of which is used: they double the time it takes to load. It logs
 * nothing: its own log goes to stdout, which belongs to the commands.
 */
export function restifyServer(options: ServerOptions & { maxParamLength: number }): ReturnType<typeof createServer> {
  const RestifyServer = load('restify/lib/server') as new (options: object) => Server;
  const Router = load('restify/lib/router') as new (options: object) => object;
  const given = { ...options, log: pino({ level: 'silent' }) };
  return new RestifyServer({ ...given, router: new Router(given) });
}
