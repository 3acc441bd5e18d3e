import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/adapters/http/start-server.ts';
import type { GalleryCard, RehearsalControl, RehearsalPerson } from '../../src/rehearsal/control.ts';
import { rehearsalRoutes } from '../../src/rehearsal/routes.ts';
import { TeamsStandIn } from '../../src/rehearsal/teams-stand-in.ts';
import { keptLog } from '../fakes/quiet-log.ts';
import { aad, wednesday } from './product.ts';

const clerk: RehearsalPerson = {
  staff: '900001',
  name: '見本 花子',
  section: '見本局/見本課',
  post: '主事',
  role: 'staff',
  workType: '日勤',
  ownEnd: 1035,
  language: 'ja',
  head: '900002',
  away: null,
  aadObjectId: aad,
};
const withoutTeams: RehearsalPerson = { ...clerk, staff: '900003', aadObjectId: null };

const control: RehearsalControl = {
  now: () => wednesday,
  timeZone: 'Asia/Tokyo',
  organisation: '見本市',
  moveTo: async () => {},
  ledger: async () => ({ items: [], totals: {} }),
  people: async () => [clerk, withoutTeams],
  gallery: (language) => [{ card: 'x', state: language, json: { type: 'AdaptiveCard' } }],
};

describe('what the rehearsal page is given', () => {
  let url = '';
  let stop = async () => {};
  beforeAll(async () => {
    const world = { file: ':memory:', timeZone: 'Asia/Tokyo', now: control.now, baseUrl: () => url };
    const teams = new TeamsStandIn(world);
    const options = { host: '127.0.0.1', port: 0, rehearsal: true, log: keptLog() };
    const server = await startServer({ ...options, routes: rehearsalRoutes(control, teams) });
    url = server.url;
    stop = async () => {
      await server.stop();
      await teams.close();
    };
  });
  afterAll(() => stop());

  const post = (path: string, body: string) => fetch(`${url}/rehearsal/chats/${path}`, { method: 'POST', body });

  it.each(['/', '/rehearsal/cards', '/rehearsal/page/page.js', '/rehearsal/adaptivecards.js'])(
    'gives %s with nothing inline and nothing from outside allowed',
    async (path) => {
      const answer = await fetch(`${url}${path}`);
      expect(answer.status).toBe(200);
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
    },
  );

  it('gives only files of the page', async () => {
    for (const file of ['..%2fstart.ts', 'none.js', 'index.html', 'page.js.map']) {
      expect((await fetch(`${url}/rehearsal/page/${file}`)).status).toBe(404);
    }
  });

  it('says who there is, who leads and where the clock stands', async () => {
    expect(await (await fetch(`${url}/rehearsal/state`)).json()).toMatchObject({
      iso: '2026-11-18T16:15:00+09:00',
      move: null,
      organisation: '見本市',
      firstChats: ['900001'],
      people: [{ staff: '900001', leads: false, unread: 0 }, { staff: '900003' }],
    });
  });

  it.each([
    ['900009/say', '{"text":"今日"}', 404, 'no-such-person'],
    ['900003/say', '{"text":"今日"}', 409, 'no-teams'],
    ['900001/say', '{"text":" "}', 400, 'bad-text'],
    ['900001/say', 'no json', 400, 'bad-text'],
    ['900001/press', '{"activityId":"1","type":"Action.OpenUrl"}', 400, 'bad-press'],
    ['900001/reload', '{"activityId":"1700000000001"}', 404, 'no-such-message'],
    ['900001/say', '{"text":"今日"}', 502, 'no-answer'],
  ])('refuses %s with %s by its status and a sentence', async (path, body, status, code) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code, message: expect.stringMatching(/\.$/) } });
  });

  it('draws the gallery in the language asked for, Japanese where it knows none', async () => {
    const states = ['en', 'easy', 'xx'].map(async (language) => {
      const answer = await fetch(`${url}/rehearsal/gallery?language=${language}`);
      const { cards } = (await answer.json()) as { cards: GalleryCard[] };
      return cards[0]?.state;
    });
    expect(await Promise.all(states)).toEqual(['en', 'easy', 'ja']);
  });

  it('tells the page where the clock stands as soon as it listens', async () => {
    const leaving = new AbortController();
    const events = await fetch(`${url}/rehearsal/events`, { signal: leaving.signal });
    let said = '';
    for await (const piece of events.body ?? []) {
      said += Buffer.from(piece).toString();
      if (said.includes('event: clock')) break;
    }
    leaving.abort();
    expect(said).toContain(`data: {"now":${wednesday},"move":null}`);
  });
});
