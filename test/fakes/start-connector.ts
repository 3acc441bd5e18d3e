import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Behaviour } from './connector-script.ts';
import type { FakeConversation, FakeState } from './connector-state.ts';

export type { Behaviour } from './connector-script.ts';
export type { FakeActivity, FakeConversation, FakeState } from './connector-state.ts';

export interface FakeConnector {
  /** `http://127.0.0.1:PORT/`: the serviceUrl of activities and targets. */
  serviceUrl: string;
  port: number;
  state(): Promise<FakeState>;
  conversation(id: string): Promise<FakeConversation | undefined>;
  /** Adds to what it does with the requests to come. */
  script(...behaviours: Behaviour[]): Promise<void>;
  clearScript(): Promise<void>;
  /** Forgets conversations, counts and script. */
  forget(): Promise<void>;
  /** Enforces Microsoft's table of limits from now on. */
  enforceLimits(): Promise<void>;
  /** The client shows a card that a press returned; it is not stored. */
  show(conversation: string, activity: string, card: object): Promise<void>;
  /** Another device: everything shown is the stored one again. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the fake Bot Connector in its own process and resolves when it listens. It ends with `stop()` or with this process. */
export async function startFakeConnector(port = 0): Promise<FakeConnector> {
  const script = fileURLToPath(new URL('./connector.ts', import.meta.url));
  const child = fork(script, [String(port)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [started] = await once(child, 'message');
  const url = `http://127.0.0.1:${started.port}/`;

  async function order(name: string, body: object = {}): Promise<unknown> {
    const answer = await fetch(`${url}control/${name}`, { method: 'POST', body: JSON.stringify(body) });
    return answer.json();
  }
  const state = async () => (await order('state')) as FakeState;
  return {
    serviceUrl: url,
    port: started.port,
    state,
    conversation: async (id) => (await state()).conversations.find((one) => one.id === id),
    script: async (...behaviours) => void (await order('script', behaviours)),
    clearScript: async () => void (await order('clear')),
    forget: async () => void (await order('forget')),
    enforceLimits: async () => void (await order('limits')),
    show: async (conversation, activity, card) => void (await order('show', { conversation, activity, card })),
    reload: async () => void (await order('reload')),
    async stop() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
