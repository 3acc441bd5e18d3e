import { createRequire } from 'node:module';
import type { Dispatcher, Agent as UndiciAgent, Pool as UndiciPool } from 'undici';

/*
 * The three parts of undici that are used. The whole package, with its fetch, caches and web sockets, takes a tenth of a
 * second more to load: time in which a service that was restarted answers nobody.
 */
const load = createRequire(import.meta.url);

export const Agent = load('undici/lib/dispatcher/agent.js') as typeof UndiciAgent;
export type Agent = UndiciAgent;

export const Pool = load('undici/lib/dispatcher/pool.js') as typeof UndiciPool;
export type Pool = UndiciPool;

const apiRequest = load('undici/lib/api/api-request.js') as (
  this: Dispatcher,
  options: Dispatcher.RequestOptions,
) => Promise<Dispatcher.ResponseData>;

/** One request by that agent, as `Agent.request` makes it. */
export function request(agent: Agent, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> {
  return apiRequest.call(agent, options);
}
