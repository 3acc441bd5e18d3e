import type { ChatTarget } from '../ports/chat.ts';
import { StoreUnavailable } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { ConversationTable } from '../ports/tables.ts';
import { drawMessage } from './draw-message.ts';
import type { Drawing } from './draw-together.ts';
import type { Answered } from './gate/count-answer.ts';
import type { ReadTogether } from './read-together.ts';
import type { Registry } from './registry.ts';
import type { Claim } from './waiting.ts';

/** A call that is ready to be made: exactly one request. */
export interface Call {
  drawing: Drawing | null;
  /** `left` is told when the request leaves. */
  request(left: () => void): Promise<Answered>;
}

/** Draws what a claim is to carry; or, where the chat or the card is missing, the answer without a request. */
export async function prepareCall(
  ports: Ports,
  registry: Registry,
  claim: Claim,
  read: ReadTogether,
): Promise<Call | Answered> {
  if (claim.kind === 'create') return openChat(ports, claim.opening.aad_id);
  try {
    return await prepareMessage(registry, claim, read);
  } catch (error) {
    if (error instanceof StoreUnavailable) return { kind: 'throttled', why: 'store', retryAfter: null, status: null };
    ports.log.error('A card could not be drawn', {
      message: claim.message.id,
      reason: error instanceof Error ? error.name : 'unknown',
    });
    return { kind: 'refused', why: 'undrawable', status: 0 };
  }
}

function openChat({ chat, settings }: Ports, aadId: string): Call | Answered {
  const { serviceUrl, tenantId } = settings;
  if (serviceUrl === null) return { kind: 'refused', why: 'no-service-url', status: 0 };
  return { drawing: null, request: (left) => chat.create(serviceUrl, tenantId, aadId, left) };
}

async function prepareMessage(
  registry: Registry,
  { kind, message }: Claim & { kind: 'send' | 'update' },
  { ports, of }: ReadTogether,
): Promise<Call | Answered> {
  const known = await of(message.id);
  const { chat } = known;
  // What waits to be sent is held back elsewhere; an update is asked for by whatever changes a card.
  const gone = kind === 'update' && chat !== null && chat.unreachable_since !== null;
  if (!chat || gone) return { kind: 'refused', why: 'unreachable', status: 0 };
  const target = targetOf(chat);
  const drawing = await drawMessage(ports, registry, message, known, kind === 'send');
  if (!drawing) return { kind: 'refused', why: 'nothing-to-show', status: 0 };
  if (kind === 'send') return { drawing, request: (left) => ports.chat.send(target, drawing.outgoing, left) };
  const activity = message.activity_id;
  if (activity === null) return { kind: 'refused', why: 'no-activity', status: 0 };
  return { drawing, request: (left) => ports.chat.update(target, activity, drawing.outgoing, left) };
}

const targetOf = (chat: ConversationTable): ChatTarget => {
  return { serviceUrl: chat.service_url, conversationId: chat.conversation_id, tenantId: chat.tenant_id };
};
