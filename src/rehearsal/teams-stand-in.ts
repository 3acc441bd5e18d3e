import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Instant } from '../ports/clock.ts';
import { executed, installation, type Surroundings, submitted, textMessage } from './activities.ts';
import { type InvokeAnswer, readInvokeAnswer } from './invoke-answer.ts';
import { type StandInChat, type StandInMessage, StandInStore } from './stand-in-store.ts';

/** Where the stand-in lives: its file (`rehearsal.db` in the data folder), the rehearsal clock and the product's own address. */
export interface StandInWorld {
  file: string;
  timeZone: string;
  now(): Instant;
  /** `http://127.0.0.1:PORT`, where both the product and the stand-in listen. */
  baseUrl(): string;
}

export interface StandInEvent {
  kind: 'created' | 'updated' | 'removed' | 'read';
  aadObjectId: string;
}

/** A button as the card renderer hands it over. `data` already holds the inputs unless they are given apart. */
export interface PressedAction {
  type: 'Action.Execute' | 'Action.Submit';
  verb?: string;
  data: Record<string, unknown>;
}

/** The tenant of the rehearsal: invented, the same on every machine. */
export const standInTenant = '00000000-0000-4000-8000-00000000cafe';

const messagesShown = 40;
const refreshedOnOpening = 4;
const patience = 15_000;

/**
 * Teams, as far as a bot in a personal chat can see it: keeps every person's chat and acts for the people, over real
 * loopback HTTP. People are named by their `aadObjectId`; all their activities go to `POST /api/messages`.
 */
export class TeamsStandIn {
  readonly store: StandInStore;
  readonly world: StandInWorld;
  readonly #agent = new Agent({ connections: 8, headersTimeout: patience, bodyTimeout: patience });
  readonly #watchers = new Set<(event: StandInEvent) => void>();

  constructor(world: StandInWorld) {
    this.world = world;
    this.store = new StandInStore(world.file);
  }

  /** Calls `watcher` after every change of a chat until the returned function is called. */
  watch(watcher: (event: StandInEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  changed(kind: StandInEvent['kind'], chat: StandInChat): void {
    for (const watcher of this.#watchers) watcher({ kind, aadObjectId: chat.aadObjectId });
  }

  async close(): Promise<void> {
    await this.#agent.close();
    this.store.close();
  }

  /** Installs the app for one person and tells the product. True when the product took it; a second call does it again, as in Teams. */
  async install(aadObjectId: string): Promise<boolean> {
    const chat = this.store.openChat(aadObjectId);
    this.store.setInstalled(chat.conversationId, { installed: true, told: false });
    const { status } = await this.#post(installation(chat, this.#around(), 'add'));
    const told = status < 300;
    this.store.setInstalled(chat.conversationId, { installed: true, told });
    this.changed('updated', chat);
    return told;
  }

  /** Installs for everybody whose installation the product has not answered yet, eight at a time. Returns how many it did not take. */
  async installEveryone(aadObjectIds: string[]): Promise<number> {
    const waiting = aadObjectIds.filter((aadId) => !this.store.openChat(aadId).told);
    let failed = 0;
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (!(await this.install(next))) failed += 1;
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    return failed;
  }

  async uninstall(aadObjectId: string): Promise<void> {
    const chat = this.store.openChat(aadObjectId);
    this.store.setInstalled(chat.conversationId, { installed: false, told: false });
    await this.#post(installation(chat, this.#around(), 'remove'));
    this.changed('updated', chat);
  }

  /** The person types a text. False when the product did not take it. */
  async say(aadObjectId: string, text: string): Promise<boolean> {
    const chat = this.store.openChat(aadObjectId);
    const id = this.store.addMessage(chat.conversationId, {
      sender: 'person',
      at: this.world.now(),
      text,
      summary: null,
      card: null,
    });
    this.changed('created', chat);
    const { status } = await this.#post(textMessage(chat, { ...this.#around(), id }, text));
    return status < 300;
  }

  /** The person presses a button of a message. The returned card is shown, not stored; a sentence becomes the line under the card. */
  async press(aadObjectId: string, activityId: string, action: PressedAction): Promise<InvokeAnswer> {
    const chat = this.store.openChat(aadObjectId);
    if (action.type === 'Action.Submit') {
      const answer = await this.#post(submitted(chat, this.#around(), activityId, action.data));
      return answer.status < 300 ? { kind: 'nothing' } : { kind: 'no-answer' };
    }
    const press = { verb: action.verb ?? '', data: action.data, trigger: 'manual' as const };
    const answer = readInvokeAnswer(await this.#post(executed(chat, this.#around(), activityId, press)));
    this.#show(chat, activityId, answer);
    return answer;
  }

  /** The person opens the chat: Teams asks for the present card of the last messages that ask to be refreshed for this person. */
  async refresh(aadObjectId: string): Promise<void> {
    const chat = this.store.openChat(aadObjectId);
    const messages = this.store.messages(chat.conversationId, messagesShown).reverse();
    const due = messages.flatMap((message) => {
      const action = refreshOf(message.stored, chat.userId);
      return action === null ? [] : [{ activityId: message.activityId, action }];
    });
    for (const { activityId, action } of due.slice(0, refreshedOnOpening)) {
      const press = { ...action, trigger: 'automatic' as const };
      const answer = readInvokeAnswer(await this.#post(executed(chat, this.#around(), activityId, press)));
      if (answer.kind === 'card') this.#show(chat, activityId, answer);
    }
  }

  /** Another device, a reaction, a restart of the client: what is stored is shown again. False for an unknown message. */
  reload(aadObjectId: string, activityId: string): boolean {
    const chat = this.store.openChat(aadObjectId);
    const message = this.store.message(chat.conversationId, activityId);
    if (message === null) return false;
    this.store.changeMessage(chat.conversationId, message, { shown: message.stored, note: null });
    this.changed('updated', chat);
    return true;
  }

  markRead(aadObjectId: string): void {
    const chat = this.store.openChat(aadObjectId);
    this.store.markRead(chat.conversationId);
    this.changed('read', chat);
  }

  /** The chat as this person sees it, oldest message first. */
  chatOf(aadObjectId: string): { installed: boolean; messages: StandInMessage[] } {
    const chat = this.store.openChat(aadObjectId);
    return { installed: chat.installed, messages: this.store.messages(chat.conversationId, messagesShown) };
  }

  #show(chat: StandInChat, activityId: string, answer: InvokeAnswer): void {
    const message = this.store.message(chat.conversationId, activityId);
    if (message === null) return;
    const note = answer.kind === 'sentence' ? answer.text : answer.kind === 'no-answer' ? 'no-answer' : null;
    const shown = answer.kind === 'card' ? answer.card : message.shown;
    if (note === message.note && JSON.stringify(shown) === JSON.stringify(message.shown)) return;
    this.store.changeMessage(chat.conversationId, message, { shown, note });
    this.changed('updated', chat);
  }

  #around(): Surroundings {
    return {
      id: randomUUID(),
      serviceUrl: this.world.baseUrl(),
      tenantId: standInTenant,
      timestamp: new Date(this.world.now()).toISOString(),
      timeZone: this.world.timeZone,
    };
  }

  /** One POST to the product; a connection that breaks is status 599. */
  async #post(activity: object): Promise<{ status: number; body: string }> {
    try {
      const answer = await request(`${this.world.baseUrl()}/api/messages`, {
        method: 'POST',
        dispatcher: this.#agent,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(activity),
      });
      return { status: answer.statusCode, body: await answer.body.text() };
    } catch {
      return { status: 599, body: '' };
    }
  }
}

/** The refresh of a card when it is meant for this person. */
function refreshOf(card: object | null, userId: string): { verb: string; data: object } | null {
  const { refresh } = (card ?? {}) as {
    refresh?: { userIds?: unknown; action?: { type?: unknown; verb?: unknown; data?: unknown } };
  };
  const action = refresh?.action;
  if (action?.type !== 'Action.Execute' || typeof action.verb !== 'string') return null;
  if (!Array.isArray(refresh?.userIds) || !refresh.userIds.includes(userId)) return null;
  return { verb: action.verb, data: typeof action.data === 'object' && action.data !== null ? action.data : {} };
}
