import { z } from 'zod';
import type { Sender } from '../../ports/incoming.ts';

const id = z.string().min(1).max(1_000);
const account = z.object({ id, aadObjectId: z.string().max(100).nullish() });

/** The parts of a Bot Framework activity we use; everything else is left out: copying it costs more than checking the rest. */
export const activitySchema = z.object({
  type: z.string().min(1).max(100),
  id: z.string().max(1_000).nullish(),
  replyToId: z.string().max(1_000).nullish(),
  serviceUrl: z.string().min(1).max(2_000),
  channelId: z.string().min(1).max(100),
  from: account,
  conversation: z.object({
    id,
    conversationType: z.string().max(100).nullish(),
    tenantId: z.string().max(100).nullish(),
  }),
  recipient: account,
  channelData: z.object({ tenant: z.object({ id: z.string().max(100).nullish() }).nullish() }).nullish(),
  name: z.string().max(200).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  action: z.string().max(100).nullish(),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
});
export type IncomingActivity = z.infer<typeof activitySchema>;

/** The tenant an activity names, lower case; `differ` when conversation and channelData name two; null when neither names one. */
export function tenantOf(activity: IncomingActivity): string | null | 'differ' {
  const conversation = activity.conversation.tenantId?.toLowerCase() || null;
  const channel = activity.channelData?.tenant?.id?.toLowerCase() || null;
  if (conversation !== null && channel !== null && conversation !== channel) return 'differ';
  return conversation ?? channel;
}

/** Whether conversation and channelData both name a tenant, as every activity of Teams does. */
export function namesTenantTwice(activity: IncomingActivity): boolean {
  return Boolean(activity.conversation.tenantId && activity.channelData?.tenant?.id);
}

/** Who wrote, from the activity alone. */
export function senderOf(activity: IncomingActivity): Sender {
  return {
    serviceUrl: activity.serviceUrl,
    conversationId: activity.conversation.id,
    tenantId: activity.conversation.tenantId ?? activity.channelData?.tenant?.id ?? null,
    aadObjectId: activity.from.aadObjectId?.toLowerCase() ?? '',
    userId: activity.from.id,
    botId: activity.recipient.id,
    personal: activity.conversation.conversationType === 'personal',
  };
}

/** What the person wrote, without mentions of the bot (`<at>…</at>`) and outer blanks. */
export function writtenText(activity: { text?: string | null | undefined }): string {
  return (activity.text ?? '')
    .replace(/<at(?: [^<>]{0,200})?>[^<]{0,200}<\/at>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .trim();
}
