import type { HttpRequest, HttpResponse, HttpRoute } from '../ports/http.ts';
import { jsonAnswer, problem, readJson } from './answers.ts';
import type { RehearsalControl, RehearsalPerson } from './control.ts';
import type { StandInMessage } from './stand-in-store.ts';
import type { PressedAction, TeamsStandIn } from './teams-stand-in.ts';

type Asked = Record<string, unknown>;
type ChatRequest = (aadObjectId: string, asked: Asked) => Promise<HttpResponse | undefined>;

const longestText = 4000;
const listKeptFor = 3000;

/** One person's chat: to look at, and to act in as that person. Every act answers with the chat as it then looks. */
export function chatRoutes(control: RehearsalControl, teams: TeamsStandIn): HttpRoute[] {
  const find = peopleByNumber(control);
  const inChat = (act: ChatRequest) => async (request: HttpRequest) => {
    const person = await find(request.params.staff ?? '');
    if (person === undefined) return problem(404, 'no-such-person', 'Nobody has this staff number today.');
    if (person.aadObjectId === null) return problem(409, 'no-teams', 'This person has no Teams account.');
    return (await act(person.aadObjectId, asked(request.body))) ?? chatView(teams, person, person.aadObjectId);
  };
  const post = (name: string, act: ChatRequest): HttpRoute => ({
    method: 'POST',
    path: `/rehearsal/chats/:staff/${name}`,
    handle: inChat(act),
  });
  return [
    { method: 'GET', path: '/rehearsal/chats/:staff', handle: inChat(async () => undefined) },
    post('say', (aadId, { text }) => say(teams, aadId, text)),
    post('press', (aadId, press) => pressed(teams, aadId, press)),
    post('reload', async (aadId, { activityId }) =>
      teams.reload(aadId, String(activityId))
        ? undefined
        : problem(404, 'no-such-message', 'There is no such message.'),
    ),
    post('refresh', async (aadId) => void (await teams.refresh(aadId))),
    post('read', async (aadId) => void teams.markRead(aadId)),
    post('install', async (aadId) =>
      (await teams.install(aadId))
        ? undefined
        : problem(502, 'no-answer', 'The service did not take the installation.'),
    ),
    post('uninstall', async (aadId) => void (await teams.uninstall(aadId))),
  ];
}

/** Finds people in a list at most three seconds old: a page asks for many chats at once. */
function peopleByNumber(control: RehearsalControl): (staff: string) => Promise<RehearsalPerson | undefined> {
  let read = { at: Number.NEGATIVE_INFINITY, people: Promise.resolve<RehearsalPerson[]>([]) };
  return async (staff) => {
    const now = performance.now();
    if (now - read.at > listKeptFor) read = { at: now, people: control.people() };
    return (await read.people).find((person) => person.staff === staff);
  };
}

async function say(teams: TeamsStandIn, aadId: string, text: unknown): Promise<HttpResponse | undefined> {
  if (typeof text !== 'string' || text.trim() === '' || text.length > longestText) {
    return problem(400, 'bad-text', `"text" was expected: 1 to ${longestText} characters.`);
  }
  const taken = await teams.say(aadId, text.trim());
  return taken ? undefined : problem(502, 'no-answer', 'The service did not take the message.');
}

async function pressed(teams: TeamsStandIn, aadId: string, press: Asked): Promise<HttpResponse | undefined> {
  const { activityId, type, verb, data } = press;
  if (typeof activityId !== 'string' || (type !== 'Action.Execute' && type !== 'Action.Submit')) {
    return problem(400, 'bad-press', '"activityId" and "type" (Action.Execute or Action.Submit) were expected.');
  }
  const action: PressedAction = { type, data: isRecord(data) ? data : {}, ...(typeof verb === 'string' && { verb }) };
  await teams.press(aadId, activityId, action);
  return undefined;
}

function chatView(teams: TeamsStandIn, person: RehearsalPerson, aadId: string): HttpResponse {
  const { installed, messages } = teams.chatOf(aadId);
  return jsonAnswer(200, { staff: person.staff, installed, messages: messages.map(messageView) });
}

/** A message for the page: the shown card, and whether the stored one differs. */
function messageView({ stored, shown, ...message }: StandInMessage): object {
  return { ...message, card: shown, differs: JSON.stringify(stored) !== JSON.stringify(shown) };
}

function asked(body: Buffer): Asked {
  const document = readJson(body);
  return isRecord(document) ? document : {};
}

function isRecord(value: unknown): value is Asked {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
