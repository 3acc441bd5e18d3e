import { type Activity, type ActivityHandler, BotAdapter, TurnContext } from 'botbuilder';
import type { IncomingActivity } from './activity.ts';

/**
 * Runs a turn of botbuilder and nothing else. Whatever reaches people goes through the delivery ledger, where one
 * recorded attempt is one POST; so a turn that tries to send, change or delete something itself is refused.
 */
export class TurnAdapter extends BotAdapter {
  /** Resolves when the handler's work of this activity is done; rejects with what it threw. */
  async process(activity: IncomingActivity, bot: ActivityHandler): Promise<void> {
    await this.runMiddleware(new TurnContext(this, asBotbuilder(activity)), (context) => bot.run(context));
  }

  override sendActivities = refuse;
  override updateActivity = refuse;
  override deleteActivity = refuse;
  override continueConversation = refuse;
}

async function refuse(): Promise<never> {
  throw new Error('A turn sends nothing by itself: messages go through delivery.');
}

/** Only the checked parts of an activity, in botbuilder's shape. */
function asBotbuilder(activity: IncomingActivity): Partial<Activity> {
  const { conversation } = activity;
  const account = (one: { id: string; aadObjectId?: string | null | undefined }) => ({
    id: one.id,
    name: '',
    ...(one.aadObjectId ? { aadObjectId: one.aadObjectId } : {}),
  });
  return {
    type: activity.type,
    id: activity.id ?? '',
    channelId: activity.channelId,
    serviceUrl: activity.serviceUrl,
    from: account(activity.from),
    recipient: account(activity.recipient),
    conversation: {
      id: conversation.id,
      name: '',
      isGroup: conversation.conversationType !== 'personal',
      conversationType: conversation.conversationType ?? '',
      ...(conversation.tenantId ? { tenantId: conversation.tenantId } : {}),
    },
    channelData: { ...activity.channelData },
    text: activity.text ?? '',
    membersAdded: (activity.membersAdded ?? []).map(account),
    membersRemoved: (activity.membersRemoved ?? []).map(account),
    ...(activity.action ? { action: activity.action } : {}),
  };
}
