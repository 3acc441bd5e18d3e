import type { Chat, ChatTarget, CreateResult, OutgoingMessage, SendResult } from '../../src/ports/chat.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** One request that left. `at` is elapsed time. */
export interface Call {
  kind: 'send' | 'update';
  at: number;
  conversation: string;
  activity: string | null;
  /** With its card as an object. */
  message: Omit<OutgoingMessage, 'card'> & { card?: object };
}

type CreateScript = (aadId: string, number: number) => CreateResult | Promise<CreateResult>;
type Script = (call: Call, number: number) => SendResult | Promise<SendResult>;

/** The way to Teams as a test tells it: counts every request, answers as told; `sent` where nothing was said. */
export interface ScriptedChat extends Chat {
  calls: Call[];
  /** How every request from now on is answered; `number` counts all requests from 1. */
  answer(script: Script): void;
  sends(): Call[];
  updates(): Call[];
  /** Whose chat was asked to be opened, in order. */
  created: string[];
  /** How every request to open a chat is answered from now on; `created` where nothing was said. */
  answerCreate(script: CreateScript): void;
}

export const sent = (number: number): SendResult => ({ kind: 'sent', activityId: `activity-${number}`, status: 201 });
export const throttled = (retryAfter: number | null): SendResult => ({
  kind: 'throttled',
  why: 'throttled',
  retryAfter,
  status: 429,
});
export const refused = (status: number): SendResult => ({ kind: 'refused', why: `status-${status}`, status });
export const unclear: SendResult = { kind: 'unknown', why: 'timeout', status: null };
/** Never answered: a request under way for ever. */
export const never = new Promise<SendResult>(() => {});

function asObject({ card, ...message }: OutgoingMessage): Call['message'] {
  if (card === undefined) return message;
  return {
    ...message,
    card: card instanceof Uint8Array ? (JSON.parse(new TextDecoder().decode(card)) as object) : card,
  };
}

/** Nobody is asked before `clock` is there, which the ports make later than the chat. */
export function scriptedChat(clock: () => Clock): ScriptedChat {
  const calls: Call[] = [];
  const created: string[] = [];
  let script: Script = (_call, number) => sent(number);
  let createScript: CreateScript = (aadId) => ({ kind: 'created', conversationId: `opened-${aadId}`, status: 201 });
  const post = async (kind: Call['kind'], target: ChatTarget, activity: string | null, message: OutgoingMessage) => {
    const call = {
      kind,
      at: clock().elapsed(),
      conversation: target.conversationId,
      activity,
      message: asObject(message),
    };
    calls.push(call);
    return script(call, calls.length);
  };
  return {
    calls,
    answer: (to) => {
      script = to;
    },
    sends: () => calls.filter((call) => call.kind === 'send'),
    updates: () => calls.filter((call) => call.kind === 'update'),
    send: (target, message) => post('send', target, null, message),
    update: (target, activity, message) => post('update', target, activity, message),
    created,
    answerCreate: (to) => {
      createScript = to;
    },
    create: async (_serviceUrl, _tenantId, aadId) => {
      created.push(aadId);
      return createScript(aadId, created.length);
    },
  };
}
