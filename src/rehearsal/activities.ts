import type { StandInChat } from './stand-in-store.ts';

/** What every activity from Teams carries besides its own kind. */
export interface Surroundings {
  id: string;
  serviceUrl: string;
  tenantId: string;
  /** ISO with `Z`: the rehearsal clock's present. */
  timestamp: string;
  timeZone: string;
}

const botId = '28:kaeru';

/** The envelope of an activity from this person's personal chat, as Microsoft Teams writes it. */
function envelope(chat: StandInChat, around: Surroundings): object {
  return {
    id: around.id,
    channelId: 'msteams',
    serviceUrl: around.serviceUrl,
    timestamp: around.timestamp,
    localTimezone: around.timeZone,
    locale: 'ja-JP',
    from: { id: chat.userId, aadObjectId: chat.aadObjectId },
    recipient: { id: botId, name: 'Kaeru' },
    conversation: { id: chat.conversationId, conversationType: 'personal', tenantId: around.tenantId },
    channelData: { tenant: { id: around.tenantId } },
  };
}

/** The app was installed (`add`) or removed for this person. */
export function installation(chat: StandInChat, around: Surroundings, action: 'add' | 'remove'): object {
  return { ...envelope(chat, around), type: 'installationUpdate', action };
}

/** The person typed a text. */
export function textMessage(chat: StandInChat, around: Surroundings, text: string): object {
  return { ...envelope(chat, around), type: 'message', textFormat: 'plain', text };
}

/** An Action.Submit: a message without text that carries the card's data. */
export function submitted(chat: StandInChat, around: Surroundings, activityId: string, data: object): object {
  return { ...envelope(chat, around), type: 'message', replyToId: activityId, value: data };
}

/** An Action.Execute: pressed by hand, or by the client itself (`automatic`) when it refreshes a card. */
export function executed(
  chat: StandInChat,
  around: Surroundings,
  activityId: string,
  press: { verb: string; data: object; trigger: 'manual' | 'automatic' },
): object {
  return {
    ...envelope(chat, around),
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: activityId,
    value: {
      action: { type: 'Action.Execute', verb: press.verb, data: press.data },
      trigger: press.trigger,
    },
  };
}
