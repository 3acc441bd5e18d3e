import { TeamsActivityHandler, type TurnContext } from 'botbuilder';
import type { Incoming } from '../../ports/incoming.ts';
import { activitySchema, senderOf, writtenText } from './activity.ts';

/** Messages, installations and removals, handed to `incoming`. Every other activity ends here without an effect. */
export function createBot(incoming: Incoming): TeamsActivityHandler {
  const bot = new TeamsActivityHandler();
  const installed = (context: TurnContext) => incoming.installed(senderIn(context));
  const removed = (context: TurnContext) => incoming.removed(senderIn(context));

  bot.onMessage(async (context, next) => {
    const { activity } = context;
    const text = writtenText(activity);
    await incoming.message({ sender: senderIn(context), text, activityId: activity.id || null });
    await next();
  });
  bot.onInstallationUpdateAdd(async (context, next) => {
    await installed(context);
    await next();
  });
  bot.onInstallationUpdateRemove(async (context, next) => {
    // `remove-upgrade` is the first half of an update of the app: the bot stays.
    if (context.activity.action === 'remove') await removed(context);
    await next();
  });
  bot.onMembersAdded(async (context, next) => {
    if (isBot(context, context.activity.membersAdded)) await installed(context);
    await next();
  });
  bot.onMembersRemoved(async (context, next) => {
    if (isBot(context, context.activity.membersRemoved)) await removed(context);
    await next();
  });
  return bot;
}

function isBot(context: TurnContext, members: { id: string }[] = []): boolean {
  return members.some((member) => member.id === context.activity.recipient.id);
}

function senderIn(context: TurnContext) {
  return senderOf(activitySchema.parse(context.activity));
}
