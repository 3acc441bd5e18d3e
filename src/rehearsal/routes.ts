import type { Language } from '../ports/cards.ts';
import type { HttpRequest, HttpResponse, HttpRoute } from '../ports/http.ts';
import { jsonAnswer } from './answers.ts';
import { chatRoutes } from './chat-routes.ts';
import { ClockMoves, isoAt } from './clock-moves.ts';
import type { RehearsalControl, RehearsalPerson } from './control.ts';
import { pageEvents } from './events.ts';
import { firstChats } from './first-chats.ts';
import { pageRoutes } from './page-files.ts';
import type { TeamsStandIn } from './teams-stand-in.ts';

/** Everything the rehearsal page asks for. The Bot Connector's routes are apart (`connectorRoutes`). */
export function rehearsalRoutes(control: RehearsalControl, teams: TeamsStandIn): HttpRoute[] {
  const moves = new ClockMoves(control);
  const get = (path: string, handle: HttpRoute['handle']): HttpRoute => ({ method: 'GET', path, handle });
  return [
    ...pageRoutes(),
    ...chatRoutes(control, teams),
    get('/rehearsal/state', () => state(control, teams, moves)),
    get('/rehearsal/ledger', async () => jsonAnswer(200, await control.ledger())),
    get('/rehearsal/gallery', (request) => gallery(control, request)),
    get('/rehearsal/events', async (request) => ({
      status: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
      body: pageEvents(teams, moves, request.closed),
    })),
    { method: 'POST', path: '/rehearsal/clock', handle: (request) => moves.answer(request) },
  ];
}

async function state(control: RehearsalControl, teams: TeamsStandIn, moves: ClockMoves): Promise<HttpResponse> {
  const unread = teams.store.unread();
  const people = await control.people();
  const heads = new Set(people.map(({ head }) => head));
  return jsonAnswer(200, {
    ...moves.position(),
    iso: isoAt(control.now(), control.timeZone),
    timeZone: control.timeZone,
    organisation: control.organisation,
    firstChats: firstChats(people),
    people: people.map((person) => ({
      ...person,
      leads: heads.has(person.staff),
      unread: unreadOf(person, unread),
    })),
  });
}

function unreadOf(person: RehearsalPerson, unread: Map<string, number>): number {
  return unread.get((person.aadObjectId ?? '').toLowerCase()) ?? 0;
}

async function gallery(control: RehearsalControl, request: HttpRequest): Promise<HttpResponse> {
  const asked = request.query.get('language');
  const language: Language = asked === 'en' || asked === 'easy' ? asked : 'ja';
  return jsonAnswer(200, { language, cards: await control.gallery(language) });
}
