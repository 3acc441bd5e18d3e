import { conversationsOf, readersOn } from '../people/index.ts';
import { oneMoment } from '../policy/index.ts';
import type { CardPerson, Ports, Reader } from '../ports/room.ts';
import type { ConversationTable, ItemTable } from '../ports/tables.ts';
import { itemsShownByEach } from './queries.ts';
import type { Claim } from './waiting.ts';

/** What is known of a message that is about to be drawn. */
export interface KnownMessage {
  chat: ConversationTable | null;
  /** What it shows, the item that is drawn in full first. */
  items: ItemTable[];
  /** Who reads the first item, and the roster's row of that date; null where the roster has none. */
  who: { person: CardPerson; reader: Reader } | null;
}

/** What claims of one moment have read together, under one policy. */
export interface ReadTogether {
  ports: Ports;
  of(message: string): Promise<KnownMessage>;
}

/** Reads what all cards of these claims need, in a few statements for all of them. Whoever asks meets what the store said. */
export function readTogether(ports: Ports, claims: Claim[]): ReadTogether {
  const reading = read(ports, claims);
  reading.catch(() => {});
  return { ports: oneMoment(ports), of: async (message) => (await reading)(message) };
}

async function read({ database: { db } }: Ports, claims: Claim[]): Promise<(message: string) => KnownMessage> {
  const messages = new Map(claims.flatMap((one) => (one.kind === 'create' ? [] : [[one.message.id, one.message]])));
  const aadOf = (message: string) => messages.get(message)?.aad_id?.toLowerCase() ?? null;
  const ids = [...messages.keys()];
  const chats = await conversationsOf(
    db,
    ids.flatMap((id) => aadOf(id) ?? []),
  );
  const items = await itemsShownByEach(db, ids);
  const firsts = [...items.values()].flatMap(([first]) => (first && first.staff !== '' ? [first] : []));
  const readers = new Map<string, Awaited<ReturnType<typeof readersOn>>>();
  for (const [date, some] of Map.groupBy(firsts, (item) => item.date)) {
    const staff = some.map((item) => item.staff);
    readers.set(date, await readersOn(db, date, staff));
  }
  return (message) => {
    const shown = items.get(message) ?? [];
    const who = shown[0] && readers.get(shown[0].date)?.get(shown[0].staff);
    return { chat: chats.get(aadOf(message) ?? '') ?? null, items: shown, who: who ?? null };
  };
}
