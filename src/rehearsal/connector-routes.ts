import type { HttpRequest, HttpResponse, HttpRoute } from '../ports/http.ts';
import { jsonAnswer, problem, readJson } from './answers.ts';
import type { StandInChat } from './stand-in-store.ts';
import type { TeamsStandIn } from './teams-stand-in.ts';

/** The Bot Connector's side of the stand-in: the routes through which the product sends, updates and deletes messages. */
export function connectorRoutes(teams: TeamsStandIn): HttpRoute[] {
  const inChat =
    (answer: (chat: StandInChat, request: HttpRequest) => HttpResponse) => async (request: HttpRequest) => {
      const chat = teams.store.chat(request.params.id ?? '');
      if (chat === null) return problem(404, 'ConversationNotFound', 'There is no such conversation.');
      return answer(chat, request);
    };
  return [
    { method: 'POST', path: '/v3/conversations', handle: async (request) => create(teams, request) },
    {
      method: 'POST',
      path: '/v3/conversations/:id/activities',
      handle: inChat((chat, request) => send(teams, chat, request)),
    },
    {
      method: 'POST',
      path: '/v3/conversations/:id/activities/:activityId',
      handle: inChat((chat, request) => send(teams, chat, request)),
    },
    {
      method: 'PUT',
      path: '/v3/conversations/:id/activities/:activityId',
      handle: inChat((chat, request) => update(teams, chat, request)),
    },
    {
      method: 'DELETE',
      path: '/v3/conversations/:id/activities/:activityId',
      handle: inChat((chat, request) => remove(teams, chat, request)),
    },
    { method: 'GET', path: '/v3/conversations/:id/members', handle: inChat((chat) => jsonAnswer(200, [member(chat)])) },
  ];
}

function create(teams: TeamsStandIn, request: HttpRequest): HttpResponse {
  const body = readJson(request.body) as { members?: { id?: unknown }[] } | null;
  const person = Array.isArray(body?.members) ? body.members[0]?.id : undefined;
  if (typeof person !== 'string') return problem(400, 'BadArgument', 'members[0].id is missing.');
  const chat = teams.store.chatOfPerson(person);
  if (chat === null || !chat.installed) {
    return problem(403, 'BotNotInConversationRoster', 'The bot is not installed for this person.');
  }
  return jsonAnswer(201, { id: chat.conversationId });
}

function send(teams: TeamsStandIn, chat: StandInChat, request: HttpRequest): HttpResponse {
  if (!chat.installed) return problem(403, 'BotNotInConversationRoster', 'The bot is not installed for this person.');
  const content = contentOf(readJson(request.body));
  if (content === null)
    return problem(400, 'BadSyntax', 'An activity of type message with text or a card was expected.');
  const id = teams.store.addMessage(chat.conversationId, { sender: 'bot', at: teams.world.now(), ...content });
  teams.changed('created', chat);
  return jsonAnswer(201, { id });
}

function update(teams: TeamsStandIn, chat: StandInChat, request: HttpRequest): HttpResponse {
  const activityId = request.params.activityId ?? '';
  const content = contentOf(readJson(request.body));
  if (content === null)
    return problem(400, 'BadSyntax', 'An activity of type message with text or a card was expected.');
  const message = teams.store.message(chat.conversationId, activityId);
  if (message === null) return problem(404, 'ActivityNotFoundInConversation', 'There is no such activity.');
  teams.store.changeMessage(chat.conversationId, message, {
    stored: content.card,
    shown: content.card,
    text: content.text,
    summary: content.summary,
    note: null,
    editedAt: teams.world.now(),
  });
  teams.changed('updated', chat);
  return jsonAnswer(200, { id: activityId });
}

function remove(teams: TeamsStandIn, chat: StandInChat, request: HttpRequest): HttpResponse {
  teams.store.removeMessage(chat.conversationId, request.params.activityId ?? '');
  teams.changed('removed', chat);
  return jsonAnswer(200, {});
}

function member(chat: StandInChat): object {
  return { id: chat.userId, aadObjectId: chat.aadObjectId, objectId: chat.aadObjectId, userRole: 'user' };
}

/** Text, toast and first Adaptive Card of an activity; null where it is no message or says nothing. */
function contentOf(body: unknown): { text: string | null; summary: string | null; card: object | null } | null {
  const activity = (body ?? {}) as { type?: unknown; text?: unknown; summary?: unknown; attachments?: unknown };
  if (activity.type !== 'message') return null;
  const attachments: { contentType?: unknown; content?: unknown }[] = Array.isArray(activity.attachments)
    ? activity.attachments
    : [];
  const content = attachments.find(
    (attachment) => attachment?.contentType === 'application/vnd.microsoft.card.adaptive',
  )?.content;
  const card = typeof content === 'object' && content !== null ? content : null;
  const text = typeof activity.text === 'string' && activity.text !== '' ? activity.text : null;
  if (card === null && text === null) return null;
  return { text, card, summary: typeof activity.summary === 'string' ? activity.summary : null };
}
