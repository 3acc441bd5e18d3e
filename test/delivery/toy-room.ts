import { helpCard } from '../../src/conversation/index.ts';
import { planItems, registryOf } from '../../src/delivery/index.ts';
import type { Contact, Ports, Room, Urgency } from '../../src/ports/room.ts';
import { startTestService, type TestService, type TestServiceOptions } from '../build/service.ts';

/** The date of every occasion in these tests. */
export const DATE = '2026-11-18';
export const at = (time: string) => Date.parse(`${DATE}T${time}:00+09:00`);

/**
 * A room with one card, whose text is the revision drawn, and one verb, which keeps the last word said. The word `closed`
 * leaves no button, `undrawable` no card.
 */
export const toyRoom: Room = {
  name: 'toy',
  cards: [
    {
      rules: ['toy', 'other', 'third'],
      draw: async (_ports, _db, item, reader) => {
        if (item.note === 'undrawable') throw new Error('This card cannot be drawn.');
        const { id, revision, date } = item;
        const commands = [{ word: `revision ${revision}`, help: item.note ?? 'nothing said' }];
        const content = helpCard({ itemId: id, revision, language: reader.language, date, commands });
        const say = item.note === 'closed' ? [] : [{ verb: 'toy.say', payload: { i: id, r: revision } }];
        return { ...content, data: { ...content.data, say } };
      },
    },
  ],
  verbs: [
    {
      name: 'toy.say',
      rules: ['toy', 'other', 'third'],
      async take(_ports, db, press) {
        const word = String(press.data['word']);
        if (press.item.note === word) return { changed: false, note: 'recorded' };
        await db.updateTable('item').set({ note: word }).where('id', '=', press.item.id).execute();
        return { changed: true };
      },
    },
  ],
};

export const toyRegistry = registryOf([toyRoom]);

/** `count` numbers from 100001 on. */
export const numbers = (count: number) => Array.from({ length: count }, (_none, index) => String(100001 + index));

/** A service with the toy room and these people, at 16:15. */
export function toyService(staff: string[], options: Partial<TestServiceOptions> = {}): Promise<TestService> {
  return startTestService({
    registry: toyRegistry,
    now: `${DATE}T16:15:00+09:00`,
    staff: staff.map((number) => ({ staff: number })),
    ...options,
  });
}

/** Plans one toy card each; of use until 18:15 where nothing else is said. */
export function plan(
  ports: Ports,
  staff: string[],
  more: {
    occasion?: string;
    priority?: number;
    dueAt?: number;
    until?: number;
    urgency?: Urgency;
    contact?: Contact;
    rule?: string;
    date?: string;
    whenUnknown?: 'hold' | 'resendOnce';
  } = {},
) {
  const { occasion = DATE, priority = 1, dueAt = at('16:15'), until = at('18:15') } = more;
  const { urgency = 'ping', contact = 'time-bound', rule = 'toy', date = DATE, whenUnknown = 'hold' } = more;
  const campaign = {
    rule,
    occasion,
    date,
    card: 'toy',
    priority,
    urgency,
    contact,
    whenUnknown,
    policyVersion: 1,
  };
  const decisions = staff.map((number) => ({ staff: number, at: dueAt, lastUsefulAt: until }));
  return ports.database.transaction((db) => planItems(ports, db, campaign, decisions));
}

/** The text of a card that left: what revision it shows, and the last word. */
export function shown(message: { card?: object } | undefined): string {
  return JSON.stringify(message?.card ?? {}).match(/revision \d+/)?.[0] ?? 'no card';
}
