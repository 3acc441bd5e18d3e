import { createRequire } from 'node:module';
import type { Agent, Dispatcher, Pool } from 'undici';

/*
 * The three parts of undici that are used, each read when it is needed first: no start needs them. The whole package, with its fetch,
 * caches and web sockets, takes a tenth of a second more.
 */
const load = createRequire(import.meta.url);

/** Connections to one other machine. */
export function poolTo(origin: string, options: Pool.Options): Pool {
  const made = load('undici/lib/dispatcher/pool.js') as typeof Pool;
  return new made(origin, options);
}

/** Connections to whichever machines are asked. */
export function agentWith(options: Agent.Options): Agent {
  const made = load('undici/lib/dispatcher/agent.js') as typeof Agent;
  return new made(options);
}

/** One request by that agent, as `Agent.request` makes it. */
export function request(agent: Agent, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> {
  const made = load('undici/lib/api/api-request.js') as (
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ) => Promise<Dispatcher.ResponseData>;
  return made.call(agent, options);
}
