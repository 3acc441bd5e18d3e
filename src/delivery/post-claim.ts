import { conversationOf } from '../people/index.ts';
import type { ChatTarget, CreateResult, SendResult } from '../ports/chat.ts';
import { StoreUnavailable } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { MessageTable } from '../ports/tables.ts';
import { type Claim, rowOf } from './claim.ts';
import { type Drawing, drawMessage } from './draw-message.ts';
import { recordOpening } from './openings/record-opening.ts';
import { recordSend, recordUpdate } from './record-result.ts';
import type { Registry } from './registry.ts';

const recordAgainAfter = 1000;

/** Draws, makes exactly one request, and records what came of it. Gives the result, for the pace. */
export async function postClaim(
  ports: Ports,
  registry: Registry,
  claim: Claim,
  signal: AbortSignal,
): Promise<SendResult | CreateResult> {
  if (claim.kind === 'create') return openChat(ports, claim, signal);
  const prepared = await prepare(ports, registry, claim.message);
  const result = 'kind' in prepared ? prepared : await request(ports, claim, prepared.target, prepared.drawing);
  const drawing = 'kind' in prepared ? null : prepared.drawing;
  const write = claim.kind === 'send' ? recordSend : recordUpdate;
  await recorded(ports, claim, signal, () => write(ports, claim, result, drawing));
  return result;
}

async function openChat(ports: Ports, claim: Claim & { kind: 'create' }, signal: AbortSignal): Promise<CreateResult> {
  const { serviceUrl, tenantId } = ports.settings;
  const nowhere = { kind: 'refused', why: 'no-service-url', status: 0 } as const;
  const { opening, attempt } = claim;
  const result = serviceUrl === null ? nowhere : await ports.chat.create(serviceUrl, tenantId, opening.aad_id);
  await recorded(ports, claim, signal, () => recordOpening(ports, opening, attempt, result));
  return result;
}

/** The chat and the card; or, where one is missing, the result without a request. */
async function prepare(
  ports: Ports,
  registry: Registry,
  message: MessageTable,
): Promise<{ target: ChatTarget; drawing: Drawing } | SendResult> {
  try {
    const target = await targetOf(ports, message);
    if (!target) return { kind: 'refused', why: 'unreachable', status: 0 };
    const drawing = await drawMessage(ports, registry, message);
    return drawing ? { target, drawing } : { kind: 'refused', why: 'nothing-to-show', status: 0 };
  } catch (error) {
    if (error instanceof StoreUnavailable) return { kind: 'throttled', why: 'store', retryAfter: null, status: null };
    ports.log.error('A card could not be drawn', {
      message: message.id,
      reason: error instanceof Error ? error.name : 'unknown',
    });
    return { kind: 'refused', why: 'undrawable', status: 0 };
  }
}

async function targetOf(ports: Ports, message: MessageTable): Promise<ChatTarget | null> {
  const chat = message.aad_id === null ? null : await conversationOf(ports.database.db, message.aad_id);
  return chat ? { serviceUrl: chat.service_url, conversationId: chat.conversation_id, tenantId: chat.tenant_id } : null;
}

async function request(
  ports: Ports,
  claim: Claim & { kind: 'send' | 'update' },
  target: ChatTarget,
  drawing: Drawing,
): Promise<SendResult> {
  if (claim.kind === 'send') return ports.chat.send(target, drawing.outgoing);
  const activity = claim.message.activity_id;
  if (activity === null) return { kind: 'refused', why: 'no-activity', status: 0 };
  return ports.chat.update(target, activity, drawing.outgoing);
}

/** What was posted must be written down: while the store does not answer, this waits and tries again until the service stops. */
async function recorded(ports: Ports, claim: Claim, signal: AbortSignal, write: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || signal.aborted) throw error;
      ports.log.error('The store does not answer; a result waits to be recorded', { message: rowOf(claim) });
      await ports.clock.wait(recordAgainAfter, signal);
    }
  }
}
