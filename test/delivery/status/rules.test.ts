import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ChatFacts,
  countByBureau,
  type OpeningFacts,
  pageOf,
  rowsPerPage,
  whyUnreached,
} from '../../../src/delivery/status/rules.ts';

const chat = (differs: Partial<ChatFacts> = {}): ChatFacts => ({
  conversationId: 'a',
  unreachableWhy: null,
  unreachableSince: null,
  ...differs,
});
const opening = (state: OpeningFacts['state'], settledAt: number | null = null) => ({ state, createdAt: 5, settledAt });
const closed = (why: string | null, conversationId = 'a') =>
  chat({ conversationId, unreachableWhy: why, unreachableSince: 7 });

describe('why a person cannot be reached', () => {
  test.each<[string, string | null, ChatFacts | undefined, OpeningFacts | undefined, string | null]>([
    ['a chat is nothing against a card', 'x', chat(), undefined, null],
    ['a chat that was opened neither', 'x', chat(), opening('opened', 6), null],
    ['no id comes before everything', null, chat(), undefined, 'no-id no-id 1'],
    ['an empty id is none', '', undefined, undefined, 'no-id no-id 1'],
    ['who never wrote has no chat', 'x', undefined, undefined, 'no-chat not-opened 1'],
    ['one to be opened waits since it was planned', 'x', undefined, opening('pending'), 'no-chat opening-pending 5'],
    ['one under way as well', 'x', undefined, opening('opening'), 'no-chat opening-pending 5'],
    ['one that was refused', 'x', closed('blocked', ''), opening('refused', 6), 'no-chat opening-refused 6'],
    [
      'one that was refused, and undone',
      'x',
      chat({ conversationId: '' }),
      opening('refused', 6),
      'no-chat opening-refused 6',
    ],
    ['one that ended unclear', 'x', undefined, opening('unknown', 6), 'no-chat opening-unknown 6'],
    ['who took the app away', 'x', closed('uninstalled'), undefined, 'unreachable uninstalled 7'],
    ['who took it away before writing', 'x', closed('uninstalled', ''), undefined, 'unreachable uninstalled 7'],
    ['a hint of the Connector is left out', 'x', closed('blocked:SomeCode'), undefined, 'unreachable blocked 7'],
    ['a chat that is gone', 'x', closed('not-found'), undefined, 'unreachable not-found 7'],
    ['any other word', 'x', closed('tuesday:x'), undefined, 'unreachable refused 7'],
    ['who was refused once and has a chat now', 'x', chat(), opening('refused', 6), null],
  ])('%s', (_, aad, known, opened, expected) => {
    const found = whyUnreached(aad, known, opened, 1);
    expect(found === null ? null : `${found.class} ${found.why} ${found.since}`).toBe(expected);
  });
});

describe('the pages', () => {
  test('show everybody once, people before senders, at most 8 a page, and say how many are elsewhere', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(30), (people, senders) => {
        const first = pageOf([...Array(people).keys()], [...Array(senders).keys()], 0);
        const shown = Array.from({ length: first.pages }, (_none, page) =>
          pageOf([...Array(people).keys()], [...Array(senders).keys()], page),
        );
        expect(shown.flatMap((page) => page.people)).toEqual([...Array(people).keys()]);
        expect(shown.flatMap((page) => page.senders)).toEqual([...Array(senders).keys()]);
        for (const page of shown) {
          const rows = page.people.length + page.senders.length;
          expect(rows).toBeGreaterThan(0);
          expect(rows).toBeLessThanOrEqual(rowsPerPage);
          expect(page.more + rows).toBe(page.people.length > 0 ? people : senders);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('past the end are the last one', () => {
    expect(pageOf([1, 2], ['a'], 99)).toMatchObject({ people: [], senders: ['a'], page: 1, pages: 2 });
    expect(pageOf([], [], 99)).toMatchObject({ people: [], senders: [], page: 0, pages: 0, more: 0 });
  });
});

test('people are counted by 局区, each once', () => {
  const people = ['乙', '甲', '乙', ''].map((bureau) => ({ bureau }));
  expect(countByBureau(people)).toEqual([
    { name: '', people: 1 },
    { name: '乙', people: 2 },
    { name: '甲', people: 1 },
  ]);
});
