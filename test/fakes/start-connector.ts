import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Behaviour } from './connector-script.ts';
import type { FakeConversation, FakeCounts, FakeState } from './connector-state.ts';

export type { Behaviour } from './connector-script.ts';
export type { FakeActivity, FakeConversation, FakeCounts, FakeState } from './connector-state.ts';

export interface FakeConnector {
  /** `http://127.0.0.1:PORT/`, or https where it was given a certificate: the serviceUrl of activities and targets. */
  serviceUrl: string;
  port: number;
  state(): Promise<FakeState>;
  conversation(id: string): Promise<FakeConversation | undefined>;
  /** Adds to what it does with the requests to come. */
  script(...behaviours: Behaviour[]): Promise<void>;
  clearScript(): Promise<void>;
  /** Forgets conversations, counts and script. */
  forget(): Promise<void>;
  /** Counts only from now on and keeps no card, for cities of tens of thousands. */
  countOnly(options?: { calls: boolean }): Promise<void>;
  /** Every request in order of arrival, also where cards are only counted and `calls` was asked for. */
  calls(): Promise<FakeState['calls']>;
  counts(): Promise<FakeCounts>;
  /** Cards accepted since the last `forget`, as soon as they are that many; null where that takes longer than `within` milliseconds. */
  reached(sends: number, within: number, signal?: AbortSignal): Promise<number | null>;
  /** Enforces Microsoft's table of limits from now on, with so many calls a second of the tenant (50). */
  enforceLimits(tenantCalls?: number): Promise<void>;
  /** The client shows a card that a press returned; it is not stored. */
  show(conversation: string, activity: string, card: object): Promise<void>;
  /** Another device: everything shown is the stored one again. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the fake Bot Connector in its own process and resolves when it listens. It ends with `stop()` or with this process.
 * With a key and its certificate (PEM) its serviceUrl is one over TLS.
 */
export async function startFakeConnector(port = 0, pem = ''): Promise<FakeConnector> {
  const script = fileURLToPath(new URL('./connector.ts', import.meta.url));
  const child = fork(script, [String(port), pem], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [started] = await once(child, 'message');
  const url = `http://127.0.0.1:${started.port}/`;

  async function order(name: string, body: object = {}, signal: AbortSignal | null = null): Promise<unknown> {
    const answer = await fetch(`${url}control/${name}`, { method: 'POST', body: JSON.stringify(body), signal });
    return answer.json();
  }
  async function reached(sends: number, within: number, signal?: AbortSignal): Promise<number | null> {
    const over = AbortSignal.timeout(within);
    const either = signal === undefined ? over : AbortSignal.any([over, signal]);
    try {
      return ((await order('reached', { sends }, either)) as { accepted: number }).accepted;
    } catch (error) {
      if (over.aborted) return null;
      throw error;
    }
  }
  const state = async () => (await order('state')) as FakeState;
  return {
    serviceUrl: started.securePort === null ? url : `https://127.0.0.1:${started.securePort}/`,
    port: started.port,
    state,
    conversation: async (id) => (await state()).conversations.find((one) => one.id === id),
    script: async (...behaviours) => void (await order('script', behaviours)),
    clearScript: async () => void (await order('clear')),
    forget: async () => void (await order('forget')),
    countOnly: async (options) => void (await order('count-only', options)),
    calls: async () => (await order('calls')) as FakeState['calls'],
    counts: async () => (await order('counts')) as FakeCounts,
    reached,
    enforceLimits: async (tenantCalls) => void (await order('limits', { tenantCalls })),
    show: async (conversation, activity, card) => void (await order('show', { conversation, activity, card })),
    reload: async () => void (await order('reload')),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
