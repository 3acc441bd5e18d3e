import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buttonsOf, cardIn, returnedCard } from '../end-to-end/cards.ts';
import type { Served } from '../end-to-end/product.ts';
import { chatOf, installed, type Person, pressed, staffFile } from '../end-to-end/teams.ts';
import { Fleet } from './fleet.ts';
import { mostUnknown } from './verdict.ts';
import { workingPlace } from './working-place.ts';

/** Who does not answer any more is taken over within this many milliseconds. */
const takenOverWithin = 45_000;
/** The Connector accepts at once and answers that many milliseconds later: long enough to see a card under way and kill. */
const answersAfter = 4_000;
/** Waits for a minute to come: only in the long run, and where somewhere it is a working day now. */
const place = process.env['KAERU_LONG'] ? workingPlace(new Date()) : null;
const teams = ['2', '3', '4', '5', '6'];
const sizeOfTeam = process.env['KAERU_LONG'] ? 120 : 60;
/** Each test has people of its own: nobody is greeted twice. */
const peopleOf = (team: string) =>
  Array.from({ length: sizeOfTeam }, (_, index) => `${team}${String(index).padStart(5, '0')}`);
const people: Person[] = [{ staff: '100000' }, ...teams.flatMap(peopleOf).map((staff) => ({ staff, head: '100000' }))];

let fleet: Fleet;
beforeAll(async () => {
  fleet = await Fleet.start(`organisation: 試験市\n${place?.policy ?? ''}`);
  await fleet.importStaff(staffFile(people));
}, 120_000);
afterAll(() => fleet?.close());

/** Everybody of a team installs the app, a few at a time, at whatever service is next; each is to be greeted once. */
async function installEverybody(team: string, atOnce: number, meanwhile?: (done: number) => Promise<void>) {
  const left = peopleOf(team).values();
  let done = 0;
  const one = async () => {
    for (const staff of left) {
      const { status } = await fleet.activity(installed(staff, fleet.connector.serviceUrl));
      expect(status).toBe(200);
      done += 1;
      await meanwhile?.(done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

async function messagesOf(team: string): Promise<Record<string, { staff: string; owner: string | null }[]>> {
  const rows = await fleet.rows(`select staff, state, owner from message where staff like '${team}%' order by staff`);
  const entries = rows.map((row) => ({
    ...{ staff: String(row['staff']), state: String(row['state']) },
    owner: row['owner'] === null ? null : String(row['owner']),
  }));
  return Object.fromEntries(
    Object.entries(Object.groupBy(entries, (entry) => entry.state)).map(([state, all = []]) => [state, all]),
  );
}

/** How many services have at least two cards of team 5 under way. */
async function ownersSending(): Promise<number> {
  const { sending = [] } = await messagesOf('5');
  return [...Map.groupBy(sending, ({ owner }) => owner).values()].filter((those) => those.length > 1).length;
}

/** Cards POSTed to each of a team, by 職員番号. */
async function postsTo(team: string): Promise<Map<string, number>> {
  const counts = await fleet.connector.counts();
  return new Map(peopleOf(team).map((staff) => [staff, counts.find(([chat]) => chat === chatOf(staff))?.[1] ?? 0]));
}

async function expectOneCardEach(team: string): Promise<void> {
  const states = async () =>
    Object.fromEntries(Object.entries(await messagesOf(team)).map(([state, rows]) => [state, rows.length]));
  await expect
    .poll(states, { timeout: 30_000, interval: 200 })
    .toEqual({ sent: sizeOfTeam })
    .catch((error: unknown) => {
      console.log(`replicas: what the services said:\n${fleet.said()}`);
      throw error;
    });
  expect([...(await postsTo(team))].filter(([, posts]) => posts !== 1)).toEqual([]);
}

/** Each service takes a press on the one card of a person; the answer is a card, and the stored one follows without a second one. */
async function expectAnyToAnswer(staff: string, services: Served[]): Promise<void> {
  const stored = async () => (await fleet.connector.conversation(chatOf(staff)))?.activities ?? [];
  const [message] = await stored();
  const button = buttonsOf(cardIn(message?.stored)).find(({ data }) => data['language'] === 'en');
  if (!message || !button) throw new Error('The welcome card offers no language.');
  for (const service of services) {
    const answer = await fleet.activity(pressed(staff, fleet.connector.serviceUrl, button, message.id), service);
    expect(returnedCard(answer)).toMatchObject({ lang: 'en' });
  }
  const language = async () => Reflect.get(Object(cardIn((await stored())[0]?.stored)), 'lang');
  await expect.poll(language, { timeout: 15_000 }).toBe('en');
  expect(await stored()).toHaveLength(1);
}

/* Every service that is started takes a second of a core: each test goes on with those that the one before it left. */
describe('several services on one PostgreSQL database', () => {
  const running: Served[] = [];

  test.each([
    [2, '2'],
    [4, '3'],
  ])(
    '%i of them: everybody has one card, whoever planned and sent it, and any of them takes a press on it',
    async (count, team) => {
      running.push(...(await fleet.add(count - running.length, 200)));
      expect(running).toHaveLength(count);
      await installEverybody(team, 12);
      await expectOneCardEach(team);
      await expectAnyToAnswer(`${team}00000`, running);
    },
  );

  test('a rolling restart, SIGTERM after SIGTERM, loses nothing and sends nothing twice', async () => {
    for (const service of running.splice(2)) await fleet.stop(service);
    await fleet.connector.script({ delay: 300, only: 'send', times: null });
    const old = running.splice(0);
    const ended: (number | null)[] = [];
    let replaced: Promise<void> = Promise.resolve();
    const replace = (service: Served | undefined) => async () => {
      if (!service) return;
      ended.push(await fleet.stop(service));
      running.push(...(await fleet.add(1, 60)));
    };
    await installEverybody('4', 6, async (done) => {
      if (done === 10 || done === 30) replaced = replaced.then(replace(old[done === 10 ? 0 : 1]));
    });
    await replaced;
    await expectOneCardEach('4');
    expect(ended).toEqual([0, 0]);
    await fleet.connector.clearScript();
  });

  test('one that is killed is taken over: what it was sending is unknown, the rest is sent by the others', async () => {
    await fleet.connector.script({ delay: answersAfter, only: 'send', times: null });
    const [victim] = running;
    if (!victim) throw new Error('Nobody to kill.');
    expect(running).toHaveLength(2);
    let killed = 0;
    await installEverybody('5', 12, async (done) => {
      if (done !== sizeOfTeam / 3) return;
      // Both have cards under way, and answers to them are seconds away: whoever dies now leaves some unknown.
      await expect.poll(ownersSending, { timeout: 60_000, interval: 50 }).toBe(2);
      fleet.drain(victim);
      await victim.kill();
      killed = performance.now();
      await fleet.connector.clearScript();
    });
    const states = async () => {
      const { sent = [], unknown = [], ...others } = await messagesOf('5');
      return { done: sent.length + unknown.length, others: Object.keys(others) };
    };
    await expect.poll(states, { timeout: takenOverWithin, interval: 200 }).toEqual({ done: sizeOfTeam, others: [] });
    console.log(`replicas: taken over within ${Math.round(performance.now() - killed)} ms`);
    const { sent = [], unknown = [] } = await messagesOf('5');
    expect(killed).toBeGreaterThan(0);
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThanOrEqual(mostUnknown);
    const posts = await postsTo('5');
    expect(sent.filter(({ staff }) => posts.get(staff) !== 1)).toEqual([]);
    expect(unknown.filter(({ staff }) => (posts.get(staff) ?? 0) > 1)).toEqual([]);
    expect(new Set(unknown.map(({ owner }) => owner)).size).toBe(1);
  });

  test.skipIf(place === null)(
    'four of them come to the same minute: its cards are planned and sent once',
    async () => {
      await fleet.end();
      await fleet.add(1);
      await installEverybody('6', 12);
      await expectOneCardEach('6');
      await fleet.end();
      const hours = place?.hoursOfNextCards(new Date()) ?? {};
      await fleet.importStaff(
        staffFile(people.map((one) => ({ ...one, ...(one.staff.startsWith('6') ? hours : {}) }))),
      );
      await fleet.add(4, 200);
      const reminded = async () => {
        const rows = await fleet.rows(
          `select message.state from item join message_item on item_id = item.id join message on message.id = message_id
          where rule = 'no-overtime-day' and item.staff like '6%'`,
        );
        return { cards: rows.length, states: [...new Set(rows.map(({ state }) => state))] };
      };
      await expect.poll(reminded, { timeout: 100_000, interval: 500 }).toEqual({ cards: sizeOfTeam, states: ['sent'] });
      expect([...(await postsTo('6'))].filter(([, posts]) => posts !== 2)).toEqual([]);
    },
    180_000,
  );
});
