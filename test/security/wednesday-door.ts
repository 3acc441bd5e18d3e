import { CompiledQuery } from 'kysely';
import { messagesHandler } from '../../src/adapters/teams/messages-handler.ts';
import { rehearsalSignIn } from '../../src/adapters/teams/sign-in.ts';
import { incomingOf } from '../../src/conversation/index.ts';
import type { Registry } from '../../src/delivery/index.ts';
import { registry } from '../../src/rooms.ts';
import { senderOf, type TestService } from '../build/service.ts';
import { runTo, startWednesday } from '../build/wednesday.ts';

/** The section of the Wednesday behind the door that Teams uses; every activity is signed in already. */
export interface Door {
  service: TestService;
  /** What HTTP would answer. */
  take(activity: unknown): Promise<{ status: number; body: string }>;
}

/**
 * A Wednesday at 17:15: everybody has the card, the heads have their summaries. Cards are decided but not laid out, and
 * stored ones wait for their update: both are slow here and tested elsewhere. Without `drawn` they are not even decided.
 */
export async function openDoor({ drawn } = { drawn: true }): Promise<Door> {
  const service = await startWednesday();
  await withoutSync(service);
  const { cards } = service.ports;
  cards.expand = (content) => ({ type: 'AdaptiveCard', ...content });
  delete cards.write;
  await runTo(service, '16:15');
  await runTo(service, '17:15');
  const { clock, log } = service.ports;
  const incoming = incomingOf(service.ports, drawn ? registry : undrawn, { ...service.delivery, wake: () => {} });
  const serviceHosts = { rehearsal: true, hosts: [] };
  const handler = messagesHandler({ incoming, signIn: rehearsalSignIn, serviceHosts, tenants: [], clock, log });
  return {
    service,
    async take(activity) {
      const admitted = await handler.admit({});
      if ('refused' in admitted) throw new Error('The rehearsal refuses nobody.');
      const { status, body } = await admitted.handle(activity);
      return { status, body: typeof body === 'string' ? body : '' };
    },
  };
}

/** Commits no longer wait for the disk: for tests of many thousand writes that are not about power cuts. */
export async function withoutSync({ db }: TestService): Promise<void> {
  await db.executeQuery(CompiledQuery.raw('pragma synchronous = off'));
}

const undrawn: Registry = { ...registry, draw: () => async () => ({ template: 'none', summary: '', data: {} }) };

/** The parts that every activity from the personal chat of a person has. */
export function activityFrom(staff: string, more: Record<string, unknown>): Record<string, unknown> {
  const { serviceUrl, conversationId, aadObjectId, userId, botId } = senderOf(staff);
  return {
    serviceUrl,
    channelId: 'msteams',
    from: { id: userId, aadObjectId },
    recipient: { id: botId },
    conversation: { id: conversationId, conversationType: 'personal' },
    ...more,
  };
}

/** A press on Action.Execute; without a verb the same as Action.Submit. */
export function pressFrom(staff: string, verb: unknown, data: unknown): Record<string, unknown> {
  if (verb === null) return activityFrom(staff, { type: 'message', value: data });
  const value = { action: { type: 'Action.Execute', verb, data } };
  return activityFrom(staff, { type: 'invoke', name: 'adaptiveCard/action', value });
}
