import type { Agent } from 'undici';
import type { Clock } from '../../ports/clock.ts';
import { agentWith, request } from './undici.ts';

/** One document, from the moment it is wanted, in milliseconds of elapsed time. */
const WITHIN = 10_000;
/** More of a document is not read, in bytes. */
const LIMIT = 1024 * 1024;

/** Connections for `fetchJson`, opened with the first document: each has its own time-out and reads no more than 1 MB of an answer. */
export class Documents {
  #agent: Agent | null = null;

  get agent(): Agent {
    this.#agent ??= agentWith({
      allowH2: false,
      connect: { timeout: 9_000 },
      headersTimeout: WITHIN,
      bodyTimeout: WITHIN,
      maxResponseSize: LIMIT,
      keepAliveTimeout: 1_000,
    });
    return this.#agent;
  }

  async destroy(): Promise<void> {
    await this.#agent?.destroy();
  }
}

/** The JSON at an address: one GET, no redirect followed, at most 1 MB, within 10 s. Throws in every other case. */
export async function fetchJson(documents: Documents, clock: Clock, url: URL): Promise<unknown> {
  const over = new AbortController();
  const late = new AbortController();
  void clock.wait(WITHIN, over.signal).then(() => late.abort());
  try {
    const answer = await request(documents.agent, {
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      signal: late.signal,
      headers: { accept: 'application/json', 'user-agent': 'Kaeru' },
    });
    if (answer.statusCode !== 200) {
      await answer.body.dump();
      throw new Error(`status-${answer.statusCode}`);
    }
    return await answer.body.json();
  } finally {
    over.abort();
  }
}
